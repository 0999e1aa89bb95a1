#!/bin/sh
# A note that is held ends without a click when the window closes, whatever closes it, and when the set-up changes.
. "$(dirname "$0")/common.sh"
start_screen 1280 800
take=$work/take.wav

# end_while_held WHAT COMMAND...: the command ends the program while Z is held.
end_while_held() {
    way=$1
    shift
    rm -f "$take"
    start_program --patch "$sine" --record "$take"
    xdotool keydown z
    wait_for 20 "$way: Z plays" python3 "$(dirname "$0")/pitch.py" "$take" 258 265 1
    "$@"
    wait_for_end "$way"
    xdotool keyup z
    python3 "$(dirname "$0")/pitch.py" --end "$take" > "$work/end" || fail "$way: the note ends with a click: $(cat "$work/end")"
    echo "$way: $(cat "$work/end")"
}

close_window() { python3 "$(dirname "$0")/close_window.py" "$window"; }
terminate() { kill -TERM "$program"; }
# "Pinning" on the page "Set-up" makes a new engine; its menu begins at what is in use.
change_pinning() {
    xdotool key F5
    sleep 0.5
    xdotool mousemove 370 409 click 1
    sleep 0.5
    xdotool key Down Return
    sleep 0.8
    xdotool key ctrl+q
}

end_while_held "Control-Q" xdotool key ctrl+q
end_while_held "closing the window" close_window
end_while_held "SIGTERM" terminate
end_while_held "another engine" change_pinning
grep -q '^pin = on' "$settings" || fail "no other engine was made"
echo "closed"
