# Runs ctest and counts its tests. Sourced by scripts/steps.sh and tests/cross/common.sh.
# shellcheck shell=bash

# ctest_counted LOG COMMAND...: the command is ctest with its arguments, whatever it is wrapped in. Sets ctest_passed, ctest_failed and
# ctest_skipped.
ctest_counted() {
    local log=$1 status=0
    shift
    "$@" --output-on-failure --no-tests=error >"$log" 2>&1 </dev/null || status=1
    ctest_passed=$(grep -c '^ *[0-9]*/[0-9]* Test .* Passed ' "$log")
    ctest_skipped=$(grep -cE '^ *[0-9]*/[0-9]* Test .*\*\*\*(Skipped|Not Run \(Disabled\))' "$log")
    ctest_failed=$(($(grep -c '^ *[0-9]*/[0-9]* Test .*\*\*\*' "$log") - ctest_skipped))
    # A program of Criterion now and then does not get its own process started, and has tested nothing then. When nothing else
    # failed, those are run once more.
    if [ $ctest_failed -gt 0 ] && [ $ctest_failed = "$(grep -c 'Could not spawn test instance' "$log")" ]; then
        status=0
        "$@" --rerun-failed --output-on-failure >"$log.again" 2>&1 </dev/null || status=1
        ctest_passed=$((ctest_passed + $(grep -c '^ *[0-9]*/[0-9]* Test .* Passed ' "$log.again")))
        ctest_failed=$(grep -c '^ *[0-9]*/[0-9]* Test .*\*\*\*' "$log.again")
        cat "$log.again" >>"$log"
    fi
    # A crash of ctest itself, or no test at all.
    [ $status = 0 ] || [ "$ctest_failed" -gt 0 ] || ctest_failed=1
}

# ctest_skipped_tests LOG FOLDER: NAME: REASON, a line for each test that the run with this log skipped. Such a test says why in a line
# that begins with "skipped: ".
ctest_skipped_tests() {
    local test
    sed -nE 's/^ *[0-9]+\/[0-9]+ Test [^:]*: ([^ ]+) .*\*\*\*(Skipped|Not Run \(Disabled\)).*/\1/p' "$1" |
        while read -r test; do
            echo "$test: $(ctest_skip_reason "$2" "$test")"
        done
}

# Why TEST of FOLDER skipped itself.
ctest_skip_reason() {
    awk -v test="$2" '
        $2 == "Testing:" || $2 == "Test:" { here = ($3 == test) }
        here && sub(/^skipped: /, "") { print; found = 1; exit }
        END { if (!found) print "it gave no reason" }' "$1/Testing/Temporary/LastTest.log"
}
