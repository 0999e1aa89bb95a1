// Envelopes: how long an attack, a decay and a release take to be heard.
#include "tests/support/take.h"

#include <criterion/criterion.h>
#include <math.h>

enum {
    KEY = 93,            // 1760 Hz: a period is 27 frames, so that a level is known within a millisecond
    PERIOD_FRAMES = 600, // 22 periods of it
};

static Patch held_patch(void) {
    Patch patch = plain_patch();
    patch.values[PARAM_AMP_SUSTAIN] = 100.0f;
    return patch;
}

// The level over a whole number of periods from `frame` on.
static double level_at(const Take *take, size_t frame) {
    return sound_rms(take->left + frame, PERIOD_FRAMES);
}

Test(envelope, the_attack_takes_its_time_to_the_peak) {
    static const float SECONDS[] = {0.05f, 0.5f, 2.0f};
    for (size_t i = 0; i < 3; i++) {
        Patch patch = held_patch();
        patch.values[PARAM_AMP_ATTACK] = SECONDS[i];
        double seconds = (double)SECONDS[i];
        Take take = take_note(&patch, KEY, 127, seconds * 1.2 + 0.1);
        double peak = level_at(&take, take.frames - PERIOD_FRAMES);
        size_t half = (size_t)(seconds * 0.5 * RATE_HZ) - PERIOD_FRAMES / 2;
        size_t end = (size_t)(seconds * RATE_HZ);
        double at_half = level_at(&take, half) / peak;
        cr_expect(fabs(at_half - 0.5) < 0.01, "attack of %g s: %.3f of the peak after half of it", seconds,
                  at_half);
        cr_expect(fabs(level_at(&take, end) / peak - 1.0) < 0.01);
        take_end(&take);
    }
}

// How long the sound takes to fall by 30 dB, measured well above the noise, times two.
static double fall_60_db_seconds(const Take *take, size_t from, double to_level) {
    double start = level_at(take, from) - to_level;
    for (size_t frame = from; frame + PERIOD_FRAMES < take->frames; frame += 12) {
        if (level_at(take, frame) - to_level < start * 0.0316228) {
            return 2.0 * (double)(frame - from) / RATE_HZ;
        }
    }
    return -1.0;
}

Test(envelope, the_decay_falls_by_60_db_towards_sustain_in_its_time) {
    static const float SUSTAINS[] = {0.0f, 50.0f};
    static const float SECONDS[] = {0.3f, 2.0f};
    for (size_t i = 0; i < 4; i++) {
        Patch patch = held_patch();
        float sustain = SUSTAINS[i % 2];
        double seconds = (double)SECONDS[i / 2];
        patch.values[PARAM_AMP_DECAY] = SECONDS[i / 2];
        patch.values[PARAM_AMP_SUSTAIN] = sustain;
        Take take = take_note(&patch, KEY, 127, seconds + 0.3);
        Patch full_patch = held_patch();
        Take full = take_note(&full_patch, KEY, 127, 0.2);
        double full_level = level_at(&full, 4800);
        double fell = fall_60_db_seconds(&take, 480, full_level * (double)sustain / 100.0);
        cr_expect(fabs(fell / seconds - 1.0) < 0.03, "decay of %g s to %g %%: %.3f s", seconds,
                  (double)sustain, fell);
        double rest = level_at(&take, take.frames - PERIOD_FRAMES) / full_level;
        cr_expect(fabs(rest - (double)sustain / 100.0) < 0.002, "rests at %.4f", rest);
        take_end(&take);
        take_end(&full);
    }
}

Test(envelope, the_release_falls_by_60_db_in_its_time_and_then_ends) {
    static const float SECONDS[] = {0.1f, 1.0f, 4.0f};
    for (size_t i = 0; i < 3; i++) {
        Patch patch = held_patch();
        patch.values[PARAM_AMP_RELEASE] = SECONDS[i];
        double seconds = (double)SECONDS[i];
        Take take = take_note(&patch, KEY, 127, 0.5);
        size_t off = take.frames;
        take_midi(&take, off, 0x80, KEY, 64);
        take_play(&take, (size_t)(seconds * 2.0 * RATE_HZ));
        double fell = fall_60_db_seconds(&take, off, 0.0);
        cr_expect(fabs(fell / seconds - 1.0) < 0.03, "release of %g s: %.3f s", seconds, fell);
        cr_expect(engine_voices_sounding(take.engine) == 0, "still sounding after twice the release");
        cr_expect(sound_peak(take.left + take.frames - 256, 256) <= 0.0);
        take_end(&take);
    }
}

Test(envelope, a_release_begins_from_where_the_attack_was) {
    Patch patch = held_patch();
    patch.values[PARAM_AMP_ATTACK] = 1.0f;
    patch.values[PARAM_AMP_RELEASE] = 1.0f;
    Take take = take_note(&patch, KEY, 127, 0.5);
    double before = level_at(&take, take.frames - PERIOD_FRAMES);
    take_midi(&take, take.frames, 0x80, KEY, 64);
    take_play(&take, 4800);
    double after = level_at(&take, (size_t)(0.5 * RATE_HZ));
    cr_expect(after < before * 1.02 && after > before * 0.85, "%.4f before, %.4f after", before, after);
    take_end(&take);
}

Test(envelope, the_sustain_pedal_holds_a_note_until_it_is_let_go) {
    Patch patch = held_patch();
    patch.values[PARAM_AMP_RELEASE] = 0.05f;
    Take take = take_start(&patch, 4);
    take_midi(&take, 0, 0xB0, 64, 127);
    take_midi(&take, 0, 0x90, KEY, 127);
    take_midi(&take, 12000, 0x80, KEY, 64);
    take_midi(&take, 48000, 0xB0, 64, 0);
    take_play(&take, 60000);
    double key_down = level_at(&take, 6000);
    double held = level_at(&take, 46000);
    cr_expect(fabs(held / key_down - 1.0) < 0.001, "%.5f while the key was down, %.5f by the pedal", key_down,
              held);
    cr_expect(level_at(&take, 52000) < key_down * 0.001);
    take_end(&take);
}

Test(envelope, the_lfo_fades_in_over_its_delay_and_tremolo_reaches_its_depth) {
    Patch patch = held_patch();
    patch.values[PARAM_LFO_LEVEL] = 100.0f;
    patch.values[PARAM_LFO_RATE] = 4.0f;
    Take take = take_note(&patch, KEY, 127, 2.0);
    double lowest = 1e9;
    double highest = 0.0;
    for (size_t frame = 24000; frame + 120 < take.frames; frame += 120) {
        double level = sound_rms(take.left + frame, 109); // four periods
        lowest = fmin(lowest, level);
        highest = fmax(highest, level);
    }
    cr_expect(lowest < 0.01 * highest, "the quietest is %.3f of the loudest", lowest / highest);
    take_end(&take);
}
