// Draws the meters in place on a terminal, and as a line now and then in a file or a pipe.
#include "app/terminal/terminal.h"

#include "app/live/live_midi.h"
#include "app/live/live_notices.h"
#include "app/live/live_record.h"
#include "app/live/live_sources.h"
#include "app/setup.h"
#include "app/terminal/meters.h"
#include "platform/clock.h"
#include "platform/console.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    LOOK_NS = 100 * 1000 * 1000,        // ten looks a second: faster than that nobody reads
    PLAIN_LINE_NS = 2 * 1000 * 1000000, // between lines that are not drawn over
};

static const double NS_PER_SECOND = 1e9;

typedef struct Terminal {
    Live *live;
    Meters meters;
    EngineFigures figures;
    bool in_place; // a line is drawn over
    bool utf8;
    bool drawn; // a line is on the screen now
    uint64_t next_line_ns;
    bool song_told;
    bool first_sound_told;
    ParamId learning;
} Terminal;

// Takes the line off the screen, so that other text may be printed.
static void erase(Terminal *terminal) {
    if (terminal->drawn) {
        fputs("\r\033[K", stdout);
        fflush(stdout);
        terminal->drawn = false;
    }
}

static void print_notices(Terminal *terminal) {
    for (Error notice; live_notice(terminal->live, &notice);) {
        erase(terminal);
        setup_complain(notice.text);
    }
}

static void print_grants(Terminal *terminal) {
    char grants[GRANTS_TEXT_BYTES];
    if (live_grants(terminal->live, grants)) {
        erase(terminal);
        printf("Threads: %s.\n", grants);
        fflush(stdout);
    }
}

static void draw(Terminal *terminal, uint64_t now_ns) {
    uint64_t period_ns = terminal->in_place ? LOOK_NS : PLAIN_LINE_NS;
    if (now_ns < terminal->next_line_ns) {
        return;
    }
    terminal->next_line_ns = now_ns + period_ns;
    engine_figures(live_engine(terminal->live), &terminal->figures);
    meters_update(&terminal->meters, &terminal->figures, now_ns);
    RecorderFigures take;
    double take_seconds = live_recording(terminal->live, &take) ? (double)take.frames / take.rate_hz : -1;
    char line[METERS_LINE_BYTES];
    // The last column stays empty: some terminals wrap on it.
    meters_format(&terminal->meters, take_seconds, console_columns(stdout) - 1, terminal->utf8, line);
    printf(terminal->in_place ? "\r%s\033[K" : "%s\n", line);
    fflush(stdout);
    terminal->drawn = terminal->in_place;
}

static void tell_learned(Terminal *terminal) {
    const Engine *engine = live_engine(terminal->live);
    ParamId learning = engine_learning(engine);
    if (learning != terminal->learning) {
        erase(terminal);
        if (learning != PARAM_COUNT) {
            printf("Move a controller: it will turn %s.\n", PARAM_INFOS[learning].name);
        } else {
            printf("Controller %d turns %s.\n", engine_controller(engine, terminal->learning).controller,
                   PARAM_INFOS[terminal->learning].name);
        }
        fflush(stdout);
        terminal->learning = learning;
    }
}

static void tell_first_sound(Terminal *terminal, uint64_t start_ns) {
    uint64_t first_ns = live_first_sound_ns(terminal->live);
    if (first_ns && !terminal->first_sound_told) {
        erase(terminal);
        printf("first sound after %.2f s\n", (double)(first_ns - start_ns) / NS_PER_SECOND);
        terminal->first_sound_told = true;
    }
}

static void tell_end_of_song(Terminal *terminal, bool had_song) {
    if (had_song && !terminal->song_told && !live_song_playing(terminal->live)) {
        erase(terminal);
        printf("The song is over; play on, or end with Ctrl-C.\n");
        terminal->song_told = true;
    }
}

void terminal_run(Live *live, double seconds, bool verbose, uint64_t start_ns) {
    Terminal *terminal = calloc(1, sizeof *terminal);
    if (!terminal) {
        setup_complain("out of memory for the meters; close other programs");
        return;
    }
    terminal->live = live;
    terminal->learning = PARAM_COUNT;
    terminal->in_place = console_is_terminal(stdout);
    terminal->utf8 = console_is_utf8();
    meters_init(&terminal->meters);
    bool had_song = live_song_playing(live);
    uint64_t begin_ns = clock_now_ns();
    terminal->next_line_ns = begin_ns + (terminal->in_place ? LOOK_NS : PLAIN_LINE_NS);
    uint64_t end_ns = seconds > 0 ? begin_ns + (uint64_t)(seconds * NS_PER_SECOND) : UINT64_MAX;
    for (uint64_t now_ns = begin_ns; now_ns < end_ns; now_ns = clock_now_ns()) {
        uint64_t left_ns = end_ns - now_ns;
        if (console_wait_interrupted(left_ns < LOOK_NS ? left_ns : LOOK_NS)) {
            break;
        }
        live_watch(live);
        if (verbose) {
            tell_first_sound(terminal, start_ns);
        }
        tell_learned(terminal);
        tell_end_of_song(terminal, had_song);
        print_grants(terminal);
        print_notices(terminal);
        draw(terminal, clock_now_ns());
    }
    erase(terminal);
    engine_figures(live_engine(live), &terminal->figures);
    meters_update(&terminal->meters, &terminal->figures, clock_now_ns());
    char text[METERS_LINE_BYTES];
    meters_summarize(&terminal->meters, live_engine_config(live)->rate_hz, text);
    printf("%s\n", text);
    if (verbose) {
        InputFigures input;
        live_input_figures(live, &input);
        printf("MIDI: %" PRIu64 " messages, %" PRIu64 " notes\n", input.messages, input.notes);
    }
    free(terminal);
}
