# shellcheck shell=sh disable=SC2034 # what is set here is for the tests that source it
# What the tests of the real window share: a screen, a home folder of their own, the program on the silent output.
# shellcheck shell=sh disable=SC2034 # its variables are the scripts'
# Usage: . common.sh POLYCORE. Exits with 77 (skipped) where there is no Xvfb or xdotool.
set -eu

for tool in Xvfb xdotool python3; do
    command -v "$tool" > /dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done

polycore=$1
work=$(mktemp -d)
xvfb=
program=
output='--audio-api null'
midi=none

clean_up() {
    [ -z "$program" ] || kill "$program" 2> /dev/null || true
    [ -z "$xvfb" ] || kill "$xvfb" 2> /dev/null || true
    wait 2> /dev/null || true
    rm -rf "$work"
}
trap clean_up EXIT

fail() {
    echo "failed: $*"
    [ ! -f "$work/log" ] || sed 's/^/  program: /' "$work/log"
    exit 1
}

export XDG_CONFIG_HOME=$work/config XDG_DATA_HOME=$work/data SDL_VIDEODRIVER=x11
settings=$work/config/polycore/settings.ini
mkdir -p "$work/config/polycore"

# No sound card of this machine, and none of the plug-ins that ALSA would load and never free.
printf 'pcm.!default { type null }\nctl.!default { type null }\n' > "$work/asound.conf"
export ALSA_CONFIG_PATH=$work/asound.conf

# A patch whose pitch and steps are plain.
sine=$work/sine.patch
cat > "$sine" << 'END'
name = Sine
family = Test
osc1_saw = 0 %
osc1_sine = 100 %
amp_release = 0.05 s
amp_velocity = 100 %
END

# start_screen WIDTH HEIGHT [BITS A PIXEL]
start_screen() {
    mkfifo "$work/display"
    Xvfb -noreset -displayfd 7 -screen 0 "$1x$2x${3:-24}" 7> "$work/display" > /dev/null 2>&1 < /dev/null &
    xvfb=$!
    DISPLAY=:$(head -n 1 "$work/display")
    export DISPLAY
    rm "$work/display"
}

# Without a window manager a search by name finds nothing.
window_under_pointer() {
    xdotool mousemove 640 8 getmouselocation --shell | sed -n 's/^WINDOW=//p'
}

# start_program ARGUMENTS: opens the window and waits until it is there.
start_program() {
    # shellcheck disable=SC2086  # several words
    "$polycore" $output --midi "$midi" --verbose --seconds 120 "$@" > "$work/log" 2>&1 < /dev/null &
    program=$!
    root=$(window_under_pointer)
    for _ in $(seq 300); do
        window=$(window_under_pointer)
        if [ "$window" != "$root" ]; then
            sleep 0.7 # its first frames
            xdotool windowfocus "$window"
            sleep 0.2
            return
        fi
        kill -0 "$program" 2> /dev/null || fail "the program ended before its window opened"
        sleep 0.1
    done
    fail "no window within 30 s"
}

# wait_for_end WHAT: the program ends, with the status 0.
wait_for_end() {
    for _ in $(seq 200); do
        if ! kill -0 "$program" 2> /dev/null; then
            status=0
            wait "$program" || status=$?
            program=
            [ "$status" -eq 0 ] || fail "$1: the program ended with $status"
            return
        fi
        sleep 0.1
    done
    fail "$1 does not end the program"
}

# stop_program: Control-Q.
stop_program() {
    xdotool key ctrl+q
    wait_for_end "Control-Q"
}

# wait_for SECONDS WHAT COMMAND...: until the command succeeds, which is tried once at least.
wait_for() {
    end=$(($(date +%s) + $1))
    what=$2
    shift 2
    until "$@" > /dev/null 2>&1; do
        [ "$(date +%s)" -lt "$end" ] || fail "$what"
        sleep 0.1
    done
}

# saved NAME PARAMETER: the value in the saved patch.
saved() {
    sed -n "s/^$2 *= \([-0-9.]*\).*/\1/p" "$work/data/polycore/patches/$1.patch"
}

# save_as NAME FILE: saves the patch that is shown under a new name, and waits for its file.
save_as() {
    xdotool key ctrl+shift+s
    sleep 0.4
    xdotool type "$1"
    sleep 0.2
    xdotool key Return
    wait_for 10 "no patch file $2 appears" test -f "$work/data/polycore/patches/$2.patch"
    sleep 0.3
}
