#!/bin/bash
# Plays the program in a virtual machine with real ALSA, a real sequencer and a real USB keyboard.
# shellcheck source=tests/cross/common.sh
. "$(dirname "$0")/../cross/common.sh"
"$PROJECT/tests/vm/kernel.sh" || exit $?
cd "$PROJECT" || exit 1
work=$PROJECT/build/vm
program=$PROJECT/build/release/app/polycore
[ -x "$program" ] || { cmake --preset release >/dev/null && cmake --build build/release --target polycore -j "$JOBS" >/dev/null; }
rm -rf "$work"
mkdir -p "$work"
cp "$program" tests/vm/guest.sh tests/vm/sine.patch tests/vm/take.py "$work/"
python3 tests/vm/songs.py "$work"
"$PROJECT/tests/vm/boot.sh" "$work" 400 || true
while read -r verdict name; do
    case $verdict in
    ok) step "$name" true ;;
    FAIL) step "$name" cat "$work/guest.log" /nonexistent ;;
    esac
done < <(grep -E '^(ok|FAIL) ' "$work/guest.log" 2>/dev/null)
[ $((passed + failed)) -gt 0 ] || { tail -n 20 -- "$work/console.log" "$work/guest.log"; failed=1; }
finish "virtual machine: MIDI, USB and ALSA"
