#!/usr/bin/env python3
"""Finds a note in a WAV file of 32-bit floats, which may still be growing.

pitch.py FILE LOW_HZ HIGH_HZ [SECONDS [SILENCE]]: ends with 0 when a pitch between LOW and HIGH sounds for SECONDS (0.2) at
least without a break, followed by SILENCE seconds (0) at least in which nothing sounds, up to the file's end.
Prints the stretch's seconds, the silence's seconds, and the stretch's peak.

pitch.py --end FILE: ends with 0 when a held note ends without a click: the last frame is silent, and from a while after the
note's beginning on no step between two frames is larger than those of its sustained part. Prints both steps and that frame.
"""
import array
import math
import struct
import sys

WINDOW_SECONDS = 0.025
SILENT_PEAK = 1e-4  # -80 dBFS
AUDIBLE = 1e-2  # -40 dBFS
SUSTAINED_SECONDS = 0.3, 0.5  # after the note's beginning
LARGER = 1.2  # steps beyond this are clicks
ALIKE = 0.9  # what a period has in common with the next


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    place, rate, channels = 12, 0, 0
    while place + 8 <= len(data):
        name, size = data[place : place + 4], struct.unpack("<I", data[place + 4 : place + 8])[0]
        if name == b"fmt ":
            channels, rate = struct.unpack("<HI", data[place + 10 : place + 16])
        if name == b"data":  # its size is written last: the file's end counts
            frame = 4 * channels
            count = (len(data) - place - 8) // frame
            return rate, array.array("f", data[place + 8 : place + 8 + count * frame])[::channels]
        place += 8 + size + size % 2
    sys.exit(1)  # no sound yet


def alike(samples, begin, count, lag):
    a, b = samples[begin : begin + count], samples[begin + lag : begin + lag + count]
    power = math.sqrt(sum(x * x for x in a) * sum(x * x for x in b))
    return sum(x * y for x, y in zip(a, b)) / power if power > 0 else 0


def has_pitch(samples, begin, count, shortest, longest):
    """A period of the length repeats, and no part of it does, which would be a higher note."""
    if begin + count + longest + 1 > len(samples):
        return False
    score, lag = max((alike(samples, begin, count, lag), lag) for lag in range(shortest, longest + 1))
    return score > ALIKE and all(alike(samples, begin, count, round(lag / part)) < ALIKE for part in (2, 3))


def stretches(samples, rate, low, high):
    """Yields (windows with the pitch, silent windows after them, peak)."""
    count = int(WINDOW_SECONDS * rate)
    sounding, silent, peak = 0, 0, 0.0
    for begin in range(0, len(samples) - count + 1, count):
        window_peak = max(max(samples[begin : begin + count]), -min(samples[begin : begin + count]))
        if window_peak < SILENT_PEAK:
            silent += 1
            continue
        if silent:
            yield sounding, silent, peak
            sounding, silent, peak = 0, 0, 0.0
        if has_pitch(samples, begin, count, math.ceil(rate / high), math.floor(rate / low)):
            sounding += 1
            peak = max(peak, window_peak)
    yield sounding, silent, peak


def check_end(path):
    rate, samples = read(path)
    begin = next((i for i, x in enumerate(samples) if abs(x) > AUDIBLE), len(samples))
    first, last = (begin + int(seconds * rate) for seconds in SUSTAINED_SECONDS)
    steps = [abs(b - a) for a, b in zip(samples[first:], samples[first + 1 :])]
    if last >= len(samples):
        sys.exit("no note is sustained")
    sustained, rest = max(steps[: last - first]), max(steps[last - first :])
    print(f"steps {sustained:.6f} then {rest:.6f}, at the end {abs(samples[-1]):.6f}")
    sys.exit(0 if rest <= LARGER * sustained and abs(samples[-1]) < SILENT_PEAK else 1)


def main():
    if sys.argv[1] == "--end":
        check_end(sys.argv[2])
    low, high = float(sys.argv[2]), float(sys.argv[3])
    least = float(sys.argv[4]) if len(sys.argv) > 4 else 0.2
    silence = float(sys.argv[5]) if len(sys.argv) > 5 else 0.0
    rate, samples = read(sys.argv[1])
    found = list(stretches(samples, rate, low, high))
    sounding, silent, peak = max(found)
    silent = found[-1][1] if found[-1][0] == sounding else 0
    print(f"{sounding * WINDOW_SECONDS:.3f} {silent * WINDOW_SECONDS:.3f} {peak:.4f}")
    sys.exit(0 if sounding * WINDOW_SECONDS >= least and silent * WINDOW_SECONDS >= silence else 1)


main()
