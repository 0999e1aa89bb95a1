#!/bin/sh
# A program that is stopped for a while counts an xrun, tells of it in the CSV, and counts from 0 again.
. "$(dirname "$0")/common.sh"
start_screen 1280 800

csv() { cat "$work"/data/polycore/reports/xruns-*.csv; }
late() { csv | grep -c 'callback late'; }
save_csv() {
    rm -rf "$work/data/polycore/reports"
    xdotool key F7
    wait_for 5 "no CSV file appears" sh -c "ls '$work'/data/polycore/reports/*.csv"
    sleep 0.2
}
stop_a_while() {
    kill -STOP "$program"
    sleep 0.4
    kill -CONT "$program"
    sleep 0.6
}

start_program --block 256
stop_a_while
save_csv
csv | head -n 1 | grep -q '^time,cause,voices,block_ms,deadline_ms,slowest_worker,slowest_cpu$' || fail "the heading is wrong: $(csv)"
[ "$(late)" -ge 1 ] || fail "being stopped for 0.4 s is no late callback: $(csv)"
csv | awk -F, '$2 == "callback late" && $4 >= 300 { found = 1 } END { exit !found }' || fail "how late it was is not told: $(csv)"

# From 0 again: what is told after it is younger. Stamps are of whole seconds, so the reset has one to itself.
sleep 1.1
xdotool key F6
reset=$(date +%Y-%m-%dT%H:%M:%S)
sleep 1.1
save_csv
csv | tail -n +2 | awk -F, -v r="$reset" '$1 < r { exit 1 }' || fail "F6 at $reset does not count from 0: $(csv)"
stop_a_while
save_csv
[ "$(late)" -ge 1 ] || fail "after F6 an xrun is counted no more: $(csv)"
stop_program
echo "counted"
