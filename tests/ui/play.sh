#!/bin/sh
# Keys of the computer, keys, wheel, pedal and channels on the screen, and panic are heard in the recording that the window makes.
. "$(dirname "$0")/common.sh"
start_screen 1280 800

# heard LOW HIGH [SECONDS [SILENCE]]: the pitch in Hz sounds in the take for so long, and then nothing to its end.
heard() { python3 "$(dirname "$0")/pitch.py" "$take" "$@"; }
peak() { heard "$@" | sed 's/.* //'; }

# begin_take: records from now on; $take is the file.
begin_take() {
    rm -rf "$work/data/polycore/recordings"
    xdotool key F12
    wait_for 10 "no recording appears" sh -c "ls '$work'/data/polycore/recordings/*.wav"
    take=$(ls "$work"/data/polycore/recordings/*.wav)
}
end_take() { xdotool key F12; sleep 0.3; }

# note WHAT LOW HIGH PRESS RELEASE: what is pressed sounds until it is let go.
note() {
    begin_take
    # shellcheck disable=SC2086  # several words
    xdotool $4
    wait_for 40 "$1 plays $2 to $3 Hz" heard "$2" "$3"
    # shellcheck disable=SC2086
    xdotool $5
    wait_for 40 "$1: the note ends when it is let go" heard "$2" "$3" 0.2 0.2
    end_take
}

start_program --patch "$sine"
note "the key Z" 258 265 'keydown z' 'keyup z'
note "the key Q" 518 529 'keydown q' 'keyup q'
xdotool key minus
note "the key Q, an octave lower," 258 265 'keydown q' 'keyup q'
xdotool key equal

# The first white key on the screen is C2 at the left of the keys, two octaves below middle C; the further down, the louder.
note "the upper end of a key on the screen" 64.5 66.5 'mousemove 86 706 mousedown 1' 'mouseup 1'
soft=$(peak 64.5 66.5)
note "the lower end of a key on the screen" 64.5 66.5 'mousemove 86 762 mousedown 1' 'mouseup 1'
loud=$(peak 64.5 66.5)
awk -v s="$soft" -v l="$loud" 'BEGIN { exit !(s > 0 && l > 1.5 * s) }' || fail "a low click ($loud) is not louder than a high one ($soft)"

# The pitch wheel, held at its upper end, bends by two semitones, and springs back.
xdotool mousemove 32 701 mousedown 1
note "the key Q with the pitch wheel up" 582 593 'keydown q' 'keyup q'
xdotool mouseup 1
note "the key Q with the wheel let go" 518 529 'keydown q' 'keyup q'

# The pedal, by its key and by the switch on the screen.
sustained() { # sustained WHAT PRESS RELEASE
    begin_take
    # shellcheck disable=SC2086
    xdotool $2 keydown q
    wait_for 40 "$1: Q plays" heard 518 529
    xdotool keyup q
    length=$(heard 518 529 | sed 's/ .*//')
    wait_for 40 "$1: the note sounds on" heard 518 529 "$(awk -v l="$length" 'BEGIN { print l + 1 }')"
    # shellcheck disable=SC2086
    xdotool $3
    wait_for 40 "$1: the note ends with the pedal" heard 518 529 0.2 0.2
    end_take
}
sustained "Space" 'keydown space' 'keyup space'
sustained "the switch Sustain" 'mousemove 1125 683 click 1' 'click 1'

# Another channel lets go what is held on the first, and plays.
begin_take
xdotool keydown q
wait_for 40 "Q plays on channel 1" heard 518 529
xdotool mousemove 251 683 click 1
wait_for 40 "another channel lets go of the note" heard 518 529 0.2 0.2
xdotool keyup q
end_take
note "the key Z on channel 2" 250 275 'keydown z' 'keyup z'
xdotool mousemove 225 683 click 1

# Panic ends what is still held down.
begin_take
xdotool keydown q
wait_for 40 "Q plays before F8" heard 518 529
xdotool key F8
wait_for 40 "after F8 nothing sounds" heard 518 529 0.2 0.3
xdotool keyup q
end_take

rm -rf "$work/data/polycore/recordings"
xdotool keydown F12
sleep 1.5
xdotool keyup F12
xdotool key F12
sleep 0.5
takes=$(find "$work/data/polycore/recordings" -name '*.wav' | wc -l)
[ "$takes" -eq 1 ] || fail "F12 held made $takes recordings instead of one"
stop_program
echo "played"
