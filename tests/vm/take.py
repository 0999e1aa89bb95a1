#!/usr/bin/env python3
"""Checks a recorded sine. usage: take.py TAKE.raw RATE HZ; the take is stereo and float. It sounds at HZ within 5 cents for half a second at least, and the take's last
half second is silent."""
import array
import math
import sys

SILENCE = 1e-4  # -80 dBFS
AUDIBLE = 0.02

with open(sys.argv[1], "rb") as take:
    sound = array.array("f", take.read())[::2]
rate = int(sys.argv[2])
wanted = float(sys.argv[3])

# Upward zero crossings, each placed between its two samples; the longest run of even periods is the note.
crossings = [i + sound[i] / (sound[i] - sound[i + 1]) for i in range(len(sound) - 1)
             if sound[i] < 0 <= sound[i + 1] and max(map(abs, sound[i:i + 40])) > AUDIBLE]
period = rate / wanted
best = start = 0
for i in range(1, len(crossings)):
    if abs(crossings[i] - crossings[i - 1] - period) > period / 4:
        start = i
    if i - start > best:
        best, first, last = i - start, start, i
if best * period < rate / 2:
    sys.exit(f"the note sounds for {best * period / rate:.2f} s only")
hz = rate * best / (crossings[last] - crossings[first])
cents = 1200 * math.log2(hz / wanted)
end = max(map(abs, sound[-rate // 2:]))
print(f"{hz:.2f} Hz, {cents:+.2f} cents, {best * period / rate:.2f} s; at the end {20 * math.log10(max(end, 1e-9)):.0f} dBFS")
sys.exit(0 if abs(cents) < 5 and end < SILENCE else 1)
