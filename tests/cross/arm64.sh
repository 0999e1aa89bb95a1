#!/bin/bash
# Builds Polycore for arm64 Linux and runs the unit tests under qemu.
# shellcheck source=tests/cross/common.sh
. "$(dirname "$0")/common.sh"
"$PROJECT/tests/cross/arm64/sysroot.sh" || exit $?
cd "$PROJECT" || exit 1
"$PROJECT/tests/cross/arm64/binfmt.sh" "$CACHE/arm64" true 2>"$CACHE/arm64.log" ||
    skip "qemu cannot be registered in a namespace of its own here; see $CACHE/arm64.log"
step "configure" cmake --preset arm64 -DPOLYCORE_WERROR=ON
step "build" cmake --build build/arm64 -j "$JOBS"
# hashes.sh has the matrix, which says more than the random scenes; faults are to leave blocks in time, which an emulated processor is not.
ctest_steps build/arm64 '^render\.(matrix|stress|faults)$' "$PROJECT/tests/cross/arm64/binfmt.sh" "$CACHE/arm64"
finish "arm64 Linux"
