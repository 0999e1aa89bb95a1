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
cp "$CACHE/mingw/bin/libcriterion-3.dll" build/windows/tests/unit/
cp "$CACHE/mingw/bin/libcriterion-3.dll" build/windows/tests/render/
trap wine_stop EXIT
wine_start
# hashes.sh has the matrix, which says more than the random scenes.
ctest_steps build/windows '^render\.(matrix|stress)$'

program=build/windows/app/polycore.exe
results=build/windows/results
mkdir -p $results

devices_are_listed() {
    wine $program devices | tr -d '\r' | tee $results/devices.txt
    grep -q "Windows WASAPI" $results/devices.txt && grep -q "Windows DirectSound" $results/devices.txt && grep -q MME $results/devices.txt
}

# plays_through API: the demo reaches the null sink, and is heard there.
plays_through() {
    local heard="$results/heard ${1##* }.wav" recorder played=0
    rm -f "$heard"
    parecord --device=nowhere.monitor --rate=48000 --channels=2 --file-format=wav "$heard" &
    recorder=$!
    wine $program --headless --verbose --demo --seconds 2 --audio-api "$1" --device PulseAudio </dev/null || played=$?
    kill $recorder 2>/dev/null
    wait $recorder || true
    [ $played = 0 ] && sox "$heard" -n stat 2>&1 | tee $results/stat.txt
    [ $played = 0 ] && awk '/RMS.*amplitude/ { loud = $3 > 0.005 } END { exit !loud }' $results/stat.txt
}

renders_to_any_name() {
    cp assets/demo.mid "$results/Mes pièces 🎹.mid"
    wine $program render "$results/Mes pièces 🎹.mid" -o "$results/été 🎶.flac" --seconds 5 </dev/null && [ -s "$results/été 🎶.flac" ]
}

# The window is drawn: more colours than an empty screen has; and it ends by its key.
window_opens() {
    SDL_FRAMEBUFFER_ACCELERATION=0 wine $program --demo --audio-api null --seconds 15 </dev/null &
    local window=$! colours=0
    for _ in $(seq 24); do
        sleep 0.5
        colours=$(import -window root -format %k info: 2>/dev/null || echo 0)
        [ "$colours" -lt 20 ] || break
    done
    import -window root $results/window.png
    xdotool windowfocus "$(xdotool search --name Polycore | tail -n 1)" key ctrl+q || true
    wait $window
    echo "$colours colours"
    [ "$colours" -ge 20 ]
}

# The libraries of Windows 10 itself; any other would have to be in the .zip.
SYSTEM_DLLS="advapi32 api-ms-win-core-synch-l1-2-0 gdi32 imm32 kernel32 msvcrt ntdll ole32 oleaut32 setupapi shell32 user32 version winmm"

# Unpacked in a folder of any name, the program runs with what is in the .zip and what Windows has.
zip_runs_anywhere() {
    local place="$results/été 🎹" library
    rm -rf "$place" $results/zip
    mkdir -p "$place"
    cpack --config build/windows/CPackConfig.cmake -G ZIP -B $results/zip || return 1
    (cd "$place" && cmake -E tar xf ../zip/polycore-*.zip && mv polycore-* polycore) || return 1
    for library in $(x86_64-w64-mingw32-objdump -p "$place/polycore/bin/polycore.exe" | awk '/DLL Name/ { print tolower($3) }'); do
        [[ " $SYSTEM_DLLS " = *" ${library%.dll} "* ]] || { echo "it needs $library"; return 1; }
    done
    wine "$place/polycore/bin/polycore.exe" patches </dev/null | tee $results/patches.txt
    grep -q '^\* keys ' $results/patches.txt || return 1
    wine "$place/polycore/bin/polycore.exe" render "$place/polycore/share/polycore/demo.mid" --seconds 5 \
        --patch "$place/polycore/share/polycore/patches/bass.patch" -o "$place/démo.wav" </dev/null || return 1
    sox "$place/démo.wav" -n stat 2>&1 | awk '/RMS.*amplitude/ { loud = $3 > 0.005 } END { exit !loud }'
}

commands_answer() {
    printf '#!/bin/bash\nexec wine "%s" "$@"\n' "$PROJECT/$program" >$results/polycore
    chmod +x $results/polycore
    POSIX=no tests/cli/cli.sh $results/polycore assets/demo.mid assets/polycore.1
}

step "devices are listed" devices_are_listed
for api in "Windows WASAPI" "Windows DirectSound" MME; do
    step "live play through $api" plays_through "$api"
done
step "paths with spaces, accents and emoji" renders_to_any_name
step "the .zip runs where it is unpacked" zip_runs_anywhere
step "the window opens" window_opens
step "commands, right and wrong" commands_answer
finish "Windows under wine"
