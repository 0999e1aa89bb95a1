// The decimator's taps are those of its design, what it lets through and what not, and that cuts change
// nothing.
#include "engine/mix/decimator.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { FRAMES = 2048, HALF = 2 * DECIMATOR_TAPS - 1 };
static const double PI = 3.14159265358979323846;
static const double BETA = 10.0;

static void run(const float *in, float *out, uint32_t frames, uint32_t piece) {
    Decimator decimator = {0};
    for (uint32_t done = 0; done < frames; done += piece) {
        uint32_t count = frames - done < piece ? frames - done : piece;
        decimator_run(&decimator, in + 2 * (size_t)done, out + done, count);
    }
}

// The modified Bessel function of the first kind and order 0.
static double bessel(double x) {
    double term = 1.0;
    double sum = 1.0;
    for (int k = 1; term > 1e-17 * sum; k++) {
        term *= x / (2.0 * k) * (x / (2.0 * k));
        sum += term;
    }
    return sum;
}

// Of the ideal half-band filter under the window, before it is scaled.
static double designed(int distance) {
    double place = (double)distance / (HALF + 1);
    return sin(PI * distance / 2.0) / (PI * distance) * bessel(BETA * sqrt(1.0 - place * place)) /
           bessel(BETA);
}

Test(decimator, has_the_taps_of_its_design) {
    double sum = 0.0;
    for (int distance = 1; distance <= HALF; distance += 2) {
        sum += designed(distance);
    }
    float in[2 * FRAMES] = {0};
    float out[FRAMES];
    in[1] = 1.0f; // an odd one, which meets every tap but the middle one
    run(in, out, FRAMES, 64);
    for (int tap = 0; tap < DECIMATOR_TAPS; tap++) {
        double expected = designed(2 * tap + 1) * 0.25 / sum;
        double before = (double)out[DECIMATOR_DELAY_FRAMES - tap];
        double after = (double)out[DECIMATOR_DELAY_FRAMES + 1 + tap];
        cr_expect_float_eq(before, expected, 1e-8, "tap %d is %.9g, not %.9g", tap, before, expected);
        cr_expect_float_eq(after, expected, 1e-8, "tap %d after the middle is %.9g", tap, after);
    }
}

// The gain of a sine whose frequency is so many turns of the higher rate, in dB.
static double gain_db(double turns) {
    float in[2 * FRAMES];
    float out[FRAMES];
    for (int frame = 0; frame < 2 * FRAMES; frame++) {
        in[frame] = (float)sin(2.0 * PI * turns * frame);
    }
    run(in, out, FRAMES, DECIMATOR_MAX_FRAMES);
    double cosine = 0.0;
    double sine = 0.0;
    double weight = 0.0;
    for (int frame = HALF; frame < FRAMES; frame++) {
        double window = 1.0 - cos(2.0 * PI * (frame - HALF + 0.5) / (FRAMES - HALF));
        cosine += window * (double)out[frame] * cos(4.0 * PI * turns * frame);
        sine += window * (double)out[frame] * sin(4.0 * PI * turns * frame);
        weight += window;
    }
    return 20.0 * log10(2.0 * sqrt(cosine * cosine + sine * sine) / weight + 1e-12);
}

Test(decimator, passes_what_is_heard_and_stops_what_would_fold_onto_it) {
    for (int step = 1; step <= 32; step++) {
        double turns = 0.2268 * step / 32.0;
        double passed = gain_db(turns);
        double stopped = gain_db(0.5 - turns);
        cr_expect(fabs(passed) < 0.0002, "%.4f turns: %.5f dB", turns, passed);
        cr_expect(stopped < -97.0, "%.4f turns: %.1f dB", 0.5 - turns, stopped);
    }
}

Test(decimator, delays_by_what_it_says) {
    float in[2 * FRAMES] = {0};
    float out[FRAMES];
    in[0] = 1.0f;
    run(in, out, FRAMES, 100);
    for (int frame = 0; frame < FRAMES; frame++) {
        cr_expect_float_eq(out[frame], frame == DECIMATOR_DELAY_FRAMES ? 0.5f : 0.0f, 0.0f, "frame %d",
                           frame);
    }
}

Test(decimator, cuts_change_no_bit) {
    float in[2 * FRAMES];
    float whole[FRAMES];
    float cut[FRAMES];
    uint32_t random = 1;
    for (int frame = 0; frame < 2 * FRAMES; frame++) {
        random = random * 1664525u + 1013904223u;
        in[frame] = (float)(int32_t)random * 0x1p-31f;
    }
    run(in, whole, FRAMES, DECIMATOR_MAX_FRAMES);
    static const uint32_t PIECES[] = {1, 3, 16, 35, 36, 71, 100};
    for (size_t i = 0; i < sizeof PIECES / sizeof PIECES[0]; i++) {
        run(in, cut, FRAMES, PIECES[i]);
        cr_expect_eq(memcmp(whole, cut, sizeof whole), 0, "pieces of %u", PIECES[i]);
    }
    cr_expect(fabsf(whole[FRAMES - 1]) > 0.0f);
}
