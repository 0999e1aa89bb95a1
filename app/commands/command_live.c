// Plays live, watched over in the window or in the terminal.
#include "app/commands/commands.h"

#include "app/commands/play.h"
#include "app/setup.h"
#include "app/terminal/terminal.h"
#include "app/window/window_host.h"
#include "platform/clock.h"
#include "ui/window.h"

#include <stdio.h>
#include <stdlib.h>

static const double NS_PER_SECOND = 1e9;

static void print_rescues(const Live *live) {
    EngineFigures *figures = malloc(sizeof *figures); // too large for the stack
    if (figures) {
        engine_figures(live_engine(live), figures);
        printf("xruns %llu  rescues %llu\n", (unsigned long long)figures->xruns,
               (unsigned long long)figures->rescues);
    }
    free(figures);
}

static void print_window_cost(const Window *window) {
    WindowFigures figures;
    window_figures(window, &figures);
    double seconds = (double)figures.all.wall_ns / NS_PER_SECOND;
    printf("window: %dx%d at %.2f\n", figures.width, figures.height, (double)figures.scale);
    if (seconds > 0) {
        printf("window: %.2f %% of a core, %.1f frames a second, %.1f of them painted\n",
               100 * (double)figures.all.cpu_ns / (double)figures.all.wall_ns,
               (double)figures.all.frames / seconds, (double)figures.all.painted / seconds);
    }
}

// False when no window can be opened here; what is wrong is printed.
static bool run_window(Play *play, uint64_t start_ns) {
    Error error;
    uint64_t end_ns = 0;
    if (play->options.seconds > 0) {
        end_ns = clock_now_ns() + (uint64_t)(play->options.seconds * NS_PER_SECOND);
    }
    WindowHost *host = window_host_create(play->live, play->library, play->settings, end_ns,
                                          play->options.midi_count == 0, &error);
    Window *window = host ? window_create(window_host_functions(host), &error) : NULL;
    if (!window) {
        setup_complain(error.text);
        window_host_destroy(host);
        return false;
    }
    window_run(window);
    if (play->options.verbose) {
        uint64_t first_ns = live_first_sound_ns(play->live);
        if (first_ns) {
            printf("first sound after %.2f s\n", (double)(first_ns - start_ns) / NS_PER_SECOND);
        }
        print_rescues(play->live);
        print_window_cost(window);
    }
    window_destroy(window);
    window_host_destroy(host);
    return true;
}

int command_live(const Options *options, uint64_t start_ns) {
    Error error;
    Play *play = play_create(options);
    if (!play) {
        return EXIT_FAILED;
    }
    bool done = play_begin(play, &error);
    if (done && (play->options.headless || !run_window(play, start_ns))) {
        terminal_run(play->live, play->options.seconds, play->options.verbose, start_ns);
    }
    done = play_destroy(play, &error) && done;
    if (!done) {
        setup_complain(error.text);
    }
    return done ? EXIT_DONE : EXIT_FAILED;
}
