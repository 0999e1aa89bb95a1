// One thread and the automatic choice take turns with the same stretches of a song, in an order that changes
// with every round.
#include "app/bench/song_table.h"

#include "app/bench/dense_song.h"
#include "app/bench/statistics.h"
#include "app/calibrate/paced.h"
#include "app/files/bank.h"
#include "app/files/demo_song.h"
#include "app/live/song_feed.h"
#include "app/setup.h"
#include "platform/clock.h"

#include <stdlib.h>

enum {
    DEMO_FROM_SECONDS = 30,
    DENSE_FROM_SECONDS = 4, // the first chords' tails have come together
    BLOCK_FRAMES = 128,
    PERIOD_NS = 2666667, // of such a block
    RATE_HZ = 48000,
    ROUNDS = 10,
};

typedef enum Player { ONE_THREAD, AUTOMATIC, PLAYER_COUNT } Player;

// What one engine plays, and how long it took.
typedef struct Part {
    Engine *engine;
    SongFeed feed;
    uint64_t frame;         // of the engine
    uint64_t busy_ns;       // in this turn
    double mean_us[ROUNDS]; // a block
    uint64_t voices;        // summed over blocks
    uint32_t voices_least, voices_most;
    uint32_t blocks, late;
} Part;

// A song, and what its ratio ought to be at most.
typedef struct Song {
    const char *name;
    const char *goal;
    const Smf *smf;
    uint32_t from_seconds; // where it is in full swing
    uint32_t polyphony;
    double limit;
} Song;

typedef struct SongTable {
    const Song *song;
    uint32_t call, turn_calls;
    Part parts[PLAYER_COUNT];
    float sound[CHANNEL_COUNT][BLOCK_FRAMES];
} SongTable;

// At its end the song begins anew.
static void feed(SongTable *table, Part *part) {
    if (song_feed_done(&part->feed)) {
        song_feed_init(&part->feed, table->song->smf, RATE_HZ, part->frame, 0);
    }
    song_feed_push(&part->feed, part->engine, EVENT_SOURCE_SONG, NULL, part->frame + BLOCK_FRAMES);
}

static void render(SongTable *table, Part *part, uint64_t deadline_ns) {
    engine_render(part->engine, CHANNELS_AT(table->sound, 0), BLOCK_FRAMES, deadline_ns);
    part->frame += BLOCK_FRAMES;
}

// Not against the clock.
static void skip_intro(SongTable *table, Part *part) {
    song_feed_init(&part->feed, table->song->smf, RATE_HZ, 0, 0);
    while (part->frame < (uint64_t)table->song->from_seconds * RATE_HZ) {
        feed(table, part);
        render(table, part, 0);
    }
}

static void begin(void *user, ThreadPriority priority) {
    SongTable *table = user;
    for (int player = 0; player < PLAYER_COUNT; player++) {
        engine_adopt_audio_thread(table->parts[player].engine);
        engine_match_audio_thread(table->parts[player].engine, priority);
    }
}

static bool call(void *user, uint64_t due_ns) {
    SongTable *table = user;
    uint32_t turn = table->call / table->turn_calls;
    uint32_t round = turn / PLAYER_COUNT;
    Part *part = &table->parts[(turn + round) % PLAYER_COUNT];
    feed(table, part);
    uint64_t start_ns = clock_now_ns();
    render(table, part, due_ns + PERIOD_NS);
    uint64_t end_ns = clock_now_ns();
    part->busy_ns += end_ns - start_ns;
    uint32_t voices = engine_voices_sounding(part->engine);
    part->voices += voices;
    part->voices_least = part->blocks == 0 || voices < part->voices_least ? voices : part->voices_least;
    part->voices_most = voices > part->voices_most ? voices : part->voices_most;
    part->late += end_ns > due_ns + PERIOD_NS;
    part->blocks++;
    if (++table->call % table->turn_calls == 0) {
        part->mean_us[round] = (double)part->busy_ns / table->turn_calls / 1000;
        part->busy_ns = 0;
    }
    return true;
}

static bool play(const BenchPlan *plan, const Bank *bank, SongTable *table, Error *error) {
    const uint32_t workers[PLAYER_COUNT] = {[ONE_THREAD] = 1, [AUTOMATIC] = plan->workers};
    for (int player = 0; player < PLAYER_COUNT; player++) {
        EngineConfig config = engine_config_default();
        config.rate_hz = RATE_HZ;
        config.polyphony = table->song->polyphony;
        config.pool.workers = workers[player];
        table->parts[player].engine = engine_create(&config, bank, error);
        if (!table->parts[player].engine) {
            return false;
        }
        skip_intro(table, &table->parts[player]);
    }
    double turn_calls = plan->seconds / ROUNDS * 1e9 / PERIOD_NS;
    table->turn_calls = turn_calls > 1 ? (uint32_t)turn_calls : 1;
    Paced paced = {.period_ns = PERIOD_NS,
                   .calls = (uint64_t)table->turn_calls * ROUNDS * PLAYER_COUNT,
                   .begin = begin,
                   .call = call,
                   .user = table};
    return paced_run(&paced, NULL, error);
}

static void report(ReportSection *section, ReportTable *rows, SongTable *table) {
    Part *one = &table->parts[ONE_THREAD];
    Part *all = &table->parts[AUTOMATIC];
    double ratio = statistics_median_ratio(all->mean_us, one->mean_us, ROUNDS);
    report_row(
        rows, (ReportCell[]){report_text(table->song->name), report_number((double)all->voices / all->blocks),
                             report_number(all->voices_least), report_number(all->voices_most),
                             report_number(statistics_of(one->mean_us, ROUNDS).median),
                             report_number(statistics_of(all->mean_us, ROUNDS).median), report_number(ratio),
                             report_number(one->late), report_number(all->late), report_number(all->blocks)});
    report_goal(section, table->song->goal, ratio, REPORT_AT_MOST, table->song->limit, "");
}

static bool measure(const BenchPlan *plan, const Bank *bank, const Song *song, ReportSection *section,
                    ReportTable *rows, Error *error) {
    SongTable *table = calloc(1, sizeof *table);
    if (!table) {
        error_set(error, "out of memory; close other programs");
        return false;
    }
    bench_show(plan, "scaling: %s, live", song->name);
    table->song = song;
    bool done = play(plan, bank, table, error);
    if (done) {
        report(section, rows, table);
    }
    for (int player = 0; player < PLAYER_COUNT; player++) {
        engine_destroy(table->parts[player].engine);
    }
    free(table);
    return done;
}

bool song_table_measure(const BenchPlan *plan, ReportSection *section, Error *error) {
    static const ReportColumn COLUMNS[] = {{"song", "song", 0},
                                           {"voices", "voices, mean", 0},
                                           {"voices_least", "least", 0},
                                           {"voices_most", "most", 0},
                                           {"one_mean_us", "one mean us", 1},
                                           {"auto_mean_us", "auto mean us", 1},
                                           {"ratio", "ratio", 2},
                                           {"one_late", "one late", 0},
                                           {"auto_late", "auto late", 0},
                                           {"blocks", "blocks of each", 0}};
    PatchLibrary *library = setup_library(error);
    Bank *bank = calloc(1, sizeof *bank);
    Smf *demo = smf_parse(DEMO_SONG[0].bytes, DEMO_SONG[0].size_bytes, "the demo song", error);
    Smf *dense = dense_song(error);
    bool done = library && bank && demo && dense;
    if (done) {
        const Song songs[] = {
            {"the demo song", "the demo song live, automatic against one thread, mean", demo,
             DEMO_FROM_SECONDS, engine_config_default().polyphony, 1.0},
            {"a dense song", "a dense song live, automatic against one thread, mean", dense,
             DENSE_FROM_SECONDS, DENSE_SONG_POLYPHONY, 0.6},
        };
        ReportTable *rows = report_table(section, "songs",
                                         "Songs live, 128 frames every 2.67 ms: the audio thread's time from "
                                         "call to return; the median of ten turns",
                                         COLUMNS, 10, -1);
        bank_fill(bank, library, bank_default_patch(library));
        for (size_t i = 0; done && i < sizeof songs / sizeof *songs; i++) {
            done = measure(plan, bank, &songs[i], section, rows, error);
        }
    }
    smf_destroy(dense);
    smf_destroy(demo);
    free(bank);
    patch_library_destroy(library);
    return done;
}
