// How much faster than it sounds the demo song is rendered.
#include "app/bench/bench.h"

#include "app/bench/statistics.h"
#include "app/files/bank.h"
#include "app/files/demo_song.h"
#include "app/live/song_feed.h"
#include "app/setup.h"
#include "platform/clock.h"

#include <stdlib.h>

enum { BLOCK_FRAMES = 512, RATE_HZ = 48000, ROUNDS = 5, CONTENDERS = 2 };

static const double NS_PER_SECOND = 1e9;

// Without a file, so that what is measured is the synthesizer.
static bool render(const EngineConfig *config, const Bank *bank, const Smf *song, double *times_real,
                   Error *error) {
    float sound[CHANNEL_COUNT][BLOCK_FRAMES];
    Engine *engine = engine_create(config, bank, error);
    if (!engine) {
        return false;
    }
    SongFeed feed;
    song_feed_init(&feed, song, RATE_HZ, 0, 0);
    uint64_t start_ns = clock_now_ns();
    uint64_t frame = 0;
    while (!song_feed_done(&feed) || engine_voices_sounding(engine) > 0) {
        uint64_t known = song_feed_push(&feed, engine, EVENT_SOURCE_SONG, NULL, frame + BLOCK_FRAMES);
        uint32_t frames = known > frame ? (uint32_t)(known - frame) : 1;
        engine_render(engine, CHANNELS_AT(sound, 0), frames, 0);
        frame += frames;
    }
    double seconds = (double)(clock_now_ns() - start_ns) / NS_PER_SECOND;
    *times_real = (double)frame / RATE_HZ / seconds;
    engine_destroy(engine);
    return true;
}

static bool measure(const BenchPlan *plan, const Bank *bank, const Smf *song,
                    double times[CONTENDERS][ROUNDS], Error *error) {
    EngineConfig config = engine_config_default();
    config.rate_hz = RATE_HZ;
    for (int round = 0; round < ROUNDS; round++) {
        bench_show(plan, "render: round %d of %d", round + 1, ROUNDS);
        config.pool.workers = 1;
        if (!render(&config, bank, song, &times[0][round], error)) {
            return false;
        }
        config.pool.workers = plan->workers;
        if (!render(&config, bank, song, &times[1][round], error)) {
            return false;
        }
    }
    return true;
}

static void report(ReportSection *section, uint32_t workers, double times[CONTENDERS][ROUNDS]) {
    static const ReportColumn COLUMNS[] = {{"threads", "threads", 0},
                                           {"median_times_real", "times real time", 1},
                                           {"best_times_real", "at best", 1},
                                           {"times_one_thread", "times one thread", 2}};
    ReportTable *table = report_table(section, "render", "The demo song", COLUMNS, 4, 1);
    double ratio = statistics_median_ratio(times[1], times[0], ROUNDS);
    for (int contender = 0; contender < CONTENDERS; contender++) {
        Statistics found = statistics_of(times[contender], ROUNDS);
        report_row(table, (ReportCell[]){report_number(contender ? workers : 1), report_number(found.median),
                                         report_number(found.worst), report_number(contender ? ratio : 1)});
    }
}

static bool run(const BenchPlan *plan, ReportSection *section, Error *error) {
    PatchLibrary *library = setup_library(error);
    Bank *bank = calloc(1, sizeof *bank);
    Smf *song = smf_parse(DEMO_SONG[0].bytes, DEMO_SONG[0].size_bytes, "the demo song", error);
    double times[CONTENDERS][ROUNDS];
    bool done = library && bank && song;
    if (done) {
        bank_fill(bank, library, bank_default_patch(library));
        done = measure(plan, bank, song, times, error);
    }
    if (done) {
        report(section, plan->workers, times);
    }
    smf_destroy(song);
    free(bank);
    patch_library_destroy(library);
    return done;
}

const Bench BENCH_RENDER = {"render", "times real time, offline, without writing a file", run};
