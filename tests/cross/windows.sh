#!/bin/bash
# Builds Polycore for Windows; runs the unit tests and then the program under wine.
# shellcheck source=tests/cross/common.sh
. "$(dirname "$0")/common.sh"
"$PROJECT/tests/cross/mingw/build.sh" || exit $?
need_packages wine wine64 pulseaudio pulseaudio-utils xvfb xdotool imagemagick sox
. "$PROJECT/tests/cross/wine.sh"
cd "$PROJECT" || exit 1

forget_stale windows mingw
step "configure" cmake --preset windows -DPOLYCORE_WERROR=ON
step "build" cmake --build build/windows -j "$JOBS"
cp "$CACHE/mingw/bin/libcriterion-3.dll" build/windows/tests/
trap wine_stop EXIT
wine_start
ctest_steps build/windows

program=build/windows/app/polycore.exe
results=build/windows/results
mkdir -p $results

devices_are_listed() {
    wine $program devices | tr -d '\r' | tee $results/devices.txt
    grep -q "Windows WASAPI" $results/devices.txt && grep -q "Windows DirectSound" $results/devices.txt && grep -q MME $results/devices.txt
}

# plays_through API: the demo reaches the null sink, and is heard there.
plays_through() {
    timeout 8 parecord --device=nowhere.monitor --rate=48000 --channels=2 --file-format=wav $results/heard.wav &
    local recorder=$!
    wine $program --headless --verbose --demo --seconds 5 --audio-api "$1" --device PulseAudio </dev/null || return 1
    wait $recorder || true
    sox $results/heard.wav -n stat 2>&1 | tee $results/stat.txt
    awk '/RMS.*amplitude/ { loud = $3 > 0.005 } END { exit !loud }' $results/stat.txt
}

renders_to_any_name() {
    cp assets/demo.mid "$results/Mes pièces 🎹.mid"
    wine $program render "$results/Mes pièces 🎹.mid" -o "$results/été 🎶.flac" --seconds 5 </dev/null && [ -s "$results/été 🎶.flac" ]
}

# The window is drawn: more colours than an empty screen has.
window_opens() {
    SDL_FRAMEBUFFER_ACCELERATION=0 wine $program --demo --audio-api null --seconds 15 </dev/null &
    local window=$! colours=0
    for _ in $(seq 24); do
        sleep 0.5
        colours=$(import -window root -format %k info: 2>/dev/null || echo 0)
        [ "$colours" -lt 20 ] || break
    done
    import -window root $results/window.png
    wait $window
    echo "$colours colours"
    [ "$colours" -ge 20 ]
}

wrong_usage_is_told() {
    wine $program --rate nonsense </dev/null 2>$results/usage.txt
    [ $? = 2 ] && grep -q -- --rate $results/usage.txt
}

step "devices are listed" devices_are_listed
for api in "Windows WASAPI" "Windows DirectSound" MME; do
    step "live play through $api" plays_through "$api"
done
step "paths with spaces, accents and emoji" renders_to_any_name
step "the window opens" window_opens
step "wrong usage is told" wrong_usage_is_told
finish "Windows under wine"
