#!/bin/sh
# Knobs turn parameters, undo takes it back, patches are found, loaded and saved, and all is remembered.
. "$(dirname "$0")/common.sh"
start_screen 1280 800

midi=$work/keys
mkfifo "$midi"
exec 8<> "$midi"
start_program --patch organ
# The search field narrows the list to one; the arrow key loads it.
xdotool key ctrl+f
sleep 0.3
xdotool type bass
sleep 0.4
xdotool key Tab Tab Down
sleep 0.5
wait_for 5 "the patch found is not remembered" sh -c "sleep 2; grep -qi 'patch = .*bass' '$settings'"
save_as "Test one" test-one
before=$(saved test-one osc1_saw)

# The first knob, osc1_saw, dragged down by its cell's centre.
xdotool mousemove 282 255 mousedown 1 mousemove 282 290 mousemove 282 330 mouseup 1
sleep 0.4
save_as "Test two" test-two
after=$(saved test-two osc1_saw)
awk -v a="$before" -v b="$after" 'BEGIN { exit !(b < a - 5) }' || fail "a drag down did not lower osc1_saw ($before, then $after)"

# Typed: Enter on the focused knob opens a field.
xdotool key Return
sleep 0.3
xdotool type 42
xdotool key Return
sleep 0.3
save_as "Test three" test-three
[ "$(saved test-three osc1_saw)" = 42 ] || fail "a typed value of 42 became $(saved test-three osc1_saw)"

xdotool key ctrl+z
sleep 0.6
save_as "Test four" test-four
[ "$(saved test-four osc1_saw)" = "$after" ] || fail "undo gave $(saved test-four osc1_saw) instead of $after"

# A double-click is the default.
xdotool mousemove 282 255 click --repeat 2 --delay 60 1
sleep 0.4
save_as "Test five" test-five
[ "$(saved test-five osc1_saw)" = 100 ] || fail "a double-click gave $(saved test-five osc1_saw)"

# Program 17 is the organ: as it has been saved, not as it was at the start.
save_as "Drawbar organ" drawbar-organ
printf '\300\000' >&8
sleep 0.5
save_as "Test six" test-six
[ "$(saved test-six osc1_saw)" != 100 ] || fail "a program change chooses no patch"
printf '\300\020' >&8
sleep 0.5
save_as "Test seven" test-seven
[ "$(saved test-seven osc1_saw)" = 100 ] || fail "a program change plays osc1_saw $(saved test-seven osc1_saw), not 100 as saved"

xdotool key F9 # the light theme
stop_program
grep -q '^theme = light' "$settings" || fail "the theme is not remembered"
grep -qi '^patch = Test seven' "$settings" || fail "the patch is not remembered: $(cat "$settings")"
echo "shaped"
