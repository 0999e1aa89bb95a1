#!/bin/sh
# What the real program shows, as the X server has it: more than one colour, and the theme's ground, dark and light.
. "$(dirname "$0")/common.sh"
command -v import > /dev/null || { echo "skipped: import (ImageMagick) is not installed"; exit 77; }
start_screen 1280 800

picture() { # picture OPTIONS: of the window, through pixels.py
    # shellcheck disable=SC2086  # options or none
    import -window "$window" -depth 8 ppm:- | python3 "$(dirname "$0")/pixels.py" ${1:-}
}
has_ground() { picture "$1" | awk '{ exit !($1 > 0.01) }'; }

start_program
[ "$(picture)" -gt 50 ] || fail "the window shows $(picture) colours"
wait_for 10 "the dark theme's ground is not to be seen" has_ground 0D1015
xdotool key F9
wait_for 10 "after F9 the light theme's ground is not to be seen" has_ground E9ECF0
has_ground 0D1015 && fail "after F9 the dark ground is still there"
stop_program
echo "seen"
