// When things are heard: to the frame, whatever the block size, and without a click.
#include "tests/support/take.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HOLD_FRAMES = 480 };               // 10 ms
static const double FADE_SECONDS = 0.006; // of a voice that is taken away: 5 ms and a control step

static size_t first_sound(const Take *take) {
    size_t frame = 0;
    while (frame < take->frames && fabsf(take->left[frame]) <= 0.0f) {
        frame++;
    }
    return frame;
}

Test(timing, a_note_is_heard_from_its_frame_on_and_not_before) {
    // A saw starts at its edge, so that its first frame is not 0.
    static const size_t FRAMES[] = {0, 1, 15, 16, 17, 255, 256, 257, 1000, 4095, 4096};
    Patch patch = plain_patch();
    patch.values[PARAM_OSC1_PULSE] = 100.0f;
    for (size_t i = 0; i < sizeof FRAMES / sizeof FRAMES[0]; i++) {
        Take take = take_start(&patch, 4);
        take_midi(&take, FRAMES[i], 0x90, 69, 127);
        take_play(&take, 6000);
        size_t first = first_sound(&take);
        // The attack starts at 0 and the oscillator may cross it.
        cr_expect(first >= FRAMES[i] && first <= FRAMES[i] + 2, "due at frame %zu, heard from %zu", FRAMES[i],
                  first);
        take_end(&take);
    }
}

Test(timing, a_note_moved_by_whole_control_steps_is_the_same_sound_moved) {
    Patch patch = plain_patch();
    patch.values[PARAM_OSC1_SAW] = 50.0f;
    Take early = take_start(&patch, 4);
    Take late = take_start(&patch, 4);
    const size_t moved = 16 * 37;
    take_midi(&early, 5, 0x90, 60, 100);
    take_midi(&early, 9005, 0x80, 60, 64);
    take_midi(&late, 5 + moved, 0x90, 60, 100);
    take_midi(&late, 9005 + moved, 0x80, 60, 64);
    take_play(&early, 20000);
    take_play(&late, 20000);
    cr_expect(memcmp(early.left, late.left + moved, (20000 - moved) * sizeof(float)) == 0);
    cr_expect(sound_rms(early.left, 9000) > 0.01);
    take_end(&early);
    take_end(&late);
}

Test(timing, a_key_let_go_at_once_sounds_as_if_held_for_10_ms) {
    static const size_t FRAMES[] = {0, 1, 15, 16, 255};
    static const size_t LENGTHS[] = {0, 1, 100, 479};
    Patch patch = plain_patch();
    patch.values[PARAM_OSC1_SAW] = 100.0f;
    patch.values[PARAM_AMP_ATTACK] = 0.02f; // not through when it is let go
    for (size_t i = 0; i < 20; i++) {
        size_t frame = FRAMES[i % 5];
        size_t length = LENGTHS[i / 5];
        Take tapped = take_start(&patch, 4);
        Take held = take_start(&patch, 4);
        take_midi(&tapped, frame, 0x90, 60, 100);
        take_midi(&tapped, frame + length, 0x80, 60, 64);
        take_midi(&held, frame, 0x90, 60, 100);
        take_midi(&held, frame + HOLD_FRAMES, 0x80, 60, 64);
        take_play(&tapped, 4800);
        take_play(&held, 4800);
        cr_expect(memcmp(tapped.left, held.left, 4800 * sizeof(float)) == 0, "%zu frames from %zu on", length,
                  frame);
        cr_expect(sound_rms(held.left, 1000) > 0.003);
        take_end(&tapped);
        take_end(&held);
    }
}

Test(timing, a_note_doubled_by_another_track_is_no_louder) {
    Patch patch = plain_patch();
    patch.values[PARAM_OSC1_SAW] = 100.0f;
    Take once = take_start(&patch, 4);
    Take twice = take_start(&patch, 4);
    take_midi(&once, 100, 0x90, 60, 100);
    take_midi(&twice, 100, 0x90, 60, 100);
    take_midi(&twice, 100, 0x80, 60, 64); // as a file's tracks are merged
    take_midi(&twice, 100, 0x90, 60, 100);
    take_midi(&once, 3000, 0x80, 60, 64);
    take_midi(&twice, 3000, 0x80, 60, 64);
    take_play(&once, 6000);
    take_play(&twice, 6000);
    cr_expect(memcmp(once.left, twice.left, 6000 * sizeof(float)) == 0);
    cr_expect(sound_rms(once.left, 3000) > 0.01);
    take_end(&once);
    take_end(&twice);
}

// Plays a dense score over several channels; block_frames 0: sizes at random, 1..4096.
static Take play_score(uint32_t block_frames) {
    Patch patch = plain_patch();
    patch.values[PARAM_OSC1_SAW] = 80.0f;
    patch.values[PARAM_OSC2_PULSE] = 60.0f;
    patch.values[PARAM_OSC_RANDOM_PHASE] = 100.0f;
    patch.values[PARAM_NOISE] = 10.0f;
    patch.values[PARAM_LFO_PITCH] = 20.0f;
    patch.values[PARAM_FILTER_CUTOFF] = 3000.0f;
    patch.values[PARAM_FILTER_ENVELOPE] = 1200.0f;
    patch.values[PARAM_AMP_RELEASE] = 0.2f;
    Take take = take_start(&patch, 24); // fewer than the score wants: it steals
    uint32_t random = 12345;
    size_t frame = 0;
    for (int i = 0; i < 600; i++) {
        random = random * 1664525u + 1013904223u;
        frame += (random >> 20) % 160;
        uint8_t channel = (random >> 8) & 3;
        uint8_t key = (uint8_t)(36 + (random >> 24) % 60);
        uint8_t kind = (random >> 12) % 8;
        if (kind < 4) {
            take_midi(&take, frame, 0x90 | channel, key, (uint8_t)(1 + (random >> 16) % 127));
        } else if (kind < 6) {
            take_midi(&take, frame, 0x80 | channel, key, 64);
        } else if (kind == 6) {
            take_midi(&take, frame, 0xE0 | channel, 0, (random >> 16) & 127);
        } else {
            take_midi(&take, frame, 0xB0 | channel, (random >> 28) & 1 ? 64 : 74, (random >> 16) & 127);
        }
    }
    while (take.frames < 60000) {
        random = random * 1664525u + 1013904223u;
        size_t size = block_frames ? block_frames : 1 + (random >> 16) % ENGINE_BLOCK_MAX_FRAMES;
        size = take.frames + size > 60000 ? 60000 - take.frames : size;
        take_play_blocks(&take, size, (uint32_t)size);
    }
    return take;
}

Test(timing, any_block_size_gives_the_same_bits) {
    Take expected = play_score(256);
    cr_assert(sound_rms(expected.left, expected.frames) > 0.01);
    static const uint32_t SIZES[] = {1, 2, 3, 15, 16, 17, 64, 100, 128, 480, 1024, 4095, 4096, 0, 0, 0};
    for (size_t i = 0; i < sizeof SIZES / sizeof SIZES[0]; i++) {
        Take take = play_score(SIZES[i]);
        cr_expect(memcmp(expected.left, take.left, 60000 * sizeof(float)) == 0, "left, blocks of %u",
                  SIZES[i]);
        cr_expect(memcmp(expected.right, take.right, 60000 * sizeof(float)) == 0, "right, blocks of %u",
                  SIZES[i]);
        take_end(&take);
    }
    take_end(&expected);
}

// A low sine hardly bends by itself: what bends more than a few times as much is a click.
static Take low_tones(uint32_t polyphony) {
    Patch patch = plain_patch();
    patch.values[PARAM_AMP_ATTACK] = 0.01f;
    patch.values[PARAM_AMP_RELEASE] = 0.05f;
    return take_start(&patch, polyphony);
}

Test(timing, a_stolen_voice_fades_without_a_click) {
    Take take = low_tones(1);
    take_midi(&take, 0, 0x90, 33, 127);
    take_play(&take, 24000);
    double bend_before = sound_bend(take.left + 12000, 12000);
    double level = sound_peak(take.left + 12000, 12000);
    take_midi(&take, take.frames + 100, 0x90, 38, 127);
    take_play(&take, 12000);
    double bend_steal = sound_bend(take.left + 24000, 12000);
    // 100 dB in 5 ms bends by about (11.5 / 240)^2 of the level a frame; a cut would bend by the level
    // itself.
    cr_expect(bend_steal < 0.006 * level, "bends by %.5f of the level (%.5f before)", bend_steal / level,
              bend_before / level);
    EngineFigures *figures = malloc(sizeof *figures);
    engine_figures(take.engine, figures);
    cr_expect(figures->stolen == 1);
    cr_expect(engine_voices_sounding(take.engine) == 1);
    free(figures);
    take_end(&take);
}

Test(timing, all_sound_off_is_silent_after_the_fade_and_without_a_click) {
    Take take = low_tones(8);
    take_midi(&take, 0, 0xB0, 64, 127); // the pedal must not hold them
    for (uint8_t key = 30; key < 38; key++) {
        take_midi(&take, 0, 0x90, key, 100);
    }
    take_play(&take, 24000);
    double level = sound_peak(take.left + 12000, 12000);
    take_midi(&take, take.frames, 0xB0, 120, 0);
    take_play(&take, 4800);
    size_t silent = 24000 + (size_t)(FADE_SECONDS * RATE_HZ);
    cr_expect(sound_peak(take.left + silent, take.frames - silent) <= 0.0, "%g after the fade",
              sound_peak(take.left + silent, take.frames - silent));
    cr_expect(sound_bend(take.left + 24000, 4800) < 0.006 * level);
    cr_expect(engine_voices_sounding(take.engine) == 0);
    take_end(&take);
}

Test(timing, notes_start_and_end_without_a_click) {
    Take take = low_tones(4);
    take_midi(&take, 0, 0x90, 33, 127);
    take_midi(&take, 20000, 0x80, 33, 64);
    take_play(&take, 40000);
    double level = sound_peak(take.left + 10000, 8000);
    cr_expect(sound_bend(take.left, 40000) < 0.003 * level, "bends by %.5f of the level",
              sound_bend(take.left, 40000) / level);
    take_end(&take);
}

Test(timing, a_pedal_a_volume_and_a_bend_change_without_a_click) {
    static const uint8_t CHANGES[][3] = {
        {0xB0, 7, 20}, {0xB0, 10, 0}, {0xB0, 11, 10}, {0xE0, 0, 127}, {0xB0, 1, 127}};
    for (size_t i = 0; i < sizeof CHANGES / sizeof CHANGES[0]; i++) {
        Take take = low_tones(4);
        take_midi(&take, 0, 0x90, 33, 127);
        take_play(&take, 24000);
        double level = sound_peak(take.left + 12000, 12000);
        take_midi(&take, take.frames + 5, CHANGES[i][0], CHANGES[i][1], CHANGES[i][2]);
        take_play(&take, 12000);
        double bend = sound_bend(take.left + 23000, 12000) / level;
        // A ramp of 16 frames bends by a sixteenth of what changes.
        cr_expect(bend < 0.07, "%02X %d %d bends by %.4f of the level", CHANGES[i][0], CHANGES[i][1],
                  CHANGES[i][2], bend);
        take_end(&take);
    }
}
