#!/bin/bash
# Runs in the virtual machine: plays the program by raw MIDI bytes, by files, and from a USB keyboard that is pulled out, and records
# what it plays. Prints a line for each test. usage: guest.sh WORK_FOLDER, which holds polycore and what songs.py wrote.
set -u
cd "$1" || exit 1
RATE=22050 # the emulated processor is slow
failed=0
export HOME=/tmp

# verdict NAME: of the command before it.
verdict() {
    if [ $? = 0 ]; then
        echo "ok    $1"
    else
        echo "FAIL  $1"
        failed=1
    fi
}

# play LOG OPTION...: starts the program and waits until it listens.
play() {
    local log=$1
    shift
    ./polycore --headless --verbose --workers 1 --patch sine.patch "$@" >"$log" 2>&1 &
    player=$!
    for _ in $(seq 200); do
        grep -q '^MIDI from\|^No MIDI' "$log" && break
        sleep 0.1
    done
    sleep 1
}

# stop_and_expect LOG TEXT: ends the program and looks for a line in what it said.
stop_and_expect() {
    kill -TERM $player
    wait $player
    grep -q "$2" "$1" || { tail -n 5 "$1"; false; }
}

# 440 Hz and a chord by running status, heard on the loop-back sound card.
play alsa.log --midi "VirMIDI 2-0" --audio-api ALSA --device "hw:1,0" --rate $RATE --block 2048
arecord -q -D hw:Loopback,1,0 -t raw -f FLOAT_LE -r $RATE -c 2 -d 6 take.raw &
recorder=$!
exec 3>/dev/snd/midiC2D0
printf '\x90\x45\x64' >&3
sleep 2
printf '\x45\x00' >&3 # running status: the note off
sleep 1
stop_and_expect alsa.log "MIDI: 2 messages, 1 notes"
verdict "raw bytes with running status"
wait $recorder
python3 ./take.py take.raw $RATE 440
verdict "the ALSA recording: pitch, and silence after the release"

play dummy.log --midi "VirMIDI 2-0" --audio-api ALSA --device "hw:0,0" --rate $RATE --block 2048
amidi -p hw:2,0 -S "F0 7E F8 7F 09 FE 01 F7 90 3C 64 F8 40 FE 64 3C 00 40 00"
sleep 1
stop_and_expect dummy.log "MIDI: 5 messages, 2 notes"
verdict "SysEx and notes with real-time bytes inside, on another ALSA card"

play tune.log --midi "Midi Through" --audio-api null
aplaymidi -p 14:0 tune.mid
sleep 1
stop_and_expect tune.log "MIDI: 80 messages, 40 notes"
verdict "a file by aplaymidi"

# Few voices: whether notes are lost is the question, and the audio thread would take the emulated processor from the MIDI thread.
play dense.log --midi "Midi Through" --audio-api null --rate $RATE --block 2048 --polyphony 4
aplaymidi -p 14:0 dense.mid
sleep 1
stop_and_expect dense.log "MIDI: 20000 messages, 10000 notes"
verdict "1,000 notes a second for 10 s, none lost"

# The program is held up until ALSA has no room left for what comes.
play burst.log --midi "Midi Through" --audio-api null --rate $RATE --block 2048 --polyphony 4
kill -STOP $player
aplaymidi -p 14:0 burst.mid
kill -CONT $player
sleep 1
aplaymidi -p 14:0 tune.mid
sleep 1
stop_and_expect burst.log "More MIDI came at once than the driver could keep" && grep -q "MIDI: 80 messages, 40 notes" burst.log
verdict "what is lost when the program is held up is told, and it plays on"

# A USB keyboard: a gadget on the dummy controller.
gadget=/sys/kernel/config/usb_gadget/keyboard
mkdir -p $gadget/strings/0x409 $gadget/configs/c.1 $gadget/functions/midi.0
echo 0x1209 >$gadget/idVendor
echo 0x0001 >$gadget/idProduct
echo "Polycore" >$gadget/strings/0x409/manufacturer
echo "Test Keyboard" >$gadget/strings/0x409/product
echo keys >$gadget/functions/midi.0/id
ln -s $gadget/functions/midi.0 $gadget/configs/c.1/
controller=$(ls /sys/class/udc)
echo "$controller" >$gadget/UDC
sleep 2
keys=$(awk -F'[][ ]+' '/\[keys/ { print $2 }' /proc/asound/cards)
play usb.log --audio-api ALSA --device "hw:1,0" --rate $RATE --block 2048
grep -q "MIDI from .*Keyboard" usb.log
verdict "a USB keyboard is found"
arecord -q -D hw:Loopback,1,0 -t raw -f FLOAT_LE -r $RATE -c 2 -d 7 unplugged.raw &
recorder=$!
amidi -p hw:"$keys",0 -S "90 45 64"
sleep 2
echo "" >$gadget/UDC # pulled out, the key held
sleep 2
wait $recorder
python3 ./take.py unplugged.raw $RATE 440
verdict "its held key is let go when it is unplugged"
echo "$controller" >$gadget/UDC
sleep 2
amidi -p hw:"$keys",0 -S "90 48 64 80 48 00"
sleep 1
grep -q "was plugged in" usb.log
verdict "it is opened again within 2 s of coming back"
stop_and_expect usb.log "MIDI: 3 messages, 2 notes"
verdict "and plays on"
exit $failed
