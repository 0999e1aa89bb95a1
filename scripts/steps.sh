# Runs the steps of ./check: one line each with its time, the log of a failing one, and the count at the end. Sourced by ./check.
# shellcheck shell=bash
. "$(dirname "${BASH_SOURCE[0]}")/ctest.sh"

STEPS_LOG_LINES=60 # of a failing step shown on the terminal; the file has it all
steps_passed=0
steps_failed=0
steps_skipped=0

# steps_begin FOLDER: where the logs go.
steps_begin() {
    steps_logs=$1
    mkdir -p "$steps_logs"
}

# steps_line WORD NAME SECONDS [REASON]
steps_line() {
    printf '%-5s %-44s %5s s%s\n' "$1" "$2" "$3" "${4:+  $4}"
}

steps_log_path() {
    echo "$steps_logs/$(echo "$1" | tr -c 'A-Za-z0-9\n' '-').log"
}

steps_show_log() {
    tail -n "$STEPS_LOG_LINES" "$1" | sed 's/^/    | /'
    echo "    | whole log: $1"
}

# What each failed test of a ctest run printed.
steps_show_failed_tests() {
    awk -v most="$STEPS_LOG_LINES" '
        /^ *[0-9]+\/[0-9]+ Test .*\*\*\*/ { shown = /\*\*\*(Skipped|Not Run \(Disabled\))/ ? 0 : most }
        /^ *Start +[0-9]+: / || /^ *[0-9]+\/[0-9]+ Test .* Passed / || /^[0-9]+% tests passed/ { shown = 0 }
        shown > 0 { print "    | " $0; shown-- }' "$1"
    echo "    | whole log: $1"
}

# step NAME COMMAND...: one test. Returns the command's status.
step() {
    local name=$1 log began=$SECONDS
    shift
    log=$(steps_log_path "$name")
    if "$@" >"$log" 2>&1 </dev/null; then
        steps_passed=$((steps_passed + 1))
        steps_line ok "$name" $((SECONDS - began))
    else
        steps_failed=$((steps_failed + 1))
        steps_line FAIL "$name" $((SECONDS - began))
        steps_show_log "$log"
        return 1
    fi
}

# step_skip NAME REASON
step_skip() {
    steps_skipped=$((steps_skipped + 1))
    steps_line skip "$1" 0 "$2"
}

# step_ctest NAME BUILD_FOLDER CTEST_ARGUMENT...: counts each of ctest's tests as one, and names those skipped.
step_ctest() {
    local name=$1 folder=$2 log passed failed skipped began=$SECONDS
    shift 2
    log=$(steps_log_path "$name")
    ctest_counted "$log" ${steps_wrapper:-} ctest --test-dir "$folder" "$@"
    passed=$ctest_passed failed=$ctest_failed skipped=$ctest_skipped
    steps_passed=$((steps_passed + passed))
    steps_failed=$((steps_failed + failed))
    steps_skipped=$((steps_skipped + skipped))
    if [ $failed = 0 ]; then
        steps_line ok "$name" $((SECONDS - began)) "$passed passed$([ "$skipped" = 0 ] || echo ", $skipped skipped")"
    else
        steps_line FAIL "$name" $((SECONDS - began)) "$failed of $((passed + failed)) failed"
        steps_show_failed_tests "$log"
        [ "$passed" -gt 0 ] || steps_show_log "$log"
    fi
    ctest_skipped_tests "$log" "$folder" | sed 's/^/      skipped /'
    [ $failed = 0 ]
}

# step_script NAME SCRIPT SECONDS: a script that counts its own tests and ends in "...: N passed, M failed", with ", K skipped" after it when
# K lines "skip  NAME: REASON" went before; or exits with 77, having said why in a line that begins with "skipped: ". It is stopped, and counts as skipped,
# when its seconds are over.
step_script() {
    local name=$1 log status=0 began=$SECONDS counts skipped limit=""
    log=$(steps_log_path "$name")
    # What is not stopped by SIGTERM, which scripts clean up at, is killed.
    command -v timeout >/dev/null && limit="timeout -k 15 $3"
    $limit "$2" >"$log" 2>&1 </dev/null || status=$?
    if [ $status = 124 ] || [ $status = 137 ]; then
        step_skip "$name" "the time for this run was spent after $((SECONDS - began)) s of it"
        return
    fi
    counts=$(sed -nE 's/^.*: ([0-9]+) passed, ([0-9]+) failed(, [0-9]+ skipped)?$/\1 \2/p' "$log" | tail -n 1)
    if [ $status = 77 ]; then
        step_skip "$name" "$(sed -n 's/^skipped: //p' "$log" | tail -n 1)"
        return
    fi
    # A script that ended before it could count has failed once.
    [ -n "$counts" ] || counts="0 1"
    [ $status = 0 ] || [ "${counts#* }" != 0 ] || counts="${counts% *} 1"
    steps_passed=$((steps_passed + ${counts% *}))
    steps_failed=$((steps_failed + ${counts#* }))
    skipped=$(grep -c '^  skip  ' "$log")
    steps_skipped=$((steps_skipped + skipped))
    if [ $status = 0 ]; then
        steps_line ok "$name" $((SECONDS - began)) "${counts% *} passed$([ "$skipped" = 0 ] || echo ", $skipped skipped")"
    else
        steps_line FAIL "$name" $((SECONDS - began)) "${counts#* } failed"
        steps_show_log "$log"
    fi
    sed -n 's/^  skip  /      skipped /p' "$log"
    [ $status = 0 ]
}

# steps_lanes FUNCTION PARTS...: calls FUNCTION with each word of PARTS in turn; the lanes of parts go on beside each other.
steps_lanes() {
    local function=$1 lane=0 parts part passed failed skipped
    shift
    rm -f "$steps_logs"/lane-*.counts
    for parts in "$@"; do
        lane=$((lane + 1))
        (
            steps_passed=0 steps_failed=0 steps_skipped=0
            for part in $parts; do
                # Shown at once, so that two lanes' lines do not mix.
                "$function" "$part" >"$steps_logs/lane-$lane.txt"
                cat "$steps_logs/lane-$lane.txt"
            done
            echo "$steps_passed $steps_failed $steps_skipped" >"$steps_logs/lane-$lane.counts"
        ) &
    done
    wait
    while [ $lane -gt 0 ]; do
        read -r passed failed skipped <"$steps_logs/lane-$lane.counts" || failed=1 # the lane itself was ended
        steps_passed=$((steps_passed + ${passed:-0}))
        steps_failed=$((steps_failed + failed))
        steps_skipped=$((steps_skipped + ${skipped:-0}))
        lane=$((lane - 1))
    done
}

# The closing line; false when anything failed.
steps_end() {
    echo "$steps_passed passed, $steps_failed failed, $steps_skipped skipped"
    [ $steps_failed = 0 ]
}
