#!/usr/bin/env python3
"""First Light: the demo song, composed for Polycore. Writes the .mid that the program carries.

    song.py OUT.mid          writes the song
    song.py --check OUT.mid  tells (exit 1) when OUT.mid is not what this score gives

Form: intro (8 bars), theme A (8), theme B (8), break (6), theme A with everything (8), coda (5) that rings out.
D minor; theme B lifts to F and borrows D flat and A flat; the coda ends in D major.
"""

import sys

sys.dont_write_bytecode = True  # the source tree stays as it was

from notation import BEATS, EXPRESSION, STEP_BEATS, WHEEL, Part, key_of, keys_of, standard_midi_file

TITLE = "First Light"
SPEED = 112  # beats a minute

INTRO, THEME_A, THEME_B, BREAK, RETURN, CODA, END = (BEATS * bar for bar in (0, 8, 16, 24, 30, 38, 43))
LAST_CHORD = CODA + 2 * BEATS

# bass note and voicing; the top voices move by step from one chord to the next
CHORDS = {
    "Dm9": ("d2", "f3 a3 c4 e4"),
    "Bbmaj7": ("bb1", "f3 a3 bb3 d4"),
    "Fadd9": ("f2", "f3 g3 a3 c4"),
    "C6/E": ("e2", "e3 g3 a3 c4"),
    "Gm9": ("g1", "f3 a3 bb3 d4"),
    "Asus4": ("a1", "e3 g3 a3 d4"),
    "A7": ("a1", "e3 g3 a3 c#4"),
    "F": ("f2", "f3 a3 c4 f4"),
    "Am7": ("a1", "e3 g3 c4 e4"),
    "Bb": ("bb1", "f3 bb3 d4 f4"),
    "C": ("c2", "e3 g3 c4 g4"),
    "Dbmaj7": ("db2", "f3 ab3 c4 f4"),
    "Ab/C": ("c2", "eb3 ab3 c4 eb4"),
    "Bbm7": ("bb1", "f3 ab3 bb3 db4"),
    "C7sus": ("c2", "f3 g3 bb3 c4"),
    "C7": ("c2", "e3 g3 bb3 c4"),
    "Fmaj7": ("f2", "e3 f3 a3 c4"),
    "Ebmaj7": ("eb2", "d3 g3 a3 bb3"),
    "Dadd9": ("d2", "f#3 a3 d4 e4"),
}

# one item a bar; chords joined by + share it
A_CHORDS = "Dm9 Bbmaj7 Fadd9 C6/E Dm9 Gm9 Bbmaj7 Asus4+A7"
B_CHORDS = "F Am7 Bb C Dbmaj7 Ab/C Bbm7 C7sus+C7"
BREAK_CHORDS = "Bbmaj7 Am7 Gm9 Fmaj7 Ebmaj7 Asus4+A7"
CODA_CHORDS = "Gm9 Bbmaj7+C Dadd9"

LEAD_A = """
  /a4:1.5 d5:.5 f5:1.5 e5:.5 | ~d5:2 r:.5 <c5:.5 d5:.5 f5:.5 | >g5:1.5 a5:.5 g5:1 f5:1 | ~e5:2.5 r:.5 <c5:.5 e5:.5 |
  /f5:1.5 e5:.5 d5:1 a5:1 | >~bb5:2 a5:.5 g5:.5 f5:.5 g5:.5 | a5:1 f5:1 <d5:1 f5:1 | e5:1.5 d5:.5 c#5:1 e5:1"""

LEAD_RETURN = """
  /a4:1.5 d5:.5 f5:1.5 e5:.5 | ~d5:2 r:.5 c5:.5 d5:.5 f5:.5 | >g5:1.5 a5:.5 c6:1 a5:1 | ~g5:2.5 r:.5 e5:.5 g5:.5 |
  /a5:1.5 g5:.5 f5:1 a5:1 | >~d6:2 c6:.5 bb5:.5 a5:.5 bb5:.5 | /c6:1 a5:1 f5:1 a5:1 | g5:1 e5:.5 a5:.5 >~c#6:2"""

LEAD_CODA = "/bb5:1.5 a5:.5 g5:1 d5:1 | f5:1 d5:1 g5:1 e5:1 | ~f#5:4"

BRASS_B = """
  c5:1 >f5:1.5 g5:.5 a5:1 | >g5:1.5 e5:.5 c5:2 | d5:1 f5:1 >bb5:1.5 a5:.5 | ~g5:3 r:.5 g5:.5 |
  >ab5:1.5 f5:.5 ~c6:2 | bb5:1 ab5:1 ~eb5:2 | f5:1 ab5:1 >db6:1.5 c6:.5 | >~c6:2 bb5:1 g5:1"""

# the section's second voice
BRASS_B_LOW = """
  a4:1 c5:1.5 e5:.5 f5:1 | e5:1.5 c5:.5 g4:2 | bb4:1 d5:1 f5:1.5 f5:.5 | e5:3 r:.5 e5:.5 |
  f5:1.5 db5:.5 ab5:2 | eb5:1 eb5:1 c5:2 | db5:1 f5:1 bb5:1.5 ab5:.5 | g5:2 g5:1 e5:1"""

STRINGS_B = """
  f5:2 a5:2 | g5:2 e5:2 | f5:2 d5:2 | e5:2 g5:2 | f5:2 ab5:2 | ab5:2 g5:2 | f5:2 db6:2 | c6:2 bb5:2"""

STRINGS_RETURN = """
  d5:2 a4:2 | f4:2 bb4:2 | c5:3 d5:1 | e5:2 c5:2 | d5:2 f5:2 | g5:2 d5:2 | f5:2 d5:2 | d5:2 e5:2"""

KEYS_BREAK = """
  r:.5 f5:.5 d5:.5 a4:.5 bb4:.5 d5:.5 >f5:1 | e5:1.5 g5:.5 >c5:2 | r:.5 d5:.5 f5:.5 a5:.5 >bb5:.5 a5:.5 f5:1 |
  e5:1 c5:1 <a4:2 | g5:.5 a5:.5 bb5:.5 d6:.5 >c6:.5 bb5:.5 a5:1 | >d6:1 e5:.5 g5:.5 c#6:2"""

# order in which the pluck takes the chord's tones, two octaves of them: it climbs and falls
CLIMB = (0, 2, 1, 3, 2, 4, 3, 5, 4, 6, 5, 3, 4, 2, 3, 1)

# beat, semitones above the bass note, beats, velocity
BASS_DRIVE = ((0, 0, 1.4, 100), (1.5, 0, 0.4, 84), (2, 12, 0.4, 92), (2.5, 0, 0.9, 90), (3.5, 12, 0.4, 82))

# beat, beats, velocity
KEYS_COMP = ((0, 1.4, 74), (1.5, 0.45, 62), (2.75, 0.7, 68))

KICK, SNARE, LOW_TOM, MID_TOM, CRASH, HIGH_TOM = 36, 38, 45, 47, 49, 50  # General MIDI's drum keys
HAT, OPEN_HAT, RIDE = 122, 115, 118  # ticks: the very top of the same instrument, on a channel of its own

INTRO_BEAT = {HAT: "o.x. o.x. o.x. o.xo"}
PICK_UP = {LOW_TOM: ".... .... ..x. xxXX"}
LIGHT_BEAT = {KICK: "x... ..o. x... ....", SNARE: ".... x... .... x...", HAT: "o.x. o.x. o.x. o.x."}
FULL_BEAT = {KICK: "X... ..x. x.x. ....", SNARE: ".... X..o .... X...", HAT: "xoxo xoxo xoxo xox."}
DRIVE_BEAT = {
    KICK: "X..x ..x. x..x ..o.",
    SNARE: ".... X..o .o.. X..o",
    RIDE: "x.o. x.o. x.o. x.o.",
    OPEN_HAT: ".... .... .... ..x.",
}
FILL = {
    KICK: "X... .... X... ....",
    SNARE: ".... oxox .... ..XX",
    HIGH_TOM: "..xx .... .... ....",
    MID_TOM: ".... .... xx.. ....",
    LOW_TOM: ".... .... ..xX xX..",
}
CODA_BEAT = {KICK: "X... ..x. X... ....", RIDE: "x.o. x.o. x.o. x...", CRASH: "X... .... .... ...."}
CODA_FILL = {KICK: "X... .... X... ....", LOW_TOM: ".... .... .... x.X."}


def bars_of(chords, beat):
    """Gives (beat, beats, bass key, voicing) of each chord in turn."""
    for bar in chords.split():
        names = bar.split("+")
        for name in names:
            bass, voicing = CHORDS[name]
            yield beat, BEATS / len(names), key_of(bass), keys_of(voicing)
            beat += BEATS / len(names)


def octave_up(keys):
    return [key + 12 for key in keys]


def lead_part():
    lead = Part("Singing lead", 1, 81, 127, 60)
    lead.line(THEME_A, LEAD_A, 84)
    lead.line(RETURN, LEAD_RETURN, 96)
    lead.line(CODA, LEAD_CODA, 86, length=0.98)
    lead.ramp(EXPRESSION, LAST_CHORD, LAST_CHORD + BEATS, 127, 60)
    return lead


def keys_part():
    keys = Part("Tine keys", 2, 4, 114, 46)
    for start in (THEME_A, RETURN):
        for beat, beats, _, voicing in bars_of(A_CHORDS, start):
            for at, length, velocity in KEYS_COMP:
                if at < beats:
                    keys.chord(beat + at, octave_up(voicing[1:]), length, velocity, roll=0.01)
    for beat, beats, _, voicing in bars_of(BREAK_CHORDS, BREAK):
        keys.chord(beat, voicing, beats * 0.9, 58, roll=0.06)
        keys.pedal(beat, beats)
    keys.line(BREAK, KEYS_BREAK, 84)
    for beat, beats, bass, voicing in bars_of(CODA_CHORDS, CODA):
        last = beat == LAST_CHORD
        keys.chord(beat, [bass + 12] + voicing, 7 if last else beats * 0.9, 74, roll=0.09 if last else 0.03)
        keys.pedal(beat, 11 if last else beats)
    return keys


def pluck_part():
    pluck = Part("Glass pluck", 3, 46, 112, 84)
    for start, first, last in ((INTRO, 50, 84), (THEME_A, 66, 66), (RETURN, 74, 80)):
        for beat, beats, _, voicing in bars_of(A_CHORDS, start):
            tones = sorted(voicing + octave_up(voicing))
            for i in range(round(beats / STEP_BEATS)):
                at = beat + i * STEP_BEATS
                accent = 14 if i % 6 == 0 else 0  # wanders against the beat
                loudness = first + (last - first) * (at - start) / (8 * BEATS) + accent
                if start == INTRO or i % 4 != 1:
                    pluck.note(at, tones[CLIMB[i % len(CLIMB)]] + 12, STEP_BEATS * 0.9, loudness)
    for i, key in enumerate(keys_of("d4 f#4 a4 d5 e5 a5 d6 f#6 a6")):
        pluck.note(LAST_CHORD + i * STEP_BEATS, key, 3, 84 - 4 * i)
    return pluck


def bass_part():
    bass = Part("Round bass", 4, 38, 127, 64)
    for beat, beats, key, _ in bars_of(A_CHORDS, INTRO):
        if beat >= INTRO + 4 * BEATS:
            bass.note(beat, key, beats * 0.95, 72)
    for start, push in ((THEME_A, -8), (RETURN, 2)):
        for beat, beats, key, _ in bars_of(A_CHORDS, start):
            for at, interval, length, velocity in BASS_DRIVE:
                if at < beats:
                    bass.note(beat + at, key + interval, length, velocity + push)
    for beat, beats, key, _ in bars_of(B_CHORDS, THEME_B):
        for i in range(round(beats * 2)):
            bass.note(beat + i * 0.5, key + (12 if i % 4 == 3 else 0), 0.38, 100 if i % 4 == 0 else 84)
    bass.ramp(WHEEL, THEME_B + 7 * BEATS, BREAK - 0.5, 0, 70)
    bass.control(BREAK, WHEEL, 0)
    for beat, beats, key, _ in bars_of(BREAK_CHORDS, BREAK):
        bass.note(beat, key, beats * 0.7, 70)
    bass.line(RETURN - 1, "a1:.25 c#2:.25 e2:.25 g2:.25 r:3", 88)
    for beat, beats, key, _ in bars_of(CODA_CHORDS, CODA):
        bass.note(beat, key, 7 if beat == LAST_CHORD else beats * 0.95, 88)
    return bass


def strings_part():
    strings = Part("Warm strings", 5, 48, 104, 76)
    for start, chords, line, velocity in ((THEME_B, B_CHORDS, STRINGS_B, 76), (RETURN, A_CHORDS, STRINGS_RETURN, 84)):
        strings.line(start, line, velocity, length=1.0)
        for beat, beats, _, voicing in bars_of(chords, start):
            strings.chord(beat, voicing[:2], beats * 0.98, velocity - 12)
    for beat, beats, _, voicing in bars_of(BREAK_CHORDS, BREAK):
        strings.chord(beat, octave_up(voicing), beats * 0.98, 84)
        strings.ramp(EXPRESSION, beat, beat + beats / 2, 76, 118)
        strings.ramp(EXPRESSION, beat + beats / 2, beat + beats - STEP_BEATS, 118, 76)
    strings.ramp(EXPRESSION, RETURN - 2, RETURN, 76, 127)
    strings.ramp(WHEEL, RETURN - 2, RETURN, 0, 60)
    for beat, beats, _, voicing in bars_of(CODA_CHORDS, CODA):
        strings.chord(beat, octave_up(voicing), 6 if beat == LAST_CHORD else beats * 0.98, 78)
    strings.ramp(WHEEL, CODA, LAST_CHORD, 60, 20)
    strings.ramp(EXPRESSION, LAST_CHORD, LAST_CHORD + 6, 127, 64)
    return strings


def brass_part():
    brass = Part("Bold brass", 6, 61, 116, 52)
    brass.line(THEME_B, BRASS_B, 92)
    brass.line(THEME_B, BRASS_B_LOW, 80)
    for number, (beat, beats, _, voicing) in enumerate(bars_of(A_CHORDS, RETURN)):
        if number % 2 == 1:  # answers in every second bar
            brass.chord(beat + beats - 1.5, voicing[1:], 0.3, 96)
            brass.chord(beat + beats - 0.75, voicing[1:], 0.4, 104)
    for beat, beats, _, voicing in bars_of(CODA_CHORDS, CODA):
        if beat >= CODA + BEATS:
            brass.chord(beat, voicing, 3.5 if beat == LAST_CHORD else beats * 0.9, 80)
    brass.ramp(EXPRESSION, LAST_CHORD, LAST_CHORD + 3.5, 90, 30)
    return brass


def organ_part():
    organ = Part("Drawbar organ", 7, 16, 112, 40)
    for beat, beats, _, voicing in bars_of(B_CHORDS, THEME_B):
        for at in range(round(beats)):
            organ.chord(beat + at + 0.5, voicing, 0.35, 80)  # off the beat
    organ.control(BREAK, EXPRESSION, 100)  # beneath the keys
    for beat, beats, bass, voicing in bars_of(BREAK_CHORDS, BREAK):
        organ.chord(beat, [bass + 12] + voicing[1:], beats * 0.97, 80)
        organ.ramp(WHEEL, beat, beat + beats * 0.8, 10, 90)
    organ.control(RETURN, WHEEL, 0)
    return organ


def pad_part():
    pad = Part("Drift pad", 8, 89, 96, 64)
    for start, velocity in ((INTRO, 78), (THEME_A, 62), (RETURN, 70)):
        for beat, beats, bass, voicing in bars_of(A_CHORDS, start):
            root = [bass + 12] if start == INTRO else []
            pad.chord(beat, root + voicing, beats - 0.05, velocity)
    pad.ramp(EXPRESSION, INTRO, INTRO + 6, 50, 127)
    pad.ramp(WHEEL, INTRO + 2 * BEATS, THEME_A, 0, 80)
    pad.ramp(WHEEL, THEME_A, THEME_A + BEATS, 80, 20)
    for beat, beats, bass, voicing in bars_of(CODA_CHORDS, CODA):
        pad.chord(beat, [bass + 12] + voicing, 6.5 if beat == LAST_CHORD else beats - 0.05, 76)
    pad.ramp(WHEEL, CODA, LAST_CHORD + 2, 20, 90)
    pad.ramp(WHEEL, LAST_CHORD + 2, LAST_CHORD + 7, 90, 0)
    return pad


def drum_parts():
    drums = Part("Thumps", 10, 0, 127, 64)
    ticks = Part("Ticks", 11, 115, 96, 72)

    def play(beat, bar, velocity):
        for key, text in bar.items():
            if key in (HAT, OPEN_HAT, RIDE):
                ticks.steps(beat, key, text, velocity, spread=5)  # metal has no one pitch
            else:
                drums.steps(beat, key, text, velocity)

    for number in range(4):
        play(INTRO + (4 + number) * BEATS, INTRO_BEAT, 44 + 8 * number)
    play(THEME_A - BEATS, PICK_UP, 76)
    for start, bar, velocity in ((THEME_A, LIGHT_BEAT, 78), (THEME_B, FULL_BEAT, 86), (RETURN, DRIVE_BEAT, 90)):
        drums.steps(start, CRASH, "X", velocity)
        for number in range(8):
            play(start + number * BEATS, FILL if number == 7 else bar, velocity)
    drums.steps(BREAK, CRASH, "x", 84)
    for step in range(16):  # a roll that grows into the return
        drums.note(RETURN - 2 + step / 8, SNARE, 0.1, 40 + 4 * step)
    play(CODA, CODA_BEAT, 84)
    play(CODA + BEATS, CODA_FILL, 86)
    play(LAST_CHORD, {CRASH: "X", KICK: "X"}, 92)
    return [drums, ticks]


def song():
    slowing = [(CODA + BEATS + step * 0.5, SPEED - 6 * (step + 1)) for step in range(8)]
    parts = [lead_part(), keys_part(), pluck_part(), bass_part(), strings_part(), brass_part()]
    parts += [organ_part(), pad_part(), *drum_parts()]
    return standard_midi_file(TITLE, [(0, SPEED)] + slowing, parts, END)


def main(arguments):
    if len(arguments) == 1 and not arguments[0].startswith("-"):
        with open(arguments[0], "wb") as file:
            file.write(song())
        return 0
    if len(arguments) == 2 and arguments[0] == "--check":
        with open(arguments[1], "rb") as file:
            if file.read() == song():
                return 0
        print(f"{arguments[1]} is not what the score gives; run song.py {arguments[1]}", file=sys.stderr)
        return 1
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
