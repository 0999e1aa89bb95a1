// The filter's response, measured tone by tone against the same tone with the filter wide open or absent.
#include "tests/support/take.h"

#include <criterion/criterion.h>
#include <math.h>

static const double RESPONSE_DB = 0.15;

static double tone_db(const Patch *patch, uint8_t key, double seconds) {
    Take take = take_note(patch, key, 127, seconds);
    double db = gain_to_db(sound_tone(take.left + take.frames - 24000, 24000, key_hz(key)));
    take_end(&take);
    return db;
}

// What the three responses let through of a sine: low + band + high with Q 0.5 is not flat, so the reference
// is computed by a filter far away from the tone.
static double response_db(const Patch *patch, uint8_t key) {
    Patch open = *patch;
    open.values[PARAM_FILTER_LOWPASS] = 100.0f;
    open.values[PARAM_FILTER_BANDPASS] = 0.0f;
    open.values[PARAM_FILTER_HIGHPASS] = 100.0f;
    open.values[PARAM_FILTER_RESONANCE] = 0.0f;
    open.values[PARAM_FILTER_CUTOFF] = 20000.0f;
    open.values[PARAM_FILTER_ENVELOPE] = 0.0f;
    // A notch at 20 kHz of Q 0.5 lets a tone of f through at 1 / sqrt(1 + (2 f fc / (fc^2 - f^2))^2), fc and
    // f warped by the trapezoidal rule; what is left is divided out here.
    double f = tan(3.141592653589793 * key_hz(key) / RATE_HZ);
    double fc = tan(3.141592653589793 * 20000.0 / RATE_HZ);
    double notch = 1.0 / sqrt(1.0 + pow(2.0 * f * fc / (fc * fc - f * f), 2.0));
    return tone_db(patch, key, 1.0) - (tone_db(&open, key, 1.0) - gain_to_db(notch));
}

typedef enum Response { LOW, BAND, HIGH } Response;

// The ideal two-pole response with the trapezoidal rule's warping.
static double ideal_db(Response response, double cutoff_hz, double q, double hz) {
    double w = tan(3.141592653589793 * hz / RATE_HZ) / tan(3.141592653589793 * cutoff_hz / RATE_HZ);
    double denominator = sqrt(pow(1.0 - w * w, 2.0) + pow(w / q, 2.0));
    double numerator = response == LOW ? 1.0 : response == HIGH ? w * w : w / q;
    return gain_to_db(numerator / denominator);
}

static Patch filtered(Response response, float cutoff_hz, float resonance) {
    Patch patch = plain_patch();
    patch.values[PARAM_FILTER_LOWPASS] = response == LOW ? 100.0f : 0.0f;
    patch.values[PARAM_FILTER_BANDPASS] = response == BAND ? 100.0f : 0.0f;
    patch.values[PARAM_FILTER_HIGHPASS] = response == HIGH ? 100.0f : 0.0f;
    patch.values[PARAM_FILTER_CUTOFF] = cutoff_hz;
    patch.values[PARAM_FILTER_RESONANCE] = resonance;
    return patch;
}

Test(filter, low_band_and_high_pass_have_the_response_of_two_poles) {
    static const uint8_t KEYS[] = {45, 69, 81, 93, 117};
    static const float RESONANCES[] = {0.0f, 50.0f, 100.0f};
    static const double Q[] = {0.5, 3.16227766, 20.0}; // equal travel is an equal ratio
    for (Response response = LOW; response <= HIGH; response++) {
        for (size_t r = 0; r < 3; r++) {
            for (size_t i = 0; i < sizeof KEYS; i++) {
                Patch patch = filtered(response, 880.0f, RESONANCES[r]);
                double expected = ideal_db(response, 880.0, Q[r], key_hz(KEYS[i]));
                double db = response_db(&patch, KEYS[i]);
                cr_expect(fabs(db - expected) < RESPONSE_DB,
                          "response %d, resonance %g, key %d: %.2f dB, not %.2f", (int)response,
                          (double)RESONANCES[r], KEYS[i], db, expected);
            }
        }
    }
}

Test(filter, the_gain_at_the_corner_is_q) {
    Patch patch = filtered(LOW, 440.0f, 0.0f);
    cr_expect(fabs(response_db(&patch, 69) + 6.02) < RESPONSE_DB);
    patch = filtered(LOW, 440.0f, 100.0f);
    cr_expect(fabs(response_db(&patch, 69) - 26.02) < RESPONSE_DB);
}

Test(filter, low_and_high_pass_together_are_a_notch) {
    Patch patch = filtered(LOW, 440.0f, 0.0f);
    patch.values[PARAM_FILTER_HIGHPASS] = 100.0f;
    double db = response_db(&patch, 69);
    cr_expect(db < -60.0, "%.1f dB at the notch", db);
}

Test(filter, the_corner_follows_the_key_around_middle_c) {
    // The corner is an octave above the key for every key when it follows fully.
    for (uint8_t key = 48; key <= 84; key += 12) {
        Patch patch = filtered(LOW, (float)(2.0 * key_hz(60)), 0.0f);
        patch.values[PARAM_FILTER_KEY_TRACK] = 100.0f;
        double expected = ideal_db(LOW, 2.0 * key_hz(key), 0.5, key_hz(key));
        double db = response_db(&patch, key);
        cr_expect(fabs(db - expected) < RESPONSE_DB, "key %d: %.2f dB, not %.2f", key, db, expected);
    }
}

Test(filter, the_envelope_and_a_soft_touch_move_the_corner_by_cents) {
    Patch patch = filtered(LOW, 220.0f, 0.0f);
    patch.values[PARAM_FILTER_ENVELOPE] = 2400.0f; // at the sustain of 100 %: 880 Hz
    double expected = ideal_db(LOW, 880.0, 0.5, 440.0);
    double db = response_db(&patch, 69);
    cr_expect(fabs(db - expected) < RESPONSE_DB, "envelope: %.2f dB, not %.2f", db, expected);

    patch = filtered(LOW, 880.0f, 0.0f);
    patch.values[PARAM_FILTER_VELOCITY] = 2400.0f;
    patch.values[PARAM_AMP_VELOCITY] = 0.0f;
    Take soft = take_note(&patch, 69, 1, 1.0);
    Take hard = take_note(&patch, 69, 127, 1.0);
    double closed_db =
        gain_to_db(sound_tone(soft.left + 24000, 24000, 440.0) / sound_tone(hard.left + 24000, 24000, 440.0));
    double ideal =
        ideal_db(LOW, 880.0 * exp2(-2.0 * 126.0 / 127.0), 0.5, 440.0) - ideal_db(LOW, 880.0, 0.5, 440.0);
    cr_expect(fabs(closed_db - ideal) < RESPONSE_DB, "soft touch: %.2f dB, not %.2f", closed_db, ideal);
    take_end(&soft);
    take_end(&hard);
}

Test(filter, a_sweep_through_full_resonance_stays_bounded_and_leaves_no_click) {
    Patch patch = filtered(LOW, 20.0f, 100.0f);
    patch.values[PARAM_OSC1_SINE] = 0.0f;
    patch.values[PARAM_OSC1_SAW] = 100.0f;
    Take take = take_note(&patch, 33, 127, 0.1);
    for (int i = 0; i < 200; i++) {
        take_param(&take, take.frames, PARAM_FILTER_CUTOFF, i % 2 ? 20.0f : 20000.0f);
        take_play(&take, 480);
    }
    double peak = sound_peak(take.left, take.frames);
    cr_expect(peak > 0.01 && peak < 8.0, "peak %.2f", peak);
    take_end(&take);
}
