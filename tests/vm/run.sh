#!/bin/bash
# Plays the program in a virtual machine with real ALSA, a real sequencer and a real USB keyboard.
# shellcheck source=tests/cross/common.sh
. "$(dirname "$0")/../cross/common.sh"
"$PROJECT/tests/vm/kernel.sh" || exit $?
cd "$PROJECT" || exit 1
LIMIT_SECONDS=400 # three times what it takes on two cores
work=$PROJECT/build/vm
program=$PROJECT/build/release/app/polycore
[ -x "$program" ] || { cmake --preset release >/dev/null && cmake --build build/release --target polycore -j "$JOBS" >/dev/null; }
rm -rf "$work"
mkdir -p "$work"
cp "$program" tests/vm/guest.sh tests/vm/sine.patch tests/vm/take.py "$work/"
python3 tests/vm/songs.py "$work"
ended=0
"$PROJECT/tests/vm/boot.sh" "$work" $LIMIT_SECONDS || ended=$?

guest_log() {
    tail -n 20 -- "$work/console.log" "$work/guest.log"
    false
}

while read -r verdict name; do
    case $verdict in
    ok) step "$name" true ;;
    FAIL) step "$name" guest_log ;;
    esac
done < <(grep -E '^(ok|FAIL) ' "$work/guest.log" 2>/dev/null)

# Every test gave its verdict, and the guest's status says the same as they.
guest_ended_well() {
    echo "$((passed + failed)) verdicts; the guest ended with $ended"
    { [ $((passed + failed)) = "$(grep -c '^verdict "' tests/vm/guest.sh)" ] && [ $((ended != 0)) = $((failed > 0)) ]; } || guest_log
}
step "the guest ran to its end" guest_ended_well
finish "virtual machine: MIDI, USB and ALSA"
