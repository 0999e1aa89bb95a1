#!/bin/sh
# Builds the fuzzers and runs each for SECONDS (60 unless told) on a corpus that is kept in the build folder.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-60}
cmake --preset fuzz
cmake --build build/fuzz --target fuzz_smf fuzz_midi make_seeds
cd build/fuzz/tests/fuzz
mkdir -p seeds
./make_seeds seeds
for name in smf midi; do
    mkdir -p "corpus_$name"
    "./fuzz_$name" -max_total_time="$seconds" -max_len=4096 -rss_limit_mb=1024 -timeout=5 -print_final_stats=1 \
        -dict=../../../../tests/fuzz/smf.dict "corpus_$name" seeds
done
