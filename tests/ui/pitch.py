#!/usr/bin/env python3
"""Prints the loudest pitch in Hz and the peak of a WAV file of 32-bit floats: pitch.py FILE FROM_SECONDS SECONDS."""
import array
import struct
import sys

NOISE_FLOOR = 1e-5


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    place, rate, channels = 12, 0, 0
    while place + 8 <= len(data):
        name, size = data[place : place + 4], struct.unpack("<I", data[place + 4 : place + 8])[0]
        if name == b"fmt ":
            channels, rate = struct.unpack("<HI", data[place + 10 : place + 16])
        if name == b"data":
            samples = array.array("f", data[place + 8 : place + 8 + size // 4 * 4])
            return rate, samples[::channels]
        place += 8 + size + size % 2
    sys.exit(f"{path}: no sound in it")


def pitch(rate, samples):
    """The lag at which the sound is most like itself, between 60 and 1200 Hz."""
    count = min(len(samples) // 2, 2400)
    power = sum(x * x for x in samples[:count])
    scores = []
    for lag in range(rate // 1200, min(rate // 60, len(samples) - count)):
        scores.append((sum(a * b for a, b in zip(samples[:count], samples[lag : lag + count])), lag))
    best = max(scores)[0]
    for score, lag in scores:  # the first lag about as good: not an octave below
        if score > 0.9 * best and score > 0.5 * power:
            near = [s for s in scores if abs(s[1] - lag) <= lag // 12]
            return rate / max(near)[1]
    return 0.0


rate, samples = read(sys.argv[1])
begin = int(float(sys.argv[2]) * rate)
part = samples[begin : begin + int(float(sys.argv[3]) * rate)]
peak = max((abs(x) for x in part), default=0.0)
print(f"{pitch(rate, part) if peak > NOISE_FLOOR else 0:.1f} {peak:.4f}")
