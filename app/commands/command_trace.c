// Plays live for some seconds, and tells what each thread did in the callbacks that took longest.
#include "app/commands/commands.h"

#include "app/calibrate/load.h"
#include "app/commands/play.h"
#include "app/commands/trace_json.h"
#include "app/commands/trace_table.h"
#include "app/commands/trace_take.h"
#include "app/options.h"
#include "app/setup.h"
#include "platform/clock.h"
#include "platform/console.h"
#include "platform/file.h"

#include <stdio.h>

enum {
    WORST_DEFAULT = 20,                // callbacks
    DRAIN_NS = 20 * 1000 * 1000,       // a tenth of what the rings hold of the densest play
    WATCH_NS = 100 * 1000 * 1000,      // as live_watch wants it
    STEP_NS = 250 * 1000 * 1000,       // of --load
    STEP_SILENT_NS = 32 * 1000 * 1000, // the notes before have faded, and their lanes are free again
};

static const double NS_PER_SECOND = 1e9;

// What --load plays, in that order: large steps and small ones, up and down.
static const uint32_t LOAD_VOICES[] = {16, 256, 8, 512, 64, 4, 128, 32};
enum { LOAD_STEPS = sizeof LOAD_VOICES / sizeof *LOAD_VOICES, LOAD_VOICES_MOST = 512 };

typedef struct Tracer {
    Play *play;
    TraceTake *take;
    Pool *pool; // that is traced
    uint32_t step;
    bool silent; // within a step
    uint64_t next_step_ns, next_watch_ns;
} Tracer;

// What the engine has no room for is a load that comes a step later.
static void change_load(Tracer *tracer, uint64_t now_ns) {
    if (!tracer->play->options.load || now_ns < tracer->next_step_ns) {
        return;
    }
    Engine *engine = live_engine(tracer->play->live);
    if (tracer->silent) {
        uint32_t voices = LOAD_VOICES[tracer->step++ % LOAD_STEPS];
        uint32_t room = live_engine_config(tracer->play->live)->polyphony;
        load_push_notes(engine, 0, voices < room ? voices : room);
    } else {
        load_silence(engine);
    }
    tracer->silent = !tracer->silent;
    tracer->next_step_ns = now_ns + (tracer->silent ? STEP_SILENT_NS : STEP_NS);
}

// A device that went away may have taken its engine with it.
static bool watch(Tracer *tracer, uint64_t now_ns, Error *error) {
    if (now_ns < tracer->next_watch_ns) {
        return true;
    }
    tracer->next_watch_ns = now_ns + WATCH_NS;
    live_watch(tracer->play->live);
    play_print_notices(tracer->play);
    char grants[GRANTS_TEXT_BYTES];
    if (live_grants(tracer->play->live, grants)) {
        printf("Threads: %s.\n", grants);
    }
    Pool *pool = engine_pool(live_engine(tracer->play->live));
    if (pool != tracer->pool || !pool_traced(pool)) {
        tracer->pool = NULL;
        error_set(error, "the output changed while it was traced; trace again");
        return false;
    }
    return true;
}

static bool trace(Tracer *tracer, Error *error) {
    tracer->pool = engine_pool(live_engine(tracer->play->live));
    tracer->take = trace_take_create(pool_workers(tracer->pool), error);
    if (!tracer->take || !pool_trace_start(tracer->pool, TRACE_RING_SPANS, error)) {
        return false;
    }
    bool going = true;
    uint64_t now_ns = clock_now_ns();
    uint64_t end_ns = now_ns + (uint64_t)(tracer->play->options.seconds * NS_PER_SECOND);
    while (going && now_ns < end_ns) {
        change_load(tracer, now_ns);
        bool interrupted = console_wait_interrupted(end_ns - now_ns < DRAIN_NS ? end_ns - now_ns : DRAIN_NS);
        now_ns = clock_now_ns();
        going = watch(tracer, now_ns, error) && trace_take_drain(tracer->take, tracer->pool, error);
        if (interrupted) {
            break;
        }
    }
    if (tracer->pool) {
        pool_trace_flush(tracer->pool);
        clock_sleep_until_ns(clock_now_ns() + DRAIN_NS);
        going = going && trace_take_drain(tracer->take, tracer->pool, error);
        pool_trace_stop(tracer->pool);
    }
    return going;
}

static bool tell(Tracer *tracer, FileDraft *draft, Error *error) {
    const Options *options = &tracer->play->options;
    if (!trace_take_finish(tracer->take, options->worst ? options->worst : WORST_DEFAULT, error)) {
        return false;
    }
    if (!trace_table_print(stdout, tracer->take) ||
        !trace_json_print(file_draft_stream(draft), tracer->take)) {
        error_set(error, "out of memory; close other programs");
        return false;
    }
    return true;
}

int command_trace(const Options *options, uint64_t start_ns) {
    (void)start_ns;
    Error error;
    Options wanted = *options;
    wanted.headless = true;
    if (wanted.load && !options_given(&wanted, "polyphony")) {
        wanted.engine.polyphony = LOAD_VOICES_MOST;
    }
    FileDraft *draft = file_draft_create(wanted.output, &error);
    if (!draft) {
        setup_complain(error.text);
        return EXIT_FAILED;
    }
    Tracer tracer = {.play = play_create(&wanted)};
    if (!tracer.play) {
        file_draft_discard(draft);
        return EXIT_FAILED;
    }
    bool done = play_begin(tracer.play, &error) && trace(&tracer, &error) && tell(&tracer, draft, &error);
    done = play_destroy(tracer.play, &error) && done;
    trace_take_destroy(tracer.take);
    if (!done) {
        file_draft_discard(draft);
    } else if (file_draft_commit(draft, &error)) {
        printf("\nThe worst callbacks are in %s, for ui.perfetto.dev or speedscope.app.\n", wanted.output);
    } else {
        done = false;
    }
    if (!done) {
        setup_complain(error.text);
    }
    return done ? EXIT_DONE : EXIT_FAILED;
}
