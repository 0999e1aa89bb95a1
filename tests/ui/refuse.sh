#!/bin/sh
# Without a display, a font or a renderer the reason is told and the terminal's meters take over.
. "$(dirname "$0")/common.sh"

unset DISPLAY WAYLAND_DISPLAY SDL_VIDEODRIVER || true
timeout 60 "$polycore" --audio-api null --midi none --seconds 1 > "$work/log" 2>&1 < /dev/null || fail "without a display it ends with $?"
grep -q 'no display' "$work/log" || fail "the missing display is not told"
grep -q 'voices' "$work/log" || fail "there are no meters"

start_screen 800 500
POLYCORE_FONT=$work/none.ttf timeout 60 "$polycore" --audio-api null --midi none --seconds 1 > "$work/log" 2>&1 < /dev/null ||
    fail "without a font it ends with $?"
grep -q 'POLYCORE_FONT' "$work/log" || fail "the missing font is not told"
grep -q 'voices' "$work/log" || fail "there are no meters"

kill "$xvfb"
wait "$xvfb" || true
start_screen 800 500 8 # SDL paints no 256 colours, and a graphics driver that could help is kept out
SDL_RENDER_DRIVER=none timeout 60 "$polycore" --audio-api null --midi none --seconds 1 > "$work/log" 2>&1 < /dev/null ||
    fail "without a renderer it ends with $?"
grep -q 'cannot be drawn' "$work/log" || fail "the missing renderer is not told"
grep -q 'voices' "$work/log" || fail "there are no meters"
echo "refused in words"
