// Polls PortMidi and raw streams, puts what came in the order of time, and hands it to the engine with the
// frames at which it is due.
#include "app/input.h"

#include "engine/midi.h"
#include "platform/byte_stream.h"
#include "platform/clock.h"
#include "platform/thread.h"

#include <portmidi.h>
#include <stdatomic.h>
#include <stdlib.h>

enum {
    BUFFER_MESSAGES = 4096, // a second of the densest stream that a wire carries
    READ_MESSAGES = 256,    // taken from one input at a time
    READ_BYTES = 1024,      // the same, of a raw stream
    REALTIME_LEVEL = 60,    // below the audio thread, above all that may wait
    NS_PER_MS = 1000 * 1000,
    POLL_NS = NS_PER_MS, // PortMidi's own resolution
    PLAUSIBLE_MS = 1000, // a time stamp further from now is of another clock
    STATUS_CONTROLLER = 0xB0,
    CONTROLLER_SUSTAIN = 64,
    CONTROLLER_ALL_NOTES_OFF = 123,
};

typedef struct Source {
    PortMidiStream *stream; // NULL: a raw stream
    ByteStream *bytes;
    MidiParser parser;
} Source;

typedef struct Arrival {
    PmTimestamp ms;
    uint32_t source;
    uint32_t message;
} Arrival;

struct Input {
    Engine *engine;
    const FrameClock *clock;
    Heard *heard;
    uint64_t begin_ns; // time 0 of the time stamps
    uint64_t last_frame;
    Source sources[MIDI_INPUTS_MAX];
    uint32_t count;
    Arrival arrivals[MIDI_INPUTS_MAX * READ_MESSAGES];
    Thread *thread;
    _Atomic bool stop;
    _Atomic uint64_t events;
    _Atomic uint64_t overflows;
};

static PmTimestamp time_ms(void *user) {
    const Input *input = user;
    return (PmTimestamp)((clock_now_ns() - input->begin_ns) / NS_PER_MS);
}

// Waits for room: order is kept, and what comes meanwhile lies in PortMidi's buffers.
static void push(Input *input, Event *event, uint64_t time_ns) {
    uint64_t frame = frame_clock_frame_at(input->clock, time_ns);
    input->last_frame = frame > input->last_frame ? frame : input->last_frame;
    event->frame = input->last_frame;
    while (!engine_push(input->engine, EVENT_SOURCE_MIDI, event)) {
        if (atomic_load_explicit(&input->stop, memory_order_relaxed)) {
            return;
        }
        clock_sleep_until_ns(clock_now_ns() + POLL_NS);
    }
    heard_push(input->heard, event);
    atomic_fetch_add_explicit(&input->events, 1, memory_order_relaxed); // a figure, nothing follows from it
}

// Note-offs were lost, or will not come: lets every note go.
static void let_go(Input *input, Source *source) {
    midi_parser_init(&source->parser);
    for (int channel = 0; channel < PART_COUNT; channel++) {
        Event event;
        midi_channel_event((uint8_t)(STATUS_CONTROLLER | channel), CONTROLLER_SUSTAIN, 0, &event);
        push(input, &event, clock_now_ns());
        midi_channel_event((uint8_t)(STATUS_CONTROLLER | channel), CONTROLLER_ALL_NOTES_OFF, 0, &event);
        push(input, &event, clock_now_ns());
    }
}

// Takes what waits at one input, after the arrivals of others. Returns how many there are then.
static size_t read_source(Input *input, uint32_t index, size_t arrival_count) {
    Source *source = &input->sources[index];
    PmEvent events[READ_MESSAGES];
    int count = Pm_Read(source->stream, events, READ_MESSAGES);
    if (count == pmBufferOverflow) {
        // Relaxed: a figure, nothing follows from it.
        atomic_fetch_add_explicit(&input->overflows, 1, memory_order_relaxed);
        let_go(input, source);
        return arrival_count;
    }
    PmTimestamp now_ms = time_ms(input);
    for (int i = 0; i < count; i++) {
        PmTimestamp ms = events[i].timestamp;
        bool plausible = ms <= now_ms && now_ms - ms < PLAUSIBLE_MS;
        input->arrivals[arrival_count++] =
            (Arrival){plausible ? ms : now_ms, index, (uint32_t)events[i].message};
    }
    return arrival_count;
}

// By insertion, which keeps the order of equals: little comes in a millisecond, and that nearly in order.
static void sort_arrivals(Arrival *arrivals, size_t count) {
    for (size_t i = 1; i < count; i++) {
        Arrival arrival = arrivals[i];
        size_t place = i;
        for (; place > 0 && arrivals[place - 1].ms > arrival.ms; place--) {
            arrivals[place] = arrivals[place - 1];
        }
        arrivals[place] = arrival;
    }
}

// A raw stream has no time stamps: what it brings is of now.
static void play_stream(Input *input, Source *source) {
    uint8_t bytes[READ_BYTES];
    int count = byte_stream_read(source->bytes, bytes, sizeof bytes);
    uint64_t now_ns = clock_now_ns();
    if (count == BYTE_STREAM_LEFT) {
        let_go(input, source);
    }
    for (int i = 0; i < count; i++) {
        Event event;
        if (midi_parse_byte(&source->parser, bytes[i], &event)) {
            push(input, &event, now_ns);
        }
    }
}

static void poll(Input *input) {
    size_t count = 0;
    for (uint32_t index = 0; index < input->count; index++) {
        if (input->sources[index].stream) {
            count = read_source(input, index, count);
        }
    }
    sort_arrivals(input->arrivals, count);
    for (size_t i = 0; i < count; i++) {
        const Arrival *arrival = &input->arrivals[i];
        Event event;
        if (midi_parse_packed(&input->sources[arrival->source].parser, arrival->message, &event)) {
            push(input, &event, input->begin_ns + (uint64_t)arrival->ms * NS_PER_MS);
        }
    }
    for (uint32_t index = 0; index < input->count; index++) {
        if (input->sources[index].bytes) {
            play_stream(input, &input->sources[index]);
        }
    }
}

static void run(void *argument) {
    Input *input = argument;
    ThreadGrant grant;
    // Without it keys may be a little late on a busy machine.
    thread_ask_priority((ThreadPriority){THREAD_CLASS_REALTIME, REALTIME_LEVEL}, &grant, NULL);
    // Relaxed: the flag stands alone, joining the thread orders the rest.
    while (!atomic_load_explicit(&input->stop, memory_order_relaxed)) {
        poll(input);
        clock_sleep_until_ns(clock_now_ns() + POLL_NS);
    }
}

static void close_sources(Input *input) {
    for (uint32_t i = 0; i < input->count; i++) {
        if (input->sources[i].stream) {
            Pm_Close(input->sources[i].stream);
        }
        byte_stream_destroy(input->sources[i].bytes);
    }
}

static bool open_source(Input *input, const MidiDevice *device, Error *error) {
    Source *source = &input->sources[input->count];
    midi_parser_init(&source->parser);
    if (device->number == MIDI_NUMBER_STREAM) {
        source->bytes = byte_stream_create(device->name, error);
        return source->bytes != NULL;
    }
    PmError status = Pm_OpenInput(&source->stream, device->number, NULL, BUFFER_MESSAGES, time_ms, input);
    if (status != pmNoError) {
        source->stream = NULL;
        error_set(error, "MIDI input %s does not open: %s; close the program that uses it", device->name,
                  Pm_GetErrorText(status));
    }
    return status == pmNoError;
}

Input *input_create(const MidiList *list, Engine *engine, const FrameClock *clock, Heard *heard,
                    Error *trouble, Error *error) {
    trouble->text[0] = '\0';
    Input *input = calloc(1, sizeof *input);
    if (!input) {
        error_set(error, "MIDI input: out of memory; close other programs");
        return NULL;
    }
    input->engine = engine;
    input->clock = clock;
    input->heard = heard;
    input->begin_ns = clock_now_ns();
    for (uint32_t i = 0; i < list->count; i++) {
        Error cause;
        if (open_source(input, &list->inputs[i], &cause)) {
            input->count++;
        } else if (list->inputs[i].number == MIDI_NUMBER_STREAM) {
            *error = cause; // it was asked for by its path: a slip is likelier than a device in use
            goto failed;
        } else if (!trouble->text[0]) {
            *trouble = cause;
        }
    }
    if (input->count > 0) {
        input->thread = thread_create("midi-input", run, input, error);
        if (!input->thread) {
            goto failed;
        }
    }
    return input;

failed:
    close_sources(input);
    free(input);
    return NULL;
}

void input_destroy(Input *input) {
    if (input) {
        atomic_store_explicit(&input->stop, true, memory_order_relaxed);
        thread_join(input->thread);
        close_sources(input);
        free(input);
    }
}

uint32_t input_count(const Input *input) {
    return input->count;
}

void input_figures(const Input *input, InputFigures *figures) {
    figures->events = atomic_load_explicit(&input->events, memory_order_relaxed);
    figures->overflows = atomic_load_explicit(&input->overflows, memory_order_relaxed);
}
