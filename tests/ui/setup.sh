#!/bin/sh
# The set-up changes while the program plays, is remembered and recalled; a damaged settings file is kept.
. "$(dirname "$0")/common.sh"
start_screen 1280 800

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
stop_program
grep -q '^block_frames = 64' "$settings" || fail "the block is not remembered: $(cat "$settings")"
grep -q '^pin = on' "$settings" || fail "pinning is not remembered: $(cat "$settings")"

output= # the silent one was remembered too
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
grep -q '^block_frames = 64' "$settings" || fail "good lines of a damaged file are lost"
echo "set up"
