#!/bin/bash
# Compiles and links Polycore and its tests for macOS on both processors, newer system calls guarded, and makes the .app, which is
# looked at. Nothing made here runs here.
# shellcheck source=tests/cross/common.sh
. "$(dirname "$0")/common.sh"
"$PROJECT/tests/cross/macos/toolchain.sh" || exit $?
cd "$PROJECT" || exit 1
launcher=()
! command -v ccache >/dev/null || launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache)
prefix=$(mktemp -d)
trap 'rm -rf "$prefix"' EXIT

# guards_calls SOURCE: a call that the oldest macOS lacks is an error where no question stands before it.
guards_calls() {
    sed 's/__builtin_available([^)]*)/true/' "$1" >"$prefix/unguarded.c"
    ! "$CACHE/zig/zig" cc -target aarch64-macos.11.0 -I. -Wunguarded-availability -Werror -c "$prefix/unguarded.c" \
        -o "$prefix/unguarded.o" 2>"$prefix/errors" && grep 'only available on macOS' "$prefix/errors"
}

make_app() {
    PATH=$CACHE/macos/tools:$PATH cmake --install "build/$1" --component bundle --prefix "$prefix/$1"
}

step "an unguarded call is seen" guards_calls platform/wait_macos.c
for preset in macos macos-x64; do
    processor=arm64
    [ $preset = macos ] || processor=x86_64
    forget_stale $preset macos
    step "configure $preset" cmake --preset $preset "${launcher[@]+"${launcher[@]}"}"
    step "compile and link $preset" cmake --build build/$preset -j "$JOBS"
    step "$preset: the device is asked of PortAudio" grep -q '^POLYCORE_PORTAUDIO_COREAUDIO:INTERNAL=1' build/$preset/CMakeCache.txt
    step "$preset: the .app is made" make_app $preset
    step "$preset: the .app is whole" tests/cross/macos/bundle.py "$prefix/$preset/Polycore.app" $processor assets/patches
done
finish "macOS, compiled and linked only"
