#!/bin/bash
# Compiles and links Polycore for macOS on both processors, newer system calls guarded. Nothing made here runs here.
# shellcheck source=tests/cross/common.sh
. "$(dirname "$0")/common.sh"
"$PROJECT/tests/cross/macos/toolchain.sh" || exit $?
cd "$PROJECT" || exit 1
for preset in macos macos-x64; do
    forget_stale $preset macos
    step "configure $preset" cmake --preset $preset -DPOLYCORE_WERROR=ON
    step "compile and link $preset" cmake --build build/$preset -j "$JOBS"
done
finish "macOS, compiled and linked only"
