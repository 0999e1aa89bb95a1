#!/bin/bash
# Renders the demo song and a dense score with every build that is here, and demands the same bytes of all: GCC and Clang, each
# instruction set, Windows under wine, arm64 and an old x86 under qemu.
# shellcheck source=tests/cross/common.sh
. "$(dirname "$0")/common.sh"
cd "$PROJECT" || exit 1
SCORE_FRAMES=2000 # of the score, for each of some hundred ways to render it
SONG_SECONDS=15
reference_song='' reference_score=''
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# same NAME HASH REFERENCE: one comparison.
same() {
    if [ -n "$2" ] && [ "$2" = "$3" ]; then
        passed=$((passed + 1))
        echo "  ok    $1"
    else
        failed=$((failed + 1))
        echo "  FAIL  $1: ${2:-nothing was rendered}, not $3"
    fi
}

# song_hash RENDERER... : of the demo song's samples. The renderer takes the program's arguments.
song_hash() {
    rm -f "$results/song.wav"
    "$@" render assets/demo.mid -o "$results/song.wav" --seconds $SONG_SECONDS --workers 2 >"$results/log" 2>&1 </dev/null || tail -n 5 "$results/log" >&2
    [ ! -e "$results/song.wav" ] || sha256sum <"$results/song.wav" | cut -c1-16
}

# compare NAME SIMD_KINDS SONG_PROGRAM SCORE_PROGRAM [RUNNER...]: the score is rendered with every kind at once.
compare() {
    local name=$1 kinds=$2 song=$3 score=$4 kind
    shift 4
    reference_song=${reference_song:-$(song_hash "$@" "$song" --simd scalar)}
    reference_score=${reference_score:-$("$@" "$score" $SCORE_FRAMES 2>/dev/null | tr -d '\r')}
    for kind in $kinds; do
        same "$name, $kind: demo song" "$(song_hash "$@" "$song" --simd "$kind")" "$reference_song"
    done
    same "$name: dense score, every kind, 1 to 8 workers" "$("$@" "$score" $SCORE_FRAMES 2>/dev/null </dev/null | tr -d '\r')" \
        "$reference_score"
}

# has PRESET PROGRAM: is that build here? Says so when it is not.
has() {
    [ -x "build/$1/app/$2" ] || { echo "  (no build $1 here)"; false; }
}

x86_kinds='scalar sse'
grep -qw avx2 /proc/cpuinfo && x86_kinds+=' avx2'
grep -qw avx512vl /proc/cpuinfo && x86_kinds+=' avx512'
has release polycore && compare "GCC" "$x86_kinds" build/release/app/polycore build/release/tests/render_matrix
has clang polycore && compare "Clang" "$x86_kinds" build/clang/app/polycore build/clang/tests/render_matrix
if command -v qemu-x86_64 >/dev/null && has release polycore; then
    compare "a CPU without AVX (Nehalem)" "auto" build/release/app/polycore build/release/tests/render_matrix qemu-x86_64 -cpu Nehalem
fi
if command -v qemu-aarch64 >/dev/null && has arm64 polycore; then
    compare "arm64" "neon" build/arm64/app/polycore build/arm64/tests/render_matrix qemu-aarch64 -L "$CACHE/arm64"
fi
if command -v wine >/dev/null && has windows polycore.exe; then
    . tests/cross/wine.sh
    trap 'wine_stop; rm -rf "$results"' EXIT
    wine_start
    compare "Windows" "$x86_kinds" build/windows/app/polycore.exe build/windows/tests/render_matrix.exe wine
fi
finish "one hash, song $reference_song, score $reference_score"
