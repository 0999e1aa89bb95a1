#!/usr/bin/env python3
"""Writes the MIDI files that the virtual machine plays. usage: songs.py FOLDER"""
import struct
import sys


def length(value):
    """A variable-length quantity."""
    out = [value & 0x7F]
    while value := value >> 7:
        out.insert(0, value & 0x7F | 0x80)
    return bytes(out)


def write(path, notes, gap_ms, hold_ms):
    """notes notes, one after another, at 1000 ticks a second."""
    track = bytearray()
    rest = 0
    for i in range(notes):
        key = 36 + i % 60
        track += length(rest) + bytes([0x90, key, 100]) + length(hold_ms) + bytes([0x80, key, 64])
        rest = gap_ms - hold_ms
    track += bytes([0, 0xFF, 0x2F, 0])
    # 500 ticks a quarter at the usual half second a quarter
    with open(path, "wb") as file:
        file.write(b"MThd" + struct.pack(">IHHH", 6, 0, 1, 500) + b"MTrk" + struct.pack(">I", len(track)) + track)


folder = sys.argv[1]
write(f"{folder}/tune.mid", 40, 50, 40)
write(f"{folder}/dense.mid", 10000, 1, 1)  # 1,000 notes a second for 10 s
write(f"{folder}/burst.mid", 3000, 1, 1)
