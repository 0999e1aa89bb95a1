#!/usr/bin/env bash
# Plays the real program on a real JACK server of its own, and listens to what arrived.
# usage: test_jack.sh POLYCORE HEAR
set -um # -m: a background job of a script would otherwise ignore SIGINT

polycore=$1
hear=$2
# Without real-time priority, which the server asks for and goes on without, a busy machine may leave us waiting for 10 ms and more:
# a period of 21 ms bears most of that, and all else here is as with a short one.
period_frames=1024
tries=3 # an xrun may come from the machine: only one in every run is ours

for tool in jackd jack_wait; do
    command -v $tool >/dev/null 2>&1 || { echo "skipped: $tool is not to be had here"; exit 77; }
done

folder=$(mktemp -d) || exit 1
export JACK_DEFAULT_SERVER=polycore-test-$$ JACK_NO_START_SERVER=1 JACK_NO_AUDIO_RESERVATION=1
jackd -n "$JACK_DEFAULT_SERVER" -R -P 80 -d dummy -r 48000 -p $period_frames >"$folder/jackd.log" 2>&1 &
server=$!
player=

finish() {
    [ -z "$player" ] || kill "$player" 2>/dev/null
    kill "$server" 2>/dev/null
    wait 2>/dev/null
    rm -rf "$folder"
}
trap finish EXIT

fail() {
    echo "FAILED: $*"
    tail -n 20 "$folder"/*.log
    exit 1
}

jack_wait -s "$JACK_DEFAULT_SERVER" -w -t 10 >/dev/null 2>&1 || fail "the JACK server does not start"

cat >"$folder/sine.patch" <<'END'
name = Sine
family = Test
osc1_saw = 0 %
osc1_sine = 100 %
amp_release = 0.05 s
END

# start NAME ARGUMENT...: the program in the background, recording to NAME.wav.
start() {
    local name=$1
    shift
    rm -f "$folder/$name.wav"
    "$polycore" --headless --audio-api JACK --record "$folder/$name.wav" "$@" >"$folder/$name.log" 2>&1 &
    player=$!
    local waited=0
    until grep -q '^Recording' "$folder/$name.log"; do
        if ! kill -0 "$player" 2>/dev/null || [ $waited -ge 100 ]; then
            fail "$name: the program does not start"
        fi
        sleep 0.1
        waited=$((waited + 1))
    done
}

# stop SIGNAL NAME: the program ends by itself, with 0.
stop() {
    kill "-$1" "$player"
    wait "$player" || fail "$2: ended with $? after SIG$1"
    player=
}

# True when the program counted no xrun. The server's own are among them, by PortAudio.
no_xruns() {
    grep -q '^xruns 0,' "$folder/$1.log" || { grep '^xruns' "$folder/$1.log"; return 1; }
}

play_demo() {
    start demo --demo
    sleep 2
    stop TERM demo
    "$hear" "$folder/demo.wav" music 1.5 || fail "the demo song is not heard"
    no_xruns demo
}

# start_keys NAME: the program listening to a MIDI stream, which is descriptor 3.
start_keys() {
    rm -f "$folder/keys"
    mkfifo "$folder/keys" || fail "no pipe"
    start "$1" --midi "$folder/keys" --patch "$folder/sine.patch"
    exec 3>"$folder/keys"
}

# A4 for more than a second, then silence.
play_a4() {
    printf '\x90\x45\x7f' >&3
    sleep 1.2
    printf '\x45\x00' >&3 # running status; velocity 0 is a note-off
    sleep 0.5
}

play_note() {
    start_keys note
    play_a4
    exec 3>&-
    stop INT note
    "$hear" "$folder/note.wav" note 440 || fail "the note is not heard in the program's recording"
    no_xruns note
}

# The server gives what another client would get. That client may itself make the server late: no xrun is counted here, but one that
# takes a block away moves the pitch.
hear_at_server() {
    start_keys server
    # shellcheck disable=SC2046 # one word a port
    jack_rec -f "$folder/heard.wav" -d 2 -b 16 $(jack_lsp | grep 'out_[01]$') >"$folder/rec.log" 2>&1 &
    local recorder=$!
    sleep 0.3
    play_a4
    wait "$recorder"
    exec 3>&-
    stop INT server
    "$hear" "$folder/heard.wav" note 440
}

# latency_of NAME QUALITY: what the program tells, in tenths of a millisecond.
latency_of() {
    start "$1" --verbose --quality "$2" --midi none
    stop INT "$1"
    sed -n 's/^latency of the output \([0-9]*\)\.\([0-9]\) ms.*/\1\2/p' "$folder/$1.log"
}

# The sound of offline quality comes 35 frames late, 0.7 ms, and the latency counts them.
tell_latency() {
    local live offline
    live=$(latency_of latency_live live)
    offline=$(latency_of latency_offline offline)
    [ "${live:-0}" -ge 100 ] || fail "a server with a period of 21 ms has a latency of ${live:-no} tenths of a millisecond"
    case $((offline - live)) in
    6 | 7 | 8) ;;
    *) fail "latency in tenths of a millisecond: $live in live, $offline in offline quality" ;;
    esac
}

# until_clean STEP: up to $tries times, until the machine has not come between.
until_clean() {
    local try
    for try in $(seq $tries); do
        "$1" && { echo "$1: done in run $try"; return; }
    done
    fail "$1: interrupted in each of $tries runs"
}

until_clean play_demo
until_clean play_note
tell_latency && echo "tell_latency: done"
if command -v jack_rec >/dev/null 2>&1 && command -v jack_lsp >/dev/null 2>&1; then
    until_clean hear_at_server
else
    echo "not heard at the server: jack_rec is not to be had here"
fi

# Last, as it ends the server: what was played before and after is in the recording, and the program ends well.
start lost --demo
sleep 1
kill "$server" # one that is killed outright would leave its place in JACK's registry taken for ever
wait "$server" 2>/dev/null
for _ in $(seq 50); do # 10 s at most
    grep -q 'went away' "$folder/lost.log" && break
    sleep 0.2
done
sleep 1.5
grep -q 'went away' "$folder/lost.log" || fail "that the server went away is not told"
stop TERM lost
"$hear" "$folder/lost.wav" music 2 || fail "what was played while the server went away is not in the recording"
echo "lose_server: done"
