# Sourced by windows.sh: one wine session for the whole run, with a PulseAudio null sink to play to and a screen to draw on.
# shellcheck shell=bash
export WINEPREFIX=$CACHE/wine WINEDEBUG=-all WINEDLLOVERRIDES="mscoree=;mshtml=;winedbg.exe=d"

# wine_start: a private PulseAudio, a private X server, and wine's services. wine_stop ends them: trap it.
wine_start() {
    wine_folder=$(mktemp -d)
    pulseaudio -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no --realtime=no --high-priority=no \
        --log-target="file:$wine_folder/pulse.log" -L "module-null-sink sink_name=nowhere rate=48000 channels=2 norewinds=1" \
        -L "module-native-protocol-unix socket=$wine_folder/pulse auth-anonymous=1" </dev/null >/dev/null 2>&1 &
    wine_pulse=$!
    export PULSE_SERVER=unix:$wine_folder/pulse
    Xvfb -displayfd 3 -screen 0 1280x800x24 3>"$wine_folder/display" </dev/null >/dev/null 2>&1 &
    wine_screen=$!
    for _ in $(seq 200); do # 20 s
        [ -s "$wine_folder/display" ] && [ -S "$wine_folder/pulse" ] && break
        { kill -0 "$wine_pulse" && kill -0 "$wine_screen"; } 2>/dev/null || break
        sleep 0.1
    done
    if ! [ -s "$wine_folder/display" ] || ! [ -S "$wine_folder/pulse" ]; then
        tail -n 5 "$wine_folder/pulse.log" >&2
        echo "Xvfb or PulseAudio did not start within 20 s" >&2
        exit 1
    fi
    DISPLAY=:$(cat "$wine_folder/display")
    export DISPLAY
    # Services keep what they inherit open, so they get nothing of ours; the server stays for the whole run.
    [ -d "$WINEPREFIX/drive_c" ] || wineboot -i </dev/null >/dev/null 2>&1
    setsid wineserver -p </dev/null >/dev/null 2>&1 || true
    wine cmd /c ver </dev/null >/dev/null 2>&1
}

wine_stop() {
    wineserver -k </dev/null >/dev/null 2>&1 || true
    kill "$wine_pulse" "$wine_screen" 2>/dev/null || true
    wait "$wine_pulse" "$wine_screen" 2>/dev/null || true
    rm -rf "$wine_folder"
}
