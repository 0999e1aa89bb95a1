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
# Emulation is some hundred times slower. Left out is what says nothing of arm64: what is heard (hashes.sh finds the same bits that are heard
# elsewhere), faults, which are to leave blocks in time, and long tests of plain C.
ctest_steps build/arm64 '^render\.|^unit\.(load|smf_memory)$' "$PROJECT/tests/cross/arm64/binfmt.sh" "$CACHE/arm64"
finish "arm64 Linux"
