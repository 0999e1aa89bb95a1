#!/bin/sh
# A program that is stopped for a while counts an xrun, tells of it in the CSV, and counts from 0 again.
. "$(dirname "$0")/common.sh"
start_screen 1280 800

csv() { cat "$work"/data/polycore/reports/xruns-*.csv; }
entries() { csv | tail -n +2 | wc -l; }
save_csv() {
    rm -rf "$work/data/polycore/reports"
    xdotool key F7
    wait_for 5 "no CSV file appears" sh -c "ls '$work'/data/polycore/reports/*.csv"
    sleep 0.2
}

start_program --block 256
kill -STOP "$program"
sleep 0.4
kill -CONT "$program"
sleep 0.6
save_csv
csv | head -n 1 | grep -q '^time,cause,voices,block_ms,deadline_ms,slowest_worker,slowest_cpu$' || fail "the heading is wrong: $(csv)"
[ "$(entries)" -ge 1 ] || fail "being stopped for 0.4 s is no xrun"
csv | grep -q 'callback late' || fail "the cause is not told: $(csv)"

count=$(entries)
xdotool key F6
sleep 0.3
save_csv
[ "$(entries)" -lt "$count" ] || fail "F6 does not count from 0: $(csv)"
stop_program
echo "counted"
