"""Turns a score written as text into a Standard MIDI File. Only the standard library is used.

A line of music is bars separated by |, each of exactly the bar's beats, of items NOTE:BEATS such as c#4:1.5 or r:.5 for a rest.
Before a note:  > accent   < soft   / scooped into from a tone below   ~ vibrato that grows while it sounds.
A line of drums is sixteenths: X hard, x normal, o soft, . nothing; blanks are for the eye.
"""

import struct

TICKS = 480  # a beat
BEATS = 4  # a bar
STEP_BEATS = 0.25  # a step of drums or of an arpeggio

WHEEL, VOLUME, PAN, EXPRESSION, SUSTAIN = 1, 7, 10, 11, 64

SEMITONES = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}


def key_of(name):
    """c4 is 60; # raises, a b after the letter lowers: bb3 is 58."""
    return SEMITONES[name[0]] + {"": 0, "#": 1, "b": -1}[name[1:-1]] + 12 * (int(name[-1]) + 1)


def keys_of(names):
    return [key_of(name) for name in names.split()]


class Hand:
    """Small unevenness as of a player, the same each time (Numerical Recipes' generator)."""

    def __init__(self, seed):
        self.state = seed

    def sway(self, most):
        self.state = (self.state * 1664525 + 1013904223) & 0xFFFFFFFF
        return (self.state / 2**31 - 1.0) * most


class Part:
    """One channel's music, in beats from the start of the song."""

    def __init__(self, name, channel, program, volume, pan):
        self.name = name
        self.channel = channel - 1
        self.hand = Hand(channel)
        self.notes = []  # (beat, key, beats, velocity)
        self.controls = []  # (tick, message)
        self.message(0, 0xC0, program)
        self.control(0, VOLUME, volume)
        self.control(0, PAN, pan)

    def message(self, beat, status, *data):
        self.controls.append((max(0, round(beat * TICKS)), bytes([status | self.channel, *data])))

    def note(self, beat, key, beats, velocity, sway=0.008):
        velocity = max(1, min(127, round(velocity + self.hand.sway(4))))
        start = max(0.0, beat + self.hand.sway(sway))
        self.notes.append((start, key, beat + beats, velocity))

    def chord(self, beat, keys, beats, velocity, roll=0.0):
        for i, key in enumerate(keys):
            self.note(beat + i * roll, key, beats - i * roll, velocity)

    def control(self, beat, controller, value):
        self.message(beat, 0xB0, controller, max(0, min(127, round(value))))

    def ramp(self, controller, start, end, first, last):
        """Moves a controller evenly from one value to another between two beats."""
        steps = max(1, round((end - start) / STEP_BEATS))
        for i in range(steps + 1):
            self.control(start + (end - start) * i / steps, controller, first + (last - first) * i / steps)

    def scoop(self, beat, semitones=2, beats=0.22):
        """Bends up into the note that begins at beat; the wheel reaches two semitones."""
        for i in range(9):
            bend = min(8191, round(-4096 * semitones * (1 - i / 8) ** 2))
            self.message(beat - 0.02 + beats * i / 8, 0xE0, (8192 + bend) & 127, (8192 + bend) >> 7)

    def pedal(self, beat, beats):
        """Sustain from just after a chord until the next one."""
        self.control(beat + 0.1, SUSTAIN, 127)
        self.control(beat + beats - 0.03, SUSTAIN, 0)

    def line(self, start, text, velocity, length=0.92, transpose=0):
        """Plays a line of music; each phrase of four bars swells to its middle."""
        beat = start
        for bar in text.split("|"):
            bar_start = beat
            for item in bar.split():
                marks, name, beats = split_item(item)
                if name != "r":
                    swell = 6 * (1 - abs((beat - start) % (4 * BEATS) / (2 * BEATS) - 1))
                    loudness = velocity + swell + 12 * (">" in marks) - 14 * ("<" in marks)
                    self.note(beat, key_of(name) + transpose, beats * length, loudness)
                if "/" in marks:
                    self.scoop(beat)
                if "~" in marks:
                    self.ramp(WHEEL, beat + beats * 0.3, beat + beats * 0.9, 0, 90)
                    self.control(beat + beats, WHEEL, 0)
                beat += beats
            if abs(beat - bar_start - BEATS) > 1e-9:
                raise ValueError(f"{self.name}: '{bar.strip()}' has {beat - bar_start} beats, not {BEATS}")

    def steps(self, beat, key, text, velocity, spread=0):
        """Plays a line of drums, each stroke up to spread semitones off the key."""
        for i, step in enumerate(text.replace(" ", "")):
            if step != ".":
                loudness = velocity + {"X": 18, "x": 0, "o": -26}[step]
                self.note(beat + i * STEP_BEATS, key + round(self.hand.sway(spread)), STEP_BEATS * 0.9, loudness, sway=0.004)

    def events(self):
        """(tick, order, message): at one tick notes end, then controls move, then notes begin."""
        events = [(tick, 1, message) for tick, message in self.controls]
        next_start = {}  # of each key: a key is let go before it is struck again
        for beat, key, end, velocity in sorted(self.notes, reverse=True):
            start = round(beat * TICKS)
            stop = max(start + 1, min(round(end * TICKS), next_start.get(key, start + 10**9)))
            if next_start.get(key) == start:
                continue  # two hands on one key
            events.append((start, 2, bytes([0x90 | self.channel, key, velocity])))
            events.append((stop, 0, bytes([0x80 | self.channel, key, 64])))
            next_start[key] = start
        return events


def split_item(item):
    head, beats = item.split(":")
    name = head.lstrip("><~/")
    return head[: len(head) - len(name)], name, float(beats)


def length_bytes(value):
    """A MIDI variable-length quantity."""
    out = [value & 127]
    while value := value >> 7:
        out.insert(0, value & 127 | 128)
    return bytes(out)


def track(name, events, end_tick):
    data = b"\x00\xff\x03" + length_bytes(len(name)) + name.encode()
    now = 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        data += length_bytes(tick - now) + message
        now = tick
    data += length_bytes(max(0, end_tick - now)) + b"\xff\x2f\x00"
    return b"MTrk" + struct.pack(">I", len(data)) + data


def standard_midi_file(title, tempos, parts, end_beat):
    """tempos: (beat, beats a minute). Format 1: the tempo map, then a track for each part."""
    conductor = [(0, 0, bytes([0xFF, 0x58, 4, BEATS, 2, 24, 8]))]
    for beat, speed in tempos:
        conductor.append((round(beat * TICKS), 1, b"\xff\x51\x03" + round(60e6 / speed).to_bytes(3, "big")))
    end_tick = round(end_beat * TICKS)
    tracks = [track(title, conductor, end_tick)] + [track(part.name, part.events(), end_tick) for part in parts]
    return b"MThd" + struct.pack(">IHHH", 6, 1, len(tracks), TICKS) + b"".join(tracks)
