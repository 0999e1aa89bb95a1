#!/bin/sh
# A worker that is stopped is rescued, and the window's figures say so.
. "$(dirname "$0")/common.sh"
stop_thread=$2
[ "$(nproc)" -ge 2 ] || { echo "skipped: one processor has no worker to stop"; exit 77; }
start_screen 1280 800

start_program --demo --simd scalar --workers 2 --wait spin --block 256
sleep 2
status=0
"$stop_thread" "$program" 'polycore worker' 80 25 || status=$?
[ "$status" -ne 77 ] || { echo "skipped: this system lets no thread be stopped"; exit 77; }
[ "$status" -eq 0 ] || fail "the worker could not be stopped"
stop_program
grep -Eq 'rescues [1-9]' "$work/log" || fail "no rescue is counted"
echo "rescued: $(grep -o 'rescues [0-9]*' "$work/log")"
