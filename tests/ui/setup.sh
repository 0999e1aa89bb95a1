#!/bin/sh
# The set-up changes while the program plays, is remembered and recalled; a damaged settings file is kept.
. "$(dirname "$0")/common.sh"
start_screen 1280 800

has_thread() { cat /proc/"$program"/task/*/comm | grep -qx "$1"; }
lacks_thread() { ! has_thread "$1"; }
measures() { has_thread calibrate && ! has_thread null-output; }
plays() { has_thread null-output && ! has_thread calibrate; }

start_program --block 256 --workers 1
xdotool key F5
sleep 0.5
# The row "Block" opens with Enter: its menu begins at what is in use, two up is 64 frames.
xdotool mousemove 370 313 click 1
sleep 0.5
xdotool key Up Up Return
sleep 0.8
xdotool mousemove 370 409 click 1 # "Pinning": down is "on"
sleep 0.5
xdotool key Down Return
sleep 0.8
xdotool mousemove 370 473 click 1 # "Quality": up is "draft"
sleep 0.5
xdotool key Up Return
sleep 0.5
stop_program
grep -q '^quality = draft' "$settings" || fail "the quality is not remembered: $(cat "$settings")"
grep -q '^block_frames = 64' "$settings" || fail "the block is not remembered: $(cat "$settings")"
grep -q '^pin = on' "$settings" || fail "pinning is not remembered: $(cat "$settings")"
! grep -Eq '^(audio_api|device|rate_hz|workers|polyphony) = .' "$settings" || fail "what was not chosen is remembered: $(cat "$settings")"

# While the machine is measured nothing plays; after Cancel everything does again.
midi=$work/keys
mkfifo "$midi"
exec 8<> "$midi"
start_program --patch "$sine"
xdotool mousemove 1211 586 click 1
wait_for 20 "Measure does not switch the sound off" measures
sleep 0.5
xdotool click 1
wait_for 60 "Cancel does not switch the sound on again" plays
xdotool key F12
wait_for 10 "no recording appears" sh -c "ls '$work'/data/polycore/recordings/*.wav"
xdotool keydown q
wait_for 20 "Q plays after the measuring" sh -c "python3 '$(dirname "$0")/pitch.py' '$work'/data/polycore/recordings/*.wav 518 529"
xdotool keyup q key F12
sleep 0.3

# A pipe that is switched off and on again is still listened to, and alone.
xdotool mousemove 800 223 click 1
wait_for 10 "the pipe is not switched off" lacks_thread midi-input
xdotool click 1
wait_for 10 "the pipe is not switched on again" has_thread midi-input
rm "$work"/data/polycore/recordings/*.wav
xdotool key F12
wait_for 10 "no recording appears" sh -c "ls '$work'/data/polycore/recordings/*.wav"
printf '\220\074\144' >&8 # middle C
wait_for 20 "the pipe plays" sh -c "python3 '$(dirname "$0")/pitch.py' '$work'/data/polycore/recordings/*.wav 258 265"
xdotool key F12
stop_program
printf 'audio_api = null\n' >> "$settings"
output=
start_program
stop_program
grep -q 'on silence' "$work/log" || fail "the output is not recalled"
grep -q 'blocks of 64' "$work/log" || fail "the block is not recalled"

# Unknown names are kept, a damaged line is told of, and the file as it was is set aside.
printf 'future_setting = kept\nthis line is none\n' >> "$settings"
cp "$settings" "$work/damaged"
start_program
xdotool key F9
stop_program
cmp -s "$settings.bad" "$work/damaged" || fail "the damaged file is not set aside as it was"
grep -q '^future_setting = kept' "$settings" || fail "a name of a later version is lost"
grep -q '^pin = on' "$settings" || fail "good lines of a damaged file are lost"
echo "set up"
