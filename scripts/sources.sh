# Checks the sources without running them: format, headers, libm. Layers are in layers.sh, clang-tidy is in tidy.py. Sourced by ./check, run at the
# project's root.
# shellcheck shell=bash

# Other releases lay out and warn differently.
# shellcheck disable=SC2034 # for ./check
CLANG_FORMAT_RELEASE=19 CLANG_TIDY_RELEASE=14

# our_sources PATTERN FOLDER...: the files of that name. No git: an unpacked archive is checked as well.
our_sources() {
    local pattern=$1
    shift
    find "$@" -name "$pattern" | sort
}

# llvm_style_tool NAME RELEASE: the command of that name in the release that the sources follow; nothing when this machine has another.
llvm_style_tool() {
    local tool
    for tool in "$1-$2" "$1"; do
        command -v "$tool" >/dev/null 2>&1 || continue
        "$tool" --version | grep -q "version $2\." && { echo "$tool"; return; }
    done
}

check_format() {
    our_sources '*.[ch]' app engine platform ui tests | tr '\n' '\0' | xargs -0 "$1" --dry-run -Werror
}

# Each header must compile alone: a reader needs no other, and a tool finds its types.
check_headers() {
    local header flags status=0
    flags="-std=c17 -D_GNU_SOURCE -I. $(pkg-config --cflags sdl2 SDL2_ttf portaudio-2.0 sndfile hwloc 2>/dev/null)"
    for header in $(our_sources '*.h' app engine platform ui tests); do
        header_belongs_here "$header" || continue
        # shellcheck disable=SC2086 # flags are words
        echo "#include \"$header\"" | cc $flags -Wall -Wextra -Werror -fsyntax-only -x c - || { echo "not self-contained: $header"; status=1; }
    done
    return $status
}

# Headers for another system compile only there.
header_belongs_here() {
    case $1 in *_win32.h | *_macos.h | tests/cross/*) return 1 ;; esac
}

# What reaches the output may call no libm function but those that are exact everywhere: each system's libm has other bits.
check_libm() {
    local found
    found=$(nm -u "$1" | awk '{ print $NF }' | sort -u |
        grep -xE '_?(a?(sin|cos|tan)h?|sincos|atan2|exp|exp2|exp10|expm1|log|log2|log10|log1p|logb|pow|cbrt|hypot|[lt]gamma|erfc?|fmod|remainder|ldexp|scalbl?n|l?l?rint|l?l?round|nearbyint|frexp|modf)[fl]?')
    [ -z "$found" ] || { echo "$1 calls libm:"; echo "$found"; return 1; }
}

check_scripts() {
    { echo play; echo check; echo .ci/run; our_sources '*.sh' scripts tests assets; } | tr '\n' '\0' | xargs -0 shellcheck -x -P SCRIPTDIR --severity=warning
}
