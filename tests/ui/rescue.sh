#!/bin/sh
# A worker that is stopped is rescued, and the window's figures say so.
. "$(dirname "$0")/common.sh"
stop_thread=$2
[ "$(nproc)" -ge 2 ] || { echo "skipped: one processor has no worker to stop"; exit 77; }
start_screen 1280 800
midi=$work/keys
mkfifo "$midi"
exec 8<> "$midi" # stays open: the keys are let go when a stream ends

# So many voices at such a rate that the worker renders for a quarter of the time: among eighty stops some meet it at work, unless something
# else has the machine and one thread does it all: then it is tried again.
for round in 1 2 3 4 5 6; do
    python3 -c '
import sys
chord = bytes(byte for channel in range(8) for key in range(40, 56) for byte in (0x90 | channel, key, 100))
sys.stdout.buffer.write(chord)' >&8
    start_program --simd scalar --workers 2 --wait spin --rate 192000 --block 1024
    sleep 1
    status=0
    "$stop_thread" "$program" 'polycore worker' 80 25 || status=$?
    [ "$status" -ne 77 ] || { echo "skipped: this system lets no thread be stopped"; exit 77; }
    [ "$status" -eq 0 ] || fail "the worker could not be stopped"
    stop_program
    if grep -Eq 'rescues [1-9]' "$work/log"; then
        echo "rescued in round $round: $(grep -o 'rescues [0-9]*' "$work/log")"
        exit
    fi
done
fail "no rescue is counted"
