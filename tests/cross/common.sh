# Sourced by the scripts beside it: the cache, packages, counted steps.
# shellcheck shell=bash
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../../scripts/ctest.sh"
# shellcheck disable=SC2034 # for those who source this
PROJECT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/polycore
mkdir -p "$CACHE"
EXIT_SKIPPED=77
# shellcheck disable=SC2034 # for those who source this
JOBS=$(getconf _NPROCESSORS_ONLN)
passed=0 failed=0 skipped=0

# Another copy of the sources finds the same objects.
if command -v ccache >/dev/null; then
    export CMAKE_C_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR=$PROJECT CCACHE_NOHASHDIR=yes
fi

# skip REASON: this part cannot run on this machine.
skip() {
    echo "skipped: $*"
    exit $EXIT_SKIPPED
}

# skip_step NAME REASON: one of this script's tests cannot run on this machine.
skip_step() {
    skipped=$((skipped + 1))
    echo "  skip  $1: $2"
}

# hash_of_stdin: the SHA-256 of what comes in.
hash_of_stdin() {
    if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi | cut -d' ' -f1
}

# need_packages NAME...: installs Debian packages that are missing; skips the whole script where that cannot be done.
need_packages() {
    command -v apt-get >/dev/null || skip "this part takes its tools from Debian or Ubuntu packages ($*)"
    local missing=() name sudo=
    for name in "$@"; do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q ' installed$' || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    [ "$(id -u)" = 0 ] || sudo="sudo -n"
    echo "installing ${missing[*]}"
    local install="$sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install -y -qq --no-install-recommends"
    # The lists of packages are absent on a fresh system.
    $install "${missing[@]}" >"$CACHE/apt.log" 2>&1 ||
        { $sudo apt-get -o DPkg::Lock::Timeout=600 update && $install "${missing[@]}"; } >>"$CACHE/apt.log" 2>&1 ||
        skip "apt-get could not install ${missing[*]}; see $CACHE/apt.log"
}

# step NAME COMMAND...: runs a command, counts it, and shows its output only when it fails.
step() {
    local name=$1 log started=$SECONDS
    shift
    log=$(mktemp)
    if "$@" >"$log" 2>&1; then
        passed=$((passed + 1))
        echo "  ok    $name ($((SECONDS - started)) s)"
    else
        failed=$((failed + 1))
        echo "  FAIL  $name"
        tail -n 40 "$log" | sed 's/^/        /'
    fi
    rm -f "$log"
}

# ctest_steps FOLDER LEFT_OUT [WRAPPER...]: the tests built in FOLDER that need nothing of the system around them, each counted, but for
# those whose names match LEFT_OUT.
ctest_steps() {
    local folder=$1 log=$1/cross-tests.log left_out=$2
    shift 2
    ctest_counted "$log" "$@" ctest --test-dir "$folder" -R '^(unit|race|render)\.' -E "$left_out" -j "$JOBS" || true
    passed=$((passed + ctest_passed))
    failed=$((failed + ctest_failed))
    skipped=$((skipped + ctest_skipped))
    echo "  $ctest_passed test programs passed, $ctest_failed failed"
    ctest_skipped_tests "$log" "$folder" | sed 's/^/  skip  /'
    [ "$ctest_failed" = 0 ] || { tail -n 60 "$log" | sed 's/^/        /'; }
}

# finish NAME: the closing line and exit code.
finish() {
    echo "$1: $passed passed, $failed failed$([ $skipped = 0 ] || echo ", $skipped skipped")"
    [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}

# cached NAME KEY BUILDER: makes the folder $CACHE/NAME-KEY once, by `BUILDER FOLDER`, and lets $CACHE/NAME point to it.
cached() {
    local folder=$CACHE/$1-$2
    exec 9>"$CACHE/$1.lock"
    flock 9 # two copies of the sources may be checked at once
    if [ ! -e "$folder/complete" ]; then
        mkdir -p "$folder"
        "$3" "$folder"
        touch "$folder/complete"
    fi
    ln -sfn "$folder" "$CACHE/$1"
    exec 9>&-
}

# key_of FILE...: a short name for what is made from these files; comments do not change it.
key_of() {
    grep -hvE '^[[:space:]]*#( |!|$)' "$@" | hash_of_stdin | cut -c1-12
}

# forget_stale PRESET NAME: removes a build that was configured with another folder than $CACHE/NAME is now.
forget_stale() {
    [ ! -e "build/$1/CMakeCache.txt" ] || grep -q "$(readlink -f "$CACHE/$2")/" "build/$1/CMakeCache.txt" || rm -rf "build/$1"
}

# source_apt COMMAND...: apt-get with the machine's own archives, source packages only, and state of its own.
source_apt() {
    local state=$CACHE/apt-source list
    mkdir -p "$state/lists/partial" "$state/archives/partial"
    list=$state/src.list
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | grep -E '^deb .*(debian|ubuntu)' |
        sed 's/^deb /deb-src /' >"$list" || true
    if ! [ -s "$list" ]; then
        list=$state/src.sources
        sed 's/^Types:.*/Types: deb-src/' /etc/apt/sources.list.d/{debian,ubuntu}.sources 2>/dev/null >"$list" || true
    fi
    apt-get -q -o Dir::Etc::sourcelist="$list" -o Dir::Etc::sourceparts=/dev/null -o Dir::State::lists="$state/lists" \
        -o Dir::Cache="$state" -o APT::Sandbox::User=root "$@"
}

source_archive() {
    find "$CACHE/sources/$1" -name '*.orig.tar.*z*' 2>/dev/null | head -n 1
}

# need_sources PACKAGE...: fetches the upstream sources of Debian packages; skips the whole script where they cannot be had.
need_sources() {
    local package
    exec 8>"$CACHE/sources.lock"
    flock 8
    for package in "$@"; do
        [ -z "$(source_archive "$package")" ] || continue
        mkdir -p "$CACHE/sources/$package"
        if [ ! -e "$CACHE/apt-source/updated" ]; then
            source_apt update >"$CACHE/sources.log" 2>&1 || skip "no lists of source packages to be had; see $CACHE/sources.log"
            touch "$CACHE/apt-source/updated"
        fi
        # An archive that keeps only the upstream part is enough, so apt-get's own verdict does not matter.
        (cd "$CACHE/sources/$package" && source_apt source --download-only "$package" >"$CACHE/sources.log" 2>&1) || true
        [ -n "$(source_archive "$package")" ] || skip "the sources of $package could not be downloaded; see $CACHE/sources.log"
    done
    exec 8>&-
}

# unpack_source PACKAGE FOLDER: the upstream source of a Debian package, which need_sources has fetched.
unpack_source() {
    rm -rf "$2"
    mkdir -p "$2"
    tar -xf "$(source_archive "$1")" -C "$2" --strip-components=1
}
