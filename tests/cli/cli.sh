#!/usr/bin/env bash
# Calls the program as people do, rightly and wrongly: what it says, what it ends with, what it leaves behind.
# usage: cli.sh POLYCORE SONG.mid MANUAL
set -u

absolute() { echo "$(cd "$(dirname "$1")" && pwd)/$(basename "$1")"; }
polycore=$(absolute "$1")
song=$(absolute "$2")
manual=$(absolute "$3")
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
unset DISPLAY WAYLAND_DISPLAY # the terminal is what is tested here
export XDG_DATA_HOME=$folder/data XDG_CONFIG_HOME=$folder/config JACK_NO_START_SERVER=1 JACK_DEFAULT_SERVER=none

# No sound card of this machine, and none of the plug-ins that ALSA would load and never free.
printf 'pcm.!default { type null }\nctl.!default { type null }\n' >asound.conf
export ALSA_CONFIG_PATH=$folder/asound.conf

# What macOS lacks. The program takes perl's place, so that it is the one that a signal meets.
command -v timeout >/dev/null || timeout() { perl -e 'alarm shift; exec @ARGV' "$@"; }

# Signals, limits on files, devices among the files and the words for errors are POSIX's. POSIX=no: a program
# for Windows, run by wine.
case $(uname -s) in MINGW* | MSYS* | CYGWIN*) POSIX=no ;; esac
posix=${POSIX:-yes}

failed=0
passed=0

# report GOOD WHAT: counts, and shows what went wrong.
report() {
    if [ "$1" = yes ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED: $2"
        sed 's/^/    /' out
    fi
}

# expect CODE WORDS ARGUMENT...: the program ends with CODE and says WORDS.
expect() {
    local code=$1 words=$2 got good=no
    shift 2
    timeout 60 "$polycore" "$@" >out 2>&1 </dev/null
    got=$?
    [ "$got" = "$code" ] && grep -qF -- "$words" out && good=yes
    report $good "polycore $* ended with $got, not with $code and \"$words\""
}

# expect_true WHAT COMMAND...
expect_true() {
    local what=$1 good=no
    shift
    "$@" >out 2>&1 && good=yes
    report $good "$what"
}

: >empty.mid
echo "no music here" >text.mid
head -c 300 "$song" >cut.mid
mkdir folder.mid
ln -s "$song" song.mid
printf '# a comment\nfilter_cutoff = 0 Hz\n' >bad.patch

# The command line itself.
expect 0 "polycore 0" --version
expect 0 "Usage: polycore" --help
expect 0 "Usage: polycore render" render --help
expect 2 "did you mean --headless?" --hedless
expect 2 "there is no option -x" -x
expect 2 "did you mean 'render'?" rendr song.mid
expect 2 "polycore render song.mid" song.mid
expect 2 "which song?" render
expect 2 "has no option --headless" render song.mid --headless
expect 2 "8000 to 384000 Hz" --rate 7999
expect 2 "1 to 4096 frames" --block 0
expect 2 "1 to 4096 frames" render song.mid --block 4097
expect 2 "or auto" --workers 0
expect 2 "1 to 64" --workers 65
expect 2 "did you mean avx2?" --simd avx3
expect 2 "park, predict, spin" --wait nap
expect 2 "1 to 4096 voices" --polyphony 5000
expect 2 "one of draft, live, offline" --quality best

# The manual has what --help has.
for command in "" devices patches render bench calibrate trace; do
    # shellcheck disable=SC2086 # no word for the empty command
    "$polycore" $command --help
done | grep -oE '^ +(-[a-z], )?--[a-z-]+' | grep -oE -- '--[a-z-]+' | sort -u >options
while read -r option; do
    expect_true "the manual has $option" grep -qE "Fl ([a-z] , )?-${option#--}( |$)" "$manual"
done <options
expect_true "--help has options" test "$(wc -l <options)" -gt 20

# The manual and the help name the benchmarks; of one that is not there, all are named.
expect 0 "Benchmarks:" bench --help
expect 2 "did you mean stall?" bench stal
benchmarks=$(sed -n 's/.*use one of //p' out | tr -d ',')
expect_true "there are benchmarks" test -n "$benchmarks"
for benchmark in $benchmarks; do
    expect 0 "  $benchmark  " bench --help
    expect_true "the manual has the benchmark $benchmark" grep -qE "^\.Cm (.* )?$benchmark( |$)" "$manual"
done

# Songs that are none.
expect 1 "nope.mid: No such file" render nope.mid
expect 1 "empty.mid: byte 0: the file is empty" render empty.mid
expect 1 "text.mid: byte 0: no MIDI file" render text.mid
expect 1 "cut.mid: byte 300" render cut.mid
if [ "$posix" = yes ]; then
    expect 1 "folder.mid: Is a directory" render folder.mid
else
    expect 1 "folder.mid: is a directory" render folder.mid
fi
expect_true "no failed render leaves a file" test -z "$(find . -name '*.wav' -o -name '*.part')"

# Outputs that cannot be.
expect 1 "/nonexistent/out.wav: cannot be written" render song.mid -o /nonexistent/out.wav
expect 1 "use .wav, .flac or .ogg" render song.mid -o out.mp3
[ "$posix" = no ] || [ ! -e /dev/full ] || expect 1 "No space left" render song.mid -o /dev/full --seconds 1
cp "$song" song.wav
expect 1 "song.wav exists; to replace it: -o song.wav" render song.mid
expect_true "a file of the default name is not replaced" cmp song.wav "$song"
if [ "$posix" = yes ]; then
    (
        ulimit -f 100
        timeout 60 "$polycore" render song.mid -o large.wav 2>&1 | cat >limit
    )
    expect_true "a size limit is said" grep -q "large.wav: File too large" limit
    expect_true "a size limit leaves no file" test -z "$(find . -name 'large*')"
    "$polycore" render song.mid -o stopped.wav >out 2>&1 &
    for _ in $(seq 100); do # until it writes
        find . -name 'stopped*' | grep -q . && break
        sleep 0.05
    done
    kill -TERM $!
    wait $!
    report "$([ $? = 1 ] && grep -q "nothing was written" out && echo yes)" "an ended render ends with 1 and says so"
    expect_true "an ended render leaves no file" test -z "$(find . -name 'stopped*')"
fi

# Patches and devices that are not there.
expect 1 "did you mean 'bass'?" render song.mid -o y.wav --patch bsas
expect 1 "bad.patch:2: filter_cutoff is 0 Hz" render song.mid -o y.wav --patch bad.patch
expect 1 "there is no audio API 'nul'" --audio-api nul --seconds 1
expect 1 "no JACK server runs" --audio-api jack --seconds 1
expect 1 "there is no audio device 'no such thing'" --device "no such thing" --seconds 1
expect 1 "leave out --device" --audio-api null --device loud --seconds 1
expect 1 "there is no MIDI input 'no such keyboard'" --audio-api null --midi "no such keyboard" --seconds 1
if [ "$posix" = yes ]; then
    expect 1 "/no/such/keys: No such file" --audio-api null --midi /no/such/keys --seconds 1
    expect 1 "./song.mid: is a file" --audio-api null --midi ./song.mid --seconds 1
    expect 0 "MIDI from -." --audio-api null --midi - --seconds 0.2
else
    expect 1 "/no/such/keys: " --audio-api null --midi /no/such/keys --seconds 1
    expect 1 "./song.mid: is no pipe" --audio-api null --midi ./song.mid --seconds 1
fi
expect 1 "take.wav: No such file or directory" --audio-api null --record /nonexistent/take.wav --seconds 1
expect 1 "song.wav exists" --audio-api null --record song.wav --seconds 1

# Renders that work.
expect 0 "times real time" render song.mid -o one.wav --seconds 4
expect 0 "times real time" render song.mid -o two.wav --seconds 4 --block 1000 --workers 2
expect_true "the same song is the same bytes, whatever block and workers" cmp one.wav two.wav
expect 0 "times real time" render song.mid -o one.wav --seconds 4 --seed 2
expect 0 "peak" render song.mid -o one.ogg --seconds 4
expect 0 "peak" render song.mid -o two.OGG --seconds 4
expect_true "Ogg files of the same song are the same bytes" cmp one.ogg two.OGG
"$polycore" render song.mid -o - --seconds 4 2>out | cmp - two.wav 2>>out
report "$([ "${PIPESTATUS[1]}" = 0 ] && echo yes)" "standard output is the same bytes as a file"
"$polycore" render song.mid -o - --seconds 4 2>out | head -c 10 >/dev/null
report "$(grep -qE "Broken pipe|standard output: Invalid argument" out && echo yes)" "a pipe that closes is said"

# More workers than cores, and threads that the system refuses.
if [ "$(getconf _NPROCESSORS_ONLN)" -lt 64 ]; then
    expect 0 "they take turns" render song.mid -o one.wav --seconds 0.1 --workers 64
    expect 0 "they take turns" --audio-api null --midi none --workers 64 --seconds 2
    expect_true "that there are too many workers is said once" test "$(grep -c "workers:" out)" = 1
fi
# The benchmark of scaling, in next to no time: each table is there, with figures.
timeout 300 "$polycore" bench scaling --seconds 0.02 --json >scaling 2>told
expect_true "the benchmark of scaling ends well" test "$?" = 0
for table in caches mood speed ratio paced_100ms paced_250ms paced_2500ms songs; do
    expect_true "scaling has the table $table" grep -qE "^ +\"$table\": \[.?$" scaling
done
expect_true "scaling tells the machine's mood" grep -qE '"what": "songs", .*"stolen_percent": [0-9.e-]+, "ceiling": ' scaling
expect_true "scaling plays the songs" grep -qE '"song": "a dense song", "voices": [1-9].*"ratio": [0-9]' scaling
if ! grep -qF '"cores": 1,' scaling; then
    expect_true "scaling tells shares of the ceiling" grep -qE '"lanes": 4096, "threads": 2, .*"share_of_ceiling": [0-9]' scaling
fi

# alone ARGUMENT...: the program with one thread and no more. Root's are not limited, so as another user.
alone() {
    local user=()
    [ "$(id -u)" != 0 ] || user=(setpriv --reuid=$((100000 + $$)) --clear-groups)
    # LeakSanitizer needs a thread to look for leaks.
    (ulimit -u 1 && ASAN_OPTIONS=detect_leaks=0 exec "${user[@]}" ./alone "$@")
}
if [ "$(uname -s)" = Linux ] && [ "$posix" = yes ]; then # macOS limits processes, and not their threads
    cp "$polycore" alone
    cp "$song" alone.mid
    chmod 755 . alone
    chmod 644 alone.mid
    if alone --version >out 2>&1; then
        alone render alone.mid -o - --seconds 4 --workers 4 2>told | cmp - two.wav >out 2>&1 && good=yes || good=no
        report "$good" "without threads a render is the same bytes"
        expect_true "a render says which threads were refused" grep -q "workers: 1 of 4 run" told
        alone bench memory >told 2>&1
        expect_true "a benchmark says which threads were refused" grep -qE "workers: 1 of [0-9]+ run| 1 cores" told
        expect_true "it is said once" test "$(grep -c "workers:" told)" -le 1
    else
        echo "skipped: threads refused, since this system does not limit them here"
    fi
fi

mkdir "Mes pièces 🎹"
cp "$song" "Mes pièces 🎹/été.mid"
expect 0 "times real time" render "Mes pièces 🎹/été.mid" -o "Mes pièces 🎹/🎶.flac" --seconds 1
expect_true "a path may have spaces, accents and emoji" test -s "Mes pièces 🎹/🎶.flac"

# Live play without a device.
expect 0 "No MIDI input" --headless --demo --audio-api null --midi none --seconds 0.5
expect 0 "first sound after" --headless --demo --audio-api null --midi none --seconds 0.5 --verbose
expect 0 "Recording to take.wav" --demo --audio-api null --midi none --seconds 1 --record take.wav
if [ "$posix" = yes ]; then # Windows is told the page of its console
    LC_ALL=C expect 0 "xruns" --headless --demo --audio-api null --midi none --seconds 1 --verbose
    report "$(LC_ALL=C tr -d '\n\r\t\033 -~' <out | cmp -s - /dev/null && echo yes)" "a terminal without UTF-8 gets ASCII"
fi
if [ "$posix" = yes ]; then
    # A learned controller turns its parameter without a window: at 0 the one wave there is falls silent.
    mkdir -p config/polycore
    echo "learn.osc1_sine = 74" >config/polycore/settings.ini
    printf 'name = One sine\nfamily = Test\nosc1_saw = 0 %%\nosc1_sine = 100 %%\n' >one_sine.patch
    mkfifo keys
    for turned in 000:silence 177:-; do # a value in octal digits, and the peak
        # shellcheck disable=SC2059 # the bytes are the format
        { printf "\\260\\112\\${turned%:*}\\220\\074\\144"; sleep 0.5; } >keys &
        expect 0 "peak ${turned#*:}" --headless --audio-api null --midi ./keys --patch ./one_sine.patch --seconds 1
        wait
    done
    rm config/polycore/settings.ini
    # It is learned without a window, too, and kept.
    { sleep 0.5; printf '\260\025\100'; sleep 0.7; } >keys &
    expect 0 "Controller 21 turns filter_cutoff" --headless --audio-api null --midi ./keys --learn filter_cutoff --seconds 1.5
    wait
    expect_true "what was learned is kept" grep -q "^learn.filter_cutoff = 21$" config/polycore/settings.ini
    rm config/polycore/settings.ini
    expect 1 "did you mean filter_cutoff" --headless --audio-api null --midi none --learn filter_cutof --seconds 1
fi
signals="INT TERM"
[ "$posix" = yes ] || signals=
for signal in $signals; do
    # In a shell of its own with job control: what a script starts in the background ignores SIGINT otherwise.
    bash -c 'set -m; "$0" --demo --audio-api null --midi none --record "$1.flac" >out 2>&1 & sleep 1; kill -"$1" $!; wait $!' \
        "$polycore" "$signal" 2>/dev/null && good=yes || good=no
    report "$good" "SIG$signal ends live play with 0"
    expect_true "SIG$signal leaves a whole recording" test "$(wc -c <"$signal.flac")" -gt 10000
done

# Traces. With two workers that are made to share, each has its line, as has the audio thread.
expect 2 "into which file?" trace 1
expect 2 "for how long?" trace -o trace.json
expect 2 "one number of seconds" trace 1 2 -o trace.json
expect 2 "has no option --seconds" trace 1 -o trace.json --seconds 1
expect 2 "1 to 1000 callbacks" trace 1 -o trace.json --worst 0
expect 1 "/nonexistent/trace.json: cannot be written" trace 1 -o /nonexistent/trace.json --audio-api null
expect 1 "there is no audio API 'nul'" trace 1 -o trace.json --audio-api nul
expect_true "a failed trace leaves no file" test -z "$(find . -name 'trace.json*')"
expect 0 "trace.json" trace 1 -o trace.json --demo --audio-api null --midi none --workers 3
cp out told
expect_true "a trace tells of its workers" grep -q "^Worker 2" told
expect_true "a trace has callbacks" grep -q '"name":"callback"' trace.json
for thread in 0 1 2; do
    expect_true "a trace has what thread $thread did" grep -q "\"ph\":\"X\",\"pid\":1,\"tid\":$thread," trace.json
done
if command -v python3 >/dev/null; then
    expect_true "a trace is JSON" python3 -m json.tool trace.json
fi

# Lists.
expect 0 "Audio outputs" devices
expect 0 '"midi_inputs"' devices --json
expect 0 "built in" patches
expect 0 '"user_folder"' patches --json
if command -v python3 >/dev/null; then
    for list in devices patches; do
        "$polycore" $list --json >list.json 2>/dev/null
        expect_true "polycore $list --json is JSON" python3 -c 'import json; json.load(open("list.json"))'
    done
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 60 ]
