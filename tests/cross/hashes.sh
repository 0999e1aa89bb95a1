#!/bin/bash
# Renders the demo song, and a dense score in each quality, with every build that is here, and demands the same bytes of all: GCC and Clang, each
# instruction set, Windows under wine, arm64 and an old x86 under qemu.
# shellcheck source=tests/cross/common.sh
. "$(dirname "$0")/common.sh"
cd "$PROJECT" || exit 1
SCORE_FRAMES=2000 # of the score, for each of some hundred ways to render it
SONG_SECONDS=15   # of the demo song where a processor is emulated; it is rendered whole elsewhere
WHOLE=0
songs=() # what the first build rendered, by seconds
score=
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# same NAME HASH REFERENCE: one comparison.
same() {
    if [ -n "$2" ] && [ "$2" = "$3" ]; then
        passed=$((passed + 1))
        echo "  ok    $1"
    else
        failed=$((failed + 1))
        echo "  FAIL  $1: ${2:-nothing was rendered}, not ${3:-anything}"
    fi
}

# song_hash SECONDS KIND PROGRAM...: of the demo song's samples.
song_hash() {
    local length=() kind=$2
    [ "$1" = $WHOLE ] || length=(--seconds "$1")
    shift 2
    rm -f "$results/song.wav"
    "$@" render assets/demo.mid -o "$results/song.wav" --simd "$kind" --workers 2 ${length[@]+"${length[@]}"} >"$results/log" 2>&1 </dev/null ||
        tail -n 5 "$results/log" >&2
    [ ! -e "$results/song.wav" ] || hash_of_stdin <"$results/song.wav" | cut -c1-16
}

# score_hash PROGRAM...: of the dense score, one for each quality; nothing when the program's own kinds, workers or blocks differ.
score_hash() {
    "$@" $SCORE_FRAMES 2>"$results/log" </dev/null | tr -d '\r' || tail -n 5 "$results/log" >&2
}

# compare NAME KINDS SECONDS FOLDER [RUNNER...]: a build's song by each instruction set, and its score, which is rendered by all at once.
compare() {
    local name=$1 kinds=$2 seconds=$3 folder=$4 kind hash suffix=
    shift 4
    [ -e "$folder/app/polycore" ] || suffix=.exe
    for kind in $kinds; do
        hash=$(song_hash "$seconds" "$kind" "$@" "$folder/app/polycore$suffix")
        songs[seconds]=${songs[seconds]:-$hash}
        same "$name, $kind: demo song" "$hash" "${songs[seconds]}"
    done
    hash=$(score_hash "$@" "$folder/tests/render/render_matrix$suffix")
    score=${score:-$hash}
    same "$name: dense score, every quality and kind, up to 8 workers" "$hash" "$score"
}

# can NAME PROGRAM [COMMAND]: is that build here, and what runs it? Counted as skipped when not.
can() {
    if [ ! -x "build/$2" ]; then
        skip_step "$1" "build/$2 is not here"
        return 1
    fi
    [ -z "${3:-}" ] || command -v "$3" >/dev/null || { skip_step "$1" "$3 is not installed"; return 1; }
}

kinds=
case $(uname -m) in
arm64 | aarch64) kinds='scalar neon' ;;
*)
    kinds='scalar sse'
    ! grep -qsw avx2 /proc/cpuinfo || kinds+=' avx2'
    ! grep -qsw avx512vl /proc/cpuinfo || kinds+=' avx512'
    ;;
esac
if can GCC release/app/polycore; then
    compare GCC "$kinds" $WHOLE build/release
    songs[SONG_SECONDS]=$(song_hash $SONG_SECONDS scalar build/release/app/polycore)
fi
if can Clang clang/app/polycore; then
    compare Clang "$kinds" $WHOLE build/clang
fi
nehalem="a CPU without AVX (Nehalem)"
if can "$nehalem" release/app/polycore qemu-x86_64; then
    step "$nehalem: SSE is taken" grep -q 'instruction sets: scalar sse\*' <(qemu-x86_64 -cpu Nehalem build/release/app/polycore devices 2>/dev/null)
    compare "$nehalem" auto $SONG_SECONDS build/release qemu-x86_64 -cpu Nehalem
fi
if can arm64 arm64/app/polycore qemu-aarch64; then
    compare arm64 neon $SONG_SECONDS build/arm64 qemu-aarch64 -L "$CACHE/arm64"
fi
if can Windows windows/app/polycore.exe wine; then
    . tests/cross/wine.sh
    trap 'wine_stop; rm -rf "$results"' EXIT
    wine_start
    compare Windows "$kinds" $WHOLE build/windows wine
fi
finish "one hash, song ${songs[WHOLE]:-none}, score ${score:-none}"
