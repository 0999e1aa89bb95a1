// Pitch, as it is heard: keys, transposition, the pitch wheel, vibrato.
#include "tests/support/take.h"

#include <criterion/criterion.h>
#include <math.h>

static const double TUNING_CENTS = 0.1; // trained ears hear 2 to 5

static double heard_hz(Take *take, double near_hz) {
    // The first milliseconds are attack.
    return sound_pitch_hz(take->left + 2048, 32768, near_hz);
}

static double heard_cents(const Patch *patch, uint8_t key, double expected_hz) {
    Take take = take_note(patch, key, 127, 1.0);
    double cents = cents_between(heard_hz(&take, expected_hz), expected_hz);
    take_end(&take);
    return cents;
}

Test(tuning, every_third_key_from_the_lowest_to_the_highest_is_in_tune) {
    Patch patch = plain_patch();
    for (uint8_t key = 12; key <= 127; key += 3) {
        double cents = heard_cents(&patch, key, key_hz(key));
        cr_expect(fabs(cents) < TUNING_CENTS, "key %d is %.3f cents off", key, cents);
    }
}

Test(tuning, every_wave_has_the_pitch_of_its_key) {
    static const ParamId WAVES[] = {PARAM_OSC1_SAW, PARAM_OSC1_PULSE, PARAM_OSC1_TRIANGLE,
                                    PARAM_OSC2_SAW, PARAM_OSC2_PULSE, PARAM_OSC2_TRIANGLE,
                                    PARAM_OSC2_SINE};
    for (size_t i = 0; i < sizeof WAVES / sizeof WAVES[0]; i++) {
        Patch patch = plain_patch();
        patch.values[PARAM_OSC1_SINE] = 0.0f;
        patch.values[WAVES[i]] = 100.0f;
        double cents = heard_cents(&patch, 69, 440.0);
        cr_expect(fabs(cents) < TUNING_CENTS, "%s is %.3f cents off", PARAM_INFOS[WAVES[i]].name, cents);
    }
}

Test(tuning, coarse_moves_by_semitones_and_fine_by_cents) {
    static const float STEPS[][2] = {
        {12.0f, 0.0f}, {-48.0f, 0.0f}, {48.0f, 0.0f}, {0.0f, 37.0f}, {-7.0f, -100.0f}};
    for (size_t i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++) {
        Patch patch = plain_patch();
        patch.values[PARAM_OSC1_COARSE] = STEPS[i][0];
        patch.values[PARAM_OSC1_FINE] = STEPS[i][1];
        double key = 69.0 + (double)STEPS[i][0] + (double)STEPS[i][1] / 100.0;
        double cents = heard_cents(&patch, 69, key_hz(key));
        cr_expect(fabs(cents) < TUNING_CENTS, "%g semitones and %g cents: %.3f cents off",
                  (double)STEPS[i][0], (double)STEPS[i][1], cents);
    }
}

static double bent_cents(float range_semitones, uint8_t lsb, uint8_t msb, double expected_semitones) {
    Patch patch = plain_patch();
    patch.values[PARAM_BEND_RANGE] = range_semitones;
    Take take = take_start(&patch, 4);
    take_midi(&take, 0, 0xE0, lsb, msb);
    take_midi(&take, 0, 0x90, 69, 127);
    take_play(&take, RATE_HZ);
    double hz = key_hz(69.0 + expected_semitones);
    double cents = cents_between(heard_hz(&take, hz), hz);
    take_end(&take);
    return cents;
}

Test(tuning, the_pitch_wheel_reaches_its_range_each_way_and_rests_in_the_middle) {
    static const float RANGES[] = {2.0f, 7.0f, 12.0f, 48.0f};
    for (size_t i = 0; i < sizeof RANGES / sizeof RANGES[0]; i++) {
        double range = (double)RANGES[i];
        // Upwards there are 8191 steps, downwards 8192: either end is the range, or a step short of it.
        double step_cents = range * 100.0 / 8192.0;
        double up = bent_cents(RANGES[i], 127, 127, range);
        double down = bent_cents(RANGES[i], 0, 0, -range);
        double rest = bent_cents(RANGES[i], 0, 64, 0.0);
        cr_expect(fabs(up) < TUNING_CENTS + step_cents, "range %g, up: %.3f cents off", range, up);
        cr_expect(fabs(down) < TUNING_CENTS, "range %g, down: %.3f cents off", range, down);
        cr_expect(fabs(rest) < TUNING_CENTS, "range %g, at rest: %.3f cents off", range, rest);
    }
}

Test(tuning, a_held_note_follows_the_pitch_wheel) {
    Patch patch = plain_patch();
    Take take = take_note(&patch, 69, 127, 0.5);
    take_midi(&take, take.frames, 0xE0, 127, 127);
    take_play(&take, RATE_HZ);
    double hz = sound_pitch_hz(take.left + take.frames - 32768, 32768, key_hz(71));
    cr_expect(fabs(cents_between(hz, key_hz(71))) < 0.2, "%.3f Hz instead of %.3f", hz, key_hz(71));
    take_end(&take);
}

Test(tuning, the_mod_wheel_adds_vibrato_as_deep_as_the_patch_says) {
    Patch patch = plain_patch();
    patch.values[PARAM_LFO_RATE] = 1.0f; // slow, so that the pitch is steady while it is measured
    patch.values[PARAM_WHEEL_PITCH] = 600.0f;
    Take take = take_start(&patch, 4);
    take_midi(&take, 0, 0xB0, 1, 127);
    take_midi(&take, 0, 0x90, 69, 127);
    take_play(&take, 2 * RATE_HZ);
    double lowest = 1e9;
    double highest = 0.0;
    for (size_t start = RATE_HZ / 2; start + 1024 < take.frames; start += 256) {
        // A second's swing is slow against 20 ms; the period is counted by crossings through zero.
        double first = -1.0;
        double last = 0.0;
        int crossings = -1;
        for (size_t i = start; i < start + 1024; i++) {
            double here = (double)take.left[i];
            double next = (double)take.left[i + 1];
            if (here < 0.0 && next >= 0.0) {
                last = (double)i + here / (here - next);
                first = first < 0.0 ? last : first;
                crossings++;
            }
        }
        double hz = crossings * (double)RATE_HZ / (last - first);
        lowest = fmin(lowest, hz);
        highest = fmax(highest, hz);
    }
    take_end(&take);
    double up = cents_between(highest, 440.0);
    double down = cents_between(lowest, 440.0);
    cr_expect(fabs(up - 600.0) < 6.0 && fabs(down + 600.0) < 6.0, "%.1f cents up, %.1f down", up, down);
}
