// What the qualities share, what each is better at, and that changing it is not heard.
#include "tests/support/take.h"

#include <criterion/criterion.h>
#include <math.h>

enum { MEASURED_FRAMES = 65536, SETTLED = 2048 };

static Patch wave_patch(ParamId wave) {
    Patch patch = plain_patch();
    patch.values[PARAM_OSC1_SINE] = 0.0f;
    patch.values[wave] = 100.0f;
    return patch;
}

static double level_db(Quality quality, const Patch *patch, uint8_t key) {
    Take take = take_note_in(quality, patch, key, 127, 0.5);
    double db = gain_to_db(sound_rms(take.left + SETTLED, 20000));
    take_end(&take);
    return db;
}

static double alias_db(Quality quality, ParamId wave, uint8_t key) {
    Patch patch = wave_patch(wave);
    Take take = take_note_in(quality, &patch, key, 127, 1.5);
    double db = sound_inharmonic_db(take.left + SETTLED, MEASURED_FRAMES, key_hz(key));
    take_end(&take);
    return db;
}

Test(quality, every_wave_is_as_loud_in_each) {
    static const ParamId WAVES[] = {PARAM_OSC1_SAW, PARAM_OSC1_PULSE, PARAM_OSC1_TRIANGLE, PARAM_OSC1_SINE,
                                    PARAM_NOISE};
    for (size_t wave = 0; wave < sizeof WAVES / sizeof WAVES[0]; wave++) {
        Patch patch = wave_patch(WAVES[wave]);
        patch.values[PARAM_FILTER_CUTOFF] = 3000.0f;
        double live_db = level_db(QUALITY_LIVE, &patch, 57);
        for (int quality = 0; quality < QUALITY_COUNT; quality++) {
            double off_db = level_db((Quality)quality, &patch, 57) - live_db;
            cr_expect(fabs(off_db) < 0.2, "%s, quality %d: %.2f dB off", PARAM_INFOS[WAVES[wave]].name,
                      quality, off_db);
        }
    }
}

Test(quality, every_note_is_in_tune_in_each) {
    Patch patch = wave_patch(PARAM_OSC1_SAW);
    for (int quality = 0; quality < QUALITY_COUNT; quality++) {
        for (uint8_t key = 33; key <= 105; key += 12) {
            Take take = take_note_in((Quality)quality, &patch, key, 127, 1.5);
            double hz = sound_pitch_hz(take.left + SETTLED, MEASURED_FRAMES, key_hz(key));
            double cents = cents_between(hz, key_hz(key));
            cr_expect(fabs(cents) < 0.05, "quality %d, key %d: %.3f cents off", quality, key, cents);
            take_end(&take);
        }
    }
}

Test(quality, envelopes_and_sweeps_take_their_time_in_each) {
    Patch patch = wave_patch(PARAM_OSC1_SAW);
    patch.values[PARAM_AMP_ATTACK] = 0.03f;
    patch.values[PARAM_AMP_DECAY] = 0.5f;
    patch.values[PARAM_AMP_SUSTAIN] = 40.0f;
    patch.values[PARAM_AMP_RELEASE] = 0.3f;
    patch.values[PARAM_FILTER_CUTOFF] = 400.0f;
    patch.values[PARAM_FILTER_ENVELOPE] = 3600.0f;
    patch.values[PARAM_FILTER_DECAY] = 0.3f;
    patch.values[PARAM_FILTER_SUSTAIN] = 0.0f;
    Take takes[QUALITY_COUNT];
    for (int quality = 0; quality < QUALITY_COUNT; quality++) {
        takes[quality] = take_start_in((Quality)quality, &patch, 4);
        take_midi(&takes[quality], 100, 0x90, 57, 127);
        take_midi(&takes[quality], 24000, 0x80, 57, 64);
        take_play(&takes[quality], 36000);
    }
    for (size_t frame = 600; frame < 34000; frame += 1091) { // periods of 218 frames
        double live = sound_rms(takes[QUALITY_LIVE].left + frame, 1091);
        for (int quality = 0; quality < QUALITY_COUNT; quality++) {
            size_t late = engine_delay_frames(takes[quality].engine);
            double level = sound_rms(takes[quality].left + frame + late, 1091);
            cr_expect(fabs(level / live - 1.0) < 0.03, "quality %d at frame %zu: %.3f of live", quality,
                      frame, level / live);
        }
    }
    for (int quality = 0; quality < QUALITY_COUNT; quality++) {
        take_end(&takes[quality]);
    }
}

// Bounds as in aliasing.c: 1 to 4 dB above what was measured.
static const struct {
    Quality quality;
    uint8_t key;
    double saw_db, triangle_db;
} ALIAS_BOUNDS[] = {{QUALITY_DRAFT, 69, -42.0, -79.0},
                    {QUALITY_DRAFT, 96, -35.0, -61.0},
                    {QUALITY_OFFLINE, 69, -86.0, -88.0},
                    {QUALITY_OFFLINE, 96, -83.0, -86.0},
                    {QUALITY_OFFLINE, 108, -82.0, -86.0}};

Test(quality, aliases_stay_below_the_bounds_of_each) {
    for (size_t i = 0; i < sizeof ALIAS_BOUNDS / sizeof ALIAS_BOUNDS[0]; i++) {
        Quality quality = ALIAS_BOUNDS[i].quality;
        uint8_t key = ALIAS_BOUNDS[i].key;
        double saw = alias_db(quality, PARAM_OSC1_SAW, key);
        double triangle = alias_db(quality, PARAM_OSC1_TRIANGLE, key);
        cr_log_info("quality %d, key %d: saw %.1f dB, triangle %.1f dB", (int)quality, key, saw, triangle);
        cr_expect(saw < ALIAS_BOUNDS[i].saw_db, "quality %d, saw, key %d: %.1f dB", (int)quality, key, saw);
        cr_expect(triangle < ALIAS_BOUNDS[i].triangle_db, "quality %d, triangle, key %d: %.1f dB",
                  (int)quality, key, triangle);
    }
}

// What smoothing of the edges takes of a saw's tenth harmonic, at 10 kHz.
static double loss_at_10_khz_db(Quality quality) {
    Patch patch = wave_patch(PARAM_OSC1_SAW);
    patch.values[PARAM_FILTER_BANDPASS] = 100.0f; // all three together are what comes in
    patch.values[PARAM_FILTER_HIGHPASS] = 100.0f;
    Take take = take_note_in(quality, &patch, 83, 127, 1.5); // 988 Hz
    double first = sound_tone(take.left + SETTLED, 32768, key_hz(83));
    double tenth = sound_tone(take.left + SETTLED, 32768, 10.0 * key_hz(83));
    take_end(&take);
    return gain_to_db(first / 10.0 / tenth);
}

Test(quality, offline_keeps_more_of_the_highest_tones) {
    double live_db = loss_at_10_khz_db(QUALITY_LIVE);
    double offline_db = loss_at_10_khz_db(QUALITY_OFFLINE);
    cr_log_info("loss at 10 kHz: draft %.2f dB, live %.2f dB, offline %.2f dB",
                loss_at_10_khz_db(QUALITY_DRAFT), live_db, offline_db);
    cr_expect(offline_db < live_db - 1.5 && offline_db < 1.0, "%.2f dB, in live %.2f dB", offline_db,
              live_db);
}

Test(quality, changing_it_while_notes_sound_is_no_click) {
    Patch patch = wave_patch(PARAM_OSC1_SINE);
    patch.values[PARAM_LFO_PITCH] = 50.0f;
    Take take = take_start(&patch, 8);
    take_midi(&take, 0, 0x90, 33, 127);
    take_midi(&take, 0, 0x90, 40, 127);
    take_play(&take, 24000);
    double bend_before = sound_bend(take.left + 12000, 12000);
    for (int turn = 0; turn < 40; turn++) { // each at a place of its own in the wave
        cr_assert(engine_set_quality(take.engine, turn % 2 ? QUALITY_LIVE : QUALITY_DRAFT));
        take_play(&take, 700);
    }
    double bend = sound_bend(take.left + 24000, take.frames - 24000);
    cr_expect(bend < bend_before * 1.02, "bends by %.3g, by %.3g before", bend, bend_before);
    take_end(&take);
}

static Take start_everything_moving(void) {
    Patch patch = wave_patch(PARAM_OSC1_SAW);
    patch.values[PARAM_OSC2_PULSE] = 70.0f;
    patch.values[PARAM_OSC2_FINE] = 9.0f;
    patch.values[PARAM_FILTER_CUTOFF] = 1500.0f;
    patch.values[PARAM_LFO_CUTOFF] = 1200.0f;
    patch.values[PARAM_LFO_WIDTH] = 20.0f;
    Take take = take_start(&patch, 8);
    take_midi(&take, 0, 0x90, 45, 127);
    return take;
}

static double largest_difference(const Take *one, const Take *other) {
    double largest = 0.0;
    for (size_t frame = SETTLED; frame < one->frames; frame++) {
        double difference = fabs((double)one->left[frame] - (double)other->left[frame]);
        if (difference > largest) {
            largest = difference;
        }
    }
    return largest;
}

// Who goes back and forth never is further from live than who plays all of it in draft.
Test(quality, changing_it_is_no_click_with_edges_and_a_moving_filter) {
    Take live = start_everything_moving();
    Take draft = start_everything_moving();
    Take changing = start_everything_moving();
    cr_assert(engine_set_quality(draft.engine, QUALITY_DRAFT));
    for (int turn = 0; turn < 40; turn++) {
        cr_assert(engine_set_quality(changing.engine, turn % 2 ? QUALITY_LIVE : QUALITY_DRAFT));
        take_play(&live, 700);
        take_play(&draft, 700);
        take_play(&changing, 700);
    }
    double all_draft = largest_difference(&live, &draft);
    double now_and_then = largest_difference(&live, &changing);
    cr_expect_gt(all_draft, 0.0);
    cr_expect_gt(now_and_then, 0.0);
    cr_expect(now_and_then < all_draft * 1.1, "%.3g, in draft all the time %.3g", now_and_then, all_draft);
    take_end(&live);
    take_end(&draft);
    take_end(&changing);
}

Test(quality, offline_is_another_engine) {
    Patch patch = plain_patch();
    Take live = take_start(&patch, 4);
    Take offline = take_start_in(QUALITY_OFFLINE, &patch, 4);
    cr_expect_not(engine_set_quality(live.engine, QUALITY_OFFLINE));
    cr_expect_not(engine_set_quality(offline.engine, QUALITY_DRAFT));
    cr_expect(engine_set_quality(offline.engine, QUALITY_OFFLINE));
    cr_expect_eq(engine_delay_frames(live.engine), 0);
    cr_expect_gt(engine_delay_frames(offline.engine), 0);
    take_end(&live);
    take_end(&offline);
}
