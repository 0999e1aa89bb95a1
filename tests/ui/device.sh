#!/bin/sh
# A device chosen in the window is opened; one that does not open is told of, and what played before plays on.
. "$(dirname "$0")/common.sh"
for tool in jackd jack_wait jack_lsp import; do
    command -v "$tool" > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
export JACK_DEFAULT_SERVER=polycore-window-$$ JACK_NO_START_SERVER=1 JACK_NO_AUDIO_RESERVATION=1
jackd -n "$JACK_DEFAULT_SERVER" -R -P 80 -d dummy -r 48000 -p 1024 > "$work/jackd.log" 2>&1 < /dev/null &
server=$!
trap 'kill "$server" 2> /dev/null || true; clean_up' EXIT
jack_wait -s "$JACK_DEFAULT_SERVER" -w -t 10 > /dev/null 2>&1 || { echo "skipped: the JACK server does not start"; exit 77; }

apis() { "$polycore" devices 2> /dev/null | sed -n '/^Audio outputs/,/^MIDI/s/^  \([^ ].*\)/\1/p'; }
place=$(apis | grep -n JACK | cut -d: -f1)
[ -n "$place" ] || { echo "skipped: this PortAudio knows no JACK"; exit 77; }

# choose PLACE: the driver with so many above it in the menu; the system's default is the first.
choose() {
    xdotool mousemove 370 217 click 1
    sleep 0.5
    # shellcheck disable=SC2046  # several words
    xdotool key Home $(yes Down | head -n "$1") Return
    sleep 0.5
}
connected() { jack_lsp 2> /dev/null | grep -qi polycore; }
gone() { ! connected; }
# The mark of a message, at the left of the status line, is of the dark theme's warning colour.
trouble() {
    import -window "$window" -crop 24x20+12+778 -depth 8 ppm:- | python3 "$(dirname "$0")/pixels.py" F55B32 | awk '{ exit !($1 > 0) }'
}
heard() { python3 "$(dirname "$0")/pitch.py" "$take" 250 275; }

start_screen 1280 800
start_program --patch organ
xdotool key F5
sleep 0.5
choose "$place" # though the silent output has needed no list of drivers
wait_for 20 "JACK was chosen, but nothing is connected to it" connected
trouble && fail "JACK opened, and yet there is a message"
choose 20 # the last: silence
wait_for 20 "silence was chosen again, but JACK is still connected" gone

kill "$server"
wait "$server" 2> /dev/null || true
choose "$place"
wait_for 20 "that JACK is gone is not told" trouble
xdotool key F12 keydown z
wait_for 10 "no recording appears" sh -c "ls '$work'/data/polycore/recordings/*.wav"
take=$(ls "$work"/data/polycore/recordings/*.wav)
wait_for 20 "what played before does not play on" heard
xdotool keyup z key Escape
sleep 0.5
trouble && fail "Escape does not take the message away"
wait_for 10 "what did not open is remembered" grep -q '^audio_api = null' "$settings"
stop_program # PortAudio would end the program by an assertion when it closes a client of a server that is gone
echo "opened"
