// Levels, as they are heard: velocity, volume, expression, pan, the patch's level.
#include "tests/support/take.h"

#include <criterion/criterion.h>
#include <math.h>

static const double LEVEL_DB = 0.05;

typedef struct Heard {
    double left_db;
    double right_db;
} Heard;

// The steady level of A4 after controller messages (pairs of number and value, ended by a number above 127).
static Heard heard(const Patch *patch, uint8_t velocity, const uint8_t *controllers) {
    Take take = take_start(patch, 4);
    for (; controllers[0] < 128; controllers += 2) {
        take_midi(&take, 0, 0xB0, controllers[0], controllers[1]);
    }
    take_midi(&take, 0, 0x90, 69, velocity);
    take_play(&take, RATE_HZ / 2);
    const size_t start = 4800;
    Heard heard = {gain_to_db(sound_rms(take.left + start, 4800)),
                   gain_to_db(sound_rms(take.right + start, 4800))};
    take_end(&take);
    return heard;
}

static const uint8_t NONE[] = {255};

static double velocity_db(float response, uint8_t velocity) {
    Patch patch = plain_patch();
    patch.values[PARAM_AMP_VELOCITY] = response;
    return heard(&patch, velocity, NONE).left_db - heard(&patch, 127, NONE).left_db;
}

Test(loudness, velocity_is_40_db_for_each_factor_of_ten_at_full_response_and_nothing_at_none) {
    static const uint8_t VELOCITIES[] = {1, 16, 64, 100, 127};
    for (size_t i = 0; i < sizeof VELOCITIES; i++) {
        double expected = 40.0 * log10(VELOCITIES[i] / 127.0);
        double full = velocity_db(100.0f, VELOCITIES[i]);
        double none = velocity_db(0.0f, VELOCITIES[i]);
        cr_expect(fabs(full - expected) < LEVEL_DB, "velocity %d: %.2f dB instead of %.2f", VELOCITIES[i],
                  full, expected);
        cr_expect(fabs(none) < LEVEL_DB, "velocity %d without response: %.2f dB", VELOCITIES[i], none);
    }
}

Test(loudness, volume_and_expression_follow_the_general_midi_curve) {
    static const uint8_t VALUES[] = {1, 32, 64, 100};
    Patch patch = plain_patch();
    for (uint8_t controller = 7; controller <= 11; controller += 4) {
        double full = heard(&patch, 127, (uint8_t[]){controller, 127, 255}).left_db;
        for (size_t i = 0; i < sizeof VALUES; i++) {
            double db = heard(&patch, 127, (uint8_t[]){controller, VALUES[i], 255}).left_db - full;
            double expected = 40.0 * log10(VALUES[i] / 127.0);
            cr_expect(fabs(db - expected) < LEVEL_DB, "controller %d at %d: %.2f dB instead of %.2f",
                      controller, VALUES[i], db, expected);
        }
        double silent = heard(&patch, 127, (uint8_t[]){controller, 0, 255}).left_db;
        cr_expect(silent < -200.0, "controller %d at 0: %.1f dB", controller, silent);
    }
}

Test(loudness, the_patch_level_is_in_db) {
    Patch patch = plain_patch();
    double middle = heard(&patch, 127, NONE).left_db;
    static const float LEVELS[] = {-60.0f, -12.0f, 12.0f};
    for (size_t i = 0; i < 3; i++) {
        patch.values[PARAM_LEVEL] = LEVELS[i];
        double db = heard(&patch, 127, NONE).left_db - middle;
        cr_expect(fabs(db - (double)LEVELS[i]) < LEVEL_DB, "level %g: %.2f dB", (double)LEVELS[i], db);
    }
}

Test(loudness, pan_keeps_the_power_and_its_ends_are_one_side_alone) {
    Patch patch = plain_patch();
    Heard centre = heard(&patch, 127, NONE);
    cr_expect(fabs(centre.left_db - centre.right_db) < 0.001);
    double power = pow(10.0, centre.left_db / 10.0) + pow(10.0, centre.right_db / 10.0);
    for (int value = 0; value <= 127; value += 16) {
        Heard side = heard(&patch, 127, (uint8_t[]){10, (uint8_t)(value == 112 ? 127 : value), 255});
        double here = pow(10.0, side.left_db / 10.0) + pow(10.0, side.right_db / 10.0);
        double off_db = 10.0 * log10(here / power);
        cr_expect(fabs(off_db) < LEVEL_DB, "pan %d: %.2f dB off", value, off_db);
    }
    cr_expect(heard(&patch, 127, (uint8_t[]){10, 0, 255}).right_db < -90.0);
    cr_expect(heard(&patch, 127, (uint8_t[]){10, 127, 255}).left_db < -90.0);
    patch.values[PARAM_PAN] = -100.0f;
    cr_expect(heard(&patch, 127, NONE).right_db < -90.0);
    patch.values[PARAM_PAN] = 100.0f;
    cr_expect(heard(&patch, 127, NONE).left_db < -90.0);
}

Test(loudness, low_keys_stand_left_and_high_keys_right_when_keys_are_spread) {
    Patch patch = plain_patch();
    patch.values[PARAM_PAN_KEY_SPREAD] = 100.0f;
    Take low = take_note(&patch, 36, 127, 0.3);
    Take high = take_note(&patch, 84, 127, 0.3);
    cr_expect(sound_rms(low.left, low.frames) > 2.0 * sound_rms(low.right, low.frames));
    cr_expect(sound_rms(high.right, high.frames) > 2.0 * sound_rms(high.left, high.frames));
    take_end(&low);
    take_end(&high);
}

Test(loudness, a_chord_of_five_loud_notes_stays_below_full_scale) {
    Patch patch;
    patch_init(&patch);
    Take take = take_start(&patch, 16);
    for (uint8_t i = 0; i < 5; i++) {
        take_midi(&take, 0, 0xB0, 7, 127);
        take_midi(&take, 0, 0x90, (uint8_t)(48 + 5 * i), 127);
    }
    take_play(&take, 2 * RATE_HZ);
    double peak = sound_peak(take.left, take.frames);
    cr_expect(peak > 0.1 && peak < 1.0, "peak %.2f", peak);
    take_end(&take);
}

Test(loudness, each_wave_at_its_full_level_has_a_peak_like_the_others) {
    static const ParamId WAVES[] = {PARAM_OSC1_SAW, PARAM_OSC1_PULSE, PARAM_OSC1_TRIANGLE, PARAM_OSC1_SINE};
    for (size_t i = 0; i < 4; i++) {
        Patch patch = plain_patch();
        patch.values[PARAM_OSC1_SINE] = 0.0f;
        patch.values[WAVES[i]] = 100.0f;
        Take take = take_start(&patch, 4);
        take_midi(&take, 0, 0xB0, 7, 127);
        take_midi(&take, 0, 0x90, 45, 127);
        take_play(&take, RATE_HZ);
        // -14 dB of headroom, -3 dB at the centre.
        double db = gain_to_db(sound_peak(take.left, take.frames)) + 17.0;
        cr_expect(fabs(db) < 1.0, "%s: %.2f dB", PARAM_INFOS[WAVES[i]].name, db);
        take_end(&take);
    }
}
