#!/bin/bash
# Builds Polycore for Windows; runs the unit tests and then the program under wine.
# shellcheck source=tests/cross/common.sh
. "$(dirname "$0")/common.sh"
"$PROJECT/tests/cross/mingw/build.sh" || exit $?
need_packages wine wine64 pulseaudio pulseaudio-utils xvfb xdotool imagemagick sox
. "$PROJECT/tests/cross/wine.sh"
cd "$PROJECT" || exit 1

# What CMake found in an older prefix is forgotten.
[ build/windows/CMakeCache.txt -nt "$CACHE/mingw/complete" ] || rm -rf build/windows
step "configure" cmake --preset windows -DPOLYCORE_WERROR=ON
step "build" cmake --build build/windows -j "$JOBS"
cp "$CACHE/mingw/bin/libcriterion-3.dll" build/windows/tests/
trap wine_stop EXIT
wine_start
ctest_steps build/windows
finish "Windows under wine"
