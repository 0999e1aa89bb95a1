#!/bin/sh
# Checks the pool's protocol exhaustively with Spin, and that the same protocol with a rule broken fails. What was found is remembered
# until the models, this script, Spin or the compiler change.
# Usage: run.sh [WORK_FOLDER]. Exit: 0 all as it should be, 1 not, 77 Spin or a compiler is missing.
set -eu
models=$(cd "$(dirname "$0")" && pwd)
for tool in spin cc; do
    command -v "$tool" >/dev/null || { echo "skipped: $tool is not installed"; exit 77; }
done
memory=${XDG_CACHE_HOME:-$HOME/.cache}/polycore/model
sha256=$(command -v sha256sum || echo "shasum -a 256")
known=$memory/$({ cat "$models"/*.pml "$models/run.sh"; spin -V; cc --version; } | $sha256 | cut -d' ' -f1)
if [ -e "$known" ]; then
    echo "of the same models, with the same tools, an earlier run found:"
    cat "$known"
    exit
fi
work=${1:-$(mktemp -d)}
mkdir -p "$work"
cd "$work"
rm -f found.txt

stop() {
    cat account.txt
    echo "FAILED: $*"
    exit 1
}

told() {
    echo "$*" | tee -a found.txt
}

# errors MODEL [SWITCH]: searches everything up to the first error, and sets `errors` to 0 or 1.
errors() {
    rm -f pan pan.* ./*.trail
    spin ${2:+"-D$2"} -a "$models/$1.pml" >account.txt && cc -w -O2 -DSAFETY -DCOLLAPSE -o pan pan.c || stop "$* does not compile"
    ./pan -m100000 >account.txt || stop "$* did not run"
    errors=$(sed -n 's/.*errors: \([0-9]*\)$/\1/p' account.txt)
    if [ "$errors" = 0 ] && grep -q 'not completed\|too small\|out of memory' account.txt; then
        stop "$* was not searched to its end"
    fi
}

must_hold() {
    errors "$1"
    [ "$errors" = 0 ] || stop "$1 does not hold"
    told "holds: $1, $(sed -n 's/^ *\([0-9]*\) states, stored.*/\1/p' account.txt) states"
}

must_fail() {
    errors "$1" "$2"
    [ "$errors" = 1 ] || stop "$1 $2 is not noticed"
    told "noticed: $1 $2: $(sed -n 's/^pan:1: \(.*\) (at depth.*/\1/p' account.txt | cut -c1-90)"
}

must_fail sleep LOOKS_BEFORE_BIT
must_fail sleep WAKES_BEFORE_WORK
must_hold sleep
for broken in WITHOUT_QUARANTINE WITHOUT_PINS WITHOUT_EPOCHS WITHOUT_COMPARE WITHOUT_LISTS; do
    must_fail pool "$broken"
done
must_hold pool
mkdir -p "$memory"
mv found.txt "$known"
