// Live play's latency: the driver's, of an output that stands in for a device, and the engine's own delay.
#include "app/live/live.h"
#include "app/live/live_output.h"
#include "app/live/output.h"
#include "tests/support/tiny_song.h"

#include <criterion/criterion.h>

static const double TINY_SECONDS = 1e-9;

static double device_seconds; // what the driver says

double __wrap_output_latency_seconds(const Output *output);
double __wrap_output_latency_seconds(const Output *output) {
    return output ? device_seconds : 0;
}

static Live *create_in_quality(int quality) {
    LiveConfig config = {.engine = engine_config_default(),
                         .bank = tiny_bank(),
                         .output = {.api = AUDIO_API_NULL, .rate_hz = 48000, .block_frames = 128},
                         .midi = (const char *const[]){"none"},
                         .midi_count = 1};
    config.engine.quality = (Quality)quality;
    config.engine.rate_hz = 48000;
    Error error = {""};
    Live *live = live_create(&config, &error);
    cr_assert(live, "%s", error.text);
    return live;
}

Test(live_latency, is_the_device_s_and_the_engine_s_delay_together) {
    device_seconds = 0.01;
    Live *live = create_in_quality(QUALITY_LIVE);
    cr_expect_float_eq(live_latency_seconds(live), 0.01, TINY_SECONDS, "live has no delay of its own");
    EngineConfig offline = *live_engine_config(live);
    offline.quality = QUALITY_OFFLINE;
    Error error = {""};
    cr_assert(live_set_engine(live, &offline, &error), "%s", error.text);
    cr_expect_float_eq(live_latency_seconds(live), 0.01 + 35.0 / 48000, TINY_SECONDS);
    live_destroy(live, NULL);
}

Test(live_latency, is_not_told_where_the_driver_does_not_tell_its_own) {
    device_seconds = 0;
    Live *live = create_in_quality(QUALITY_OFFLINE);
    cr_expect_eq(live_latency_seconds(live), 0);
    live_destroy(live, NULL);
}
