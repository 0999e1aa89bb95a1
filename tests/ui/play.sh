#!/bin/sh
# Keys of the computer, keys on the screen and panic are heard in the recording that the window makes.
. "$(dirname "$0")/common.sh"
start_screen 1280 800

# heard FROM SECONDS LOW HIGH: a pitch between LOW and HIGH Hz is in the take.
heard() {
    found=$(python3 "$(dirname "$0")/pitch.py" "$take" "$1" "$2")
    pitch=${found%% *}
    awk -v p="$pitch" -v l="$3" -v h="$4" 'BEGIN { exit !(p >= l && p <= h) }' ||
        fail "$5: expected $3 to $4 Hz, found $found"
}

# record_note COMMAND...: records while the command plays; $take is the file.
record_note() {
    rm -rf "$work/data/polycore/recordings"
    xdotool key F12
    sleep 0.4
    "$@"
    sleep 0.3
    xdotool key F12
    wait_for 10 "no recording appears" sh -c "ls '$work'/data/polycore/recordings/*.wav"
    sleep 0.3
    take=$(ls "$work"/data/polycore/recordings/*.wav)
}

press_q() { xdotool keydown q; sleep 0.9; xdotool keyup q; }
press_z() { xdotool keydown z; sleep 0.9; xdotool keyup z; }
press_octave() { xdotool key minus; xdotool keydown q; sleep 0.9; xdotool keyup q; xdotool key equal; }
# The first white key on the screen is C2 at the left of the keys, two octaves below middle C (65.4 Hz).
press_screen() { xdotool mousemove 92 760 mousedown 1; sleep 0.9; xdotool mouseup 1; }
press_panic() { xdotool keydown q; sleep 0.5; xdotool key F8; sleep 0.8; xdotool keyup q; }
press_sustain() { xdotool keydown space; xdotool keydown q; sleep 0.2; xdotool keyup q; sleep 0.8; xdotool keyup space; }

start_program --patch organ
record_note press_z
heard 0.7 0.3 255 268 "the key Z plays middle C"
record_note press_q
heard 0.7 0.3 512 535 "the key Q plays the C above"
record_note press_octave
heard 0.7 0.3 255 268 "minus is an octave lower"
record_note press_screen
heard 0.7 0.3 64 67 "a click on the first white key"
record_note press_sustain
heard 0.9 0.2 512 535 "Space sustains a note that was let go"
record_note press_panic
heard 1.35 0.2 0 0 "after F8 nothing sounds"
stop_program
echo "played"
