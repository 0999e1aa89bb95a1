// Keeps time by the clock: block n is asked for n blocks after the start, so that errors do not add up.
#include "app/live/output_null.h"

#include "platform/clock.h"
#include "platform/thread.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { REALTIME_LEVEL = 70 }; // as JACK's clients have it: below the interrupts, above all else

static const double NS_PER_SECOND = 1e9;

struct OutputNull {
    Callback *callback;
    uint32_t rate_hz;
    uint32_t block_frames;
    float *samples; // dropped
    Thread *thread;
    _Atomic bool stop;
};

static void run(void *argument) {
    OutputNull *output = argument;
    ThreadGrant grant;
    // Without it the thread runs all the same, as the worker figures show.
    thread_ask_priority((ThreadPriority){THREAD_CLASS_REALTIME, REALTIME_LEVEL}, &grant, NULL);
    double block_ns = output->block_frames * NS_PER_SECOND / output->rate_hz;
    uint64_t start_ns = clock_now_ns();
    uint64_t blocks = 0;
    // Relaxed: the flag stands alone, joining the thread orders the rest.
    while (!atomic_load_explicit(&output->stop, memory_order_relaxed)) {
        callback_run(output->callback, output->samples, output->block_frames, false);
        blocks++;
        uint64_t next_ns = start_ns + (uint64_t)((double)blocks * block_ns);
        uint64_t now_ns = clock_now_ns();
        if (now_ns > next_ns + (uint64_t)block_ns) {
            // A device would have gone on without us: so does the clock.
            start_ns = now_ns;
            blocks = 0;
        } else {
            clock_sleep_until_ns(next_ns);
        }
    }
}

OutputNull *output_null_open(const OutputPlan *plan, Callback *callback, Error *error) {
    OutputNull *output = calloc(1, sizeof *output);
    float *samples = calloc((size_t)plan->block_frames * 2, sizeof *samples);
    if (!output || !samples) {
        error_set(error, "null output: out of memory; close other programs");
        goto failed;
    }
    output->callback = callback;
    output->rate_hz = plan->rate_hz;
    output->block_frames = plan->block_frames;
    output->samples = samples;
    callback_set_device(callback, 2, plan->block_frames);
    output->thread = thread_create("null-output", run, output, error);
    if (!output->thread) {
        goto failed;
    }
    return output;

failed:
    free(samples);
    free(output);
    return NULL;
}

void output_null_close(OutputNull *output) {
    if (output) {
        atomic_store_explicit(&output->stop, true, memory_order_relaxed);
        thread_join(output->thread);
        free(output->samples);
        free(output);
    }
}
