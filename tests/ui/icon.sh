#!/bin/sh
# The window has an icon of its own, which is the one that the desktop's menu shows.
. "$(dirname "$0")/common.sh"
start_screen 1280 800

start_program
python3 "$(dirname "$0")/icon.py" "$window" "$(dirname "$0")/../../assets/icon/polycore.svg" || fail "it is not the drawing's"
stop_program
