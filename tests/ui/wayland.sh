#!/bin/sh
# The window under Wayland, whose driver has no memory to share: it opens, is painted, and takes the display's scale.
. "$(dirname "$0")/common.sh"
command -v weston > /dev/null || { echo "skipped: weston is not installed"; exit 77; }

# An X server shows what weston shows: weston's headless backend has no seat, which SDL 2.26 does not survive.
start_screen 2600 1700
weston=
trap '[ -z "$weston" ] || kill "$weston" 2> /dev/null || true; clean_up' EXIT
export XDG_RUNTIME_DIR="$work/run" WAYLAND_DISPLAY="polycore-$$"
mkdir -m 700 "$XDG_RUNTIME_DIR"

# look SCALE: the window's surface has SCALE pixels for each of its units.
look() {
    weston --backend=x11-backend.so --use-pixman --shell=kiosk-shell.so --socket="$WAYLAND_DISPLAY" --idle-time=0 \
        --width=1280 --height=800 --scale="$1" > "$work/weston" 2>&1 < /dev/null &
    weston=$!
    for _ in $(seq 100); do
        [ ! -S "$XDG_RUNTIME_DIR/$WAYLAND_DISPLAY" ] || break
        kill -0 "$weston" 2> /dev/null || { cat "$work/weston"; echo "skipped: weston does not start here"; exit 77; }
        sleep 0.1
    done
    # shellcheck disable=SC2086  # several words
    SDL_VIDEODRIVER=wayland "$polycore" $output --midi none --seconds 3 --verbose > "$work/log" 2>&1 < /dev/null ||
        fail "the program ended with $?"
    kill "$weston"
    wait "$weston" || true
    weston=
    ! grep -q "cannot be drawn" "$work/log" || fail "no window under Wayland"
    grep -q "^window: 1280x800 at $1.00" "$work/log" || fail "not at scale $1"
    painted=$(sed -n 's/^window: .* \([0-9.]*\) of them painted$/\1/p' "$work/log")
    awk -v painted="$painted" 'BEGIN { exit !(painted > 0) }' || fail "nothing was painted at scale $1"
    echo "scale $1: $painted frames painted a second"
}

look 1
look 2
