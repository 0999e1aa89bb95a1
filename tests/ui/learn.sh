#!/bin/sh
# A knob learns a MIDI controller by right click, keeps it over a restart, and forgets it.
. "$(dirname "$0")/common.sh"
start_screen 1280 800
midi=$work/keys
mkfifo "$midi"
exec 8<> "$midi" # held open, so that the stream never ends

controller() { # controller STATUS NUMBER VALUE, as three octal digits each
    # shellcheck disable=SC2059  # the bytes are the format
    printf "\\$1\\$2\\$3" >&8
    sleep 0.5
}
is_about() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a > b - 1 && a < b + 1) }'; }
learned() { grep -q '^learn\.osc1_saw = 74' "$settings"; }
forgotten() { ! grep -q '^learn\..* = [0-9]' "$settings"; }
menu_of_knob() { # the first knob is osc1_saw
    xdotool mousemove 282 255 click 3
    sleep 0.5
}

start_program --patch organ
xdotool key F3
sleep 0.3
menu_of_knob
xdotool key Return # "Learn a MIDI controller"
sleep 0.3
controller 260 100 177 # the sustain pedal
controller 260 100 000
controller 260 112 100
wait_for 10 "the controller is not remembered" learned
forgotten && fail "the sustain pedal was learned: $(cat "$settings")"
controller 260 112 177
save_as "Learned" learned
is_about "$(saved learned osc1_saw)" 100 || fail "the controller at its end gave $(saved learned osc1_saw)"

# On a channel that plays nothing it turns the part that is shown.
controller 277 112 000
save_as "Elsewhere" elsewhere
is_about "$(saved elsewhere osc1_saw)" 0 || fail "a controller on another channel gave $(saved elsewhere osc1_saw)"

# Another page ends learning.
menu_of_knob
xdotool key Return
sleep 0.3
xdotool key F2
sleep 0.3
controller 260 024 100
xdotool key F3
stop_program
learned || fail "learning went on behind another page: $(cat "$settings")"

start_program
controller 260 112 100
save_as "Recalled" recalled
is_about "$(saved recalled osc1_saw)" 50.4 || fail "after a restart the controller gave $(saved recalled osc1_saw)"
menu_of_knob
xdotool key Down Return # "Forget the controller"
sleep 0.3
controller 260 112 177
save_as "Forgotten" forgotten
is_about "$(saved forgotten osc1_saw)" 50.4 || fail "a forgotten controller gave $(saved forgotten osc1_saw)"
stop_program
forgotten || fail "the controller is not forgotten: $(cat "$settings")"
echo "learned"
