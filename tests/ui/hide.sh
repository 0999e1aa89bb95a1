#!/bin/sh
# A window that is hidden draws nothing, and a controller that was learned goes on turning its parameter.
. "$(dirname "$0")/common.sh"
start_screen 1280 800

midi=$work/keys
mkfifo "$midi"
exec 8<> "$midi"
echo 'learn.osc1_saw = 74' > "$settings"
begin=$(date +%s)
start_program --patch organ
printf '\220\074\144' >&8 # a key held: as long as it sounds, frames come as fast as they may
xdotool windowunmap "$window"
for _ in 1 2 3 4 5 6; do # more than is kept for a window that does not look
    python3 -c 'import sys; sys.stdout.buffer.write(bytes([0xE1, 0, 64] * 500))' >&8
    sleep 1
done
printf '\260\112\100' >&8 # controller 74, half way
sleep 2
xdotool windowmap "$window"
sleep 0.7
xdotool windowfocus "$window"
xdotool key ctrl+shift+s
sleep 0.5
xdotool type Hidden
xdotool key Return
saved=$work/data/polycore/patches/hidden.patch
wait_for 10 "no patch is saved" test -f "$saved"
stop_program
visible=$(($(date +%s) - begin - 8 + 1))

grep -Eq '^osc1_saw *= 50\.' "$saved" || fail "the controller did not arrive: $(grep osc1_saw "$saved")"
frames=$(sed -n 's/^window: .* core, \([0-9.]*\) frames a second.*/\1/p' "$work/log")
awk -v rate="$frames" -v visible="$visible" 'BEGIN { exit !(rate * (visible + 7) <= visible * 31) }' ||
    fail "$frames frames a second, of which $visible s were seen and 8 s hidden"
echo "$frames frames a second in $visible s seen and 8 s hidden"
