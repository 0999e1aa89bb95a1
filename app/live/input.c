// Polls PortMidi and raw streams, puts what came in the order of time, and hands it to the engine with the
// frames at which it is due.
#include "app/live/input.h"

#include "app/live/input_sources.h"
#include "engine/midi/midi_names.h"
#include "engine/midi/midi_parser.h"
#include "platform/byte_stream.h"
#include "platform/clock.h"
#include "platform/midi_ports.h"
#include "platform/midi_queue.h"
#include "platform/thread.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum {
    READ_MESSAGES = 256, // taken from one input at a time
    READ_BYTES = 1024,   // the same, of a raw stream
    REALTIME_LEVEL = 60, // below the audio thread, above all that may wait
    NS_PER_MS = 1000 * 1000,
    POLL_NS = NS_PER_MS,        // PortMidi's own resolution
    WATCH_NS = 250 * NS_PER_MS, // how soon a device that came or went is noticed
    PLUGGED_NAMES = 64,         // kept until they are asked for, a power of two; more are left out
    PLAUSIBLE_MS = 1000,        // a time stamp further from now is of another clock
};

typedef struct RawStream {
    ByteStream *bytes;
    MidiParser parser;
} RawStream;

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
    MidiList list; // what was asked for
    InputSources sources;
    InputSources gone;
    RawStream streams[MIDI_INPUTS_MAX];
    uint32_t stream_count;
    uint64_t ports; // midi_ports_fingerprint() when the sources were opened
    uint64_t next_watch_ns;
    Arrival arrivals[MIDI_INPUTS_MAX * READ_MESSAGES];
    Thread *thread;
    char plugged_names[PLUGGED_NAMES][MIDI_NAME_BYTES];
    _Atomic uint32_t names_written;
    _Atomic uint32_t names_read;
    _Atomic bool stop;
    _Atomic uint32_t count;
    _Atomic uint64_t events;
    _Atomic uint64_t messages;
    _Atomic uint64_t notes;
    _Atomic uint64_t unplugged;
    _Atomic uint64_t plugged;
    _Atomic uint64_t overflows;
};

static PmTimestamp time_ms(void *user) {
    const Input *input = user;
    return (PmTimestamp)((clock_now_ns() - input->begin_ns) / NS_PER_MS);
}

// Waits for room: order is kept, and what comes meanwhile lies in PortMidi's buffers. Once the input ends it
// drops what finds none.
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
static void let_go(Input *input) {
    for (int channel = 0; channel < PART_COUNT; channel++) {
        Event event;
        midi_channel_event((uint8_t)(MIDI_CONTROLLER | channel), MIDI_CC_SUSTAIN, 0, &event);
        push(input, &event, clock_now_ns());
        midi_channel_event((uint8_t)(MIDI_CONTROLLER | channel), MIDI_CC_ALL_NOTES_OFF, 0, &event);
        push(input, &event, clock_now_ns());
    }
}

static void count_overflow(Input *input) {
    // Relaxed: a figure, nothing follows from it.
    atomic_fetch_add_explicit(&input->overflows, 1, memory_order_relaxed);
    let_go(input);
}

// Takes what waits at one input, after the arrivals of others. Returns how many there are then.
static size_t read_source(Input *input, uint32_t index, size_t arrival_count) {
    InputSource *source = &input->sources.open[index];
    PmEvent events[READ_MESSAGES];
    int count = Pm_Read(source->stream, events, READ_MESSAGES);
    if (count == pmBufferOverflow) {
        count_overflow(input);
        midi_parser_init(&source->parser);
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

// Relaxed: figures, nothing follows from them.
static void count_message(Input *input, const Event *event) {
    atomic_fetch_add_explicit(&input->messages, 1, memory_order_relaxed);
    if (event->kind == EVENT_MIDI && midi_kind(event->midi[0]) == MIDI_NOTE_ON) {
        atomic_fetch_add_explicit(&input->notes, 1, memory_order_relaxed);
    }
}

// Hands on what a message means, and keeps count of it.
static void take(Input *input, const Arrival *arrival) {
    InputSource *source = &input->sources.open[arrival->source];
    Event event;
    if (!midi_parse_packed(&source->parser, arrival->message, &event)) {
        return;
    }
    count_message(input, &event);
    if (event.kind == EVENT_MIDI) {
        input_source_note(source, event.midi);
    }
    push(input, &event, input->begin_ns + (uint64_t)arrival->ms * NS_PER_MS);
}

// A raw stream has no time stamps: what it brings is of now.
static void play_stream(Input *input, RawStream *stream) {
    uint8_t bytes[READ_BYTES];
    int count = byte_stream_read(stream->bytes, bytes, sizeof bytes);
    uint64_t now_ns = clock_now_ns();
    if (count == BYTE_STREAM_LEFT) {
        midi_parser_init(&stream->parser);
        let_go(input);
    }
    for (int i = 0; i < count; i++) {
        Event event;
        if (midi_parse_byte(&stream->parser, bytes[i], &event)) {
            count_message(input, &event);
            push(input, &event, now_ns);
        }
    }
}

static void poll(Input *input) {
    if (midi_queue_lost(input->sources.queue)) {
        count_overflow(input);
        for (uint32_t index = 0; index < input->sources.count; index++) {
            midi_parser_init(&input->sources.open[index].parser);
        }
    }
    size_t count = 0;
    for (uint32_t index = 0; index < input->sources.count; index++) {
        count = read_source(input, index, count);
    }
    sort_arrivals(input->arrivals, count);
    for (size_t i = 0; i < count; i++) {
        take(input, &input->arrivals[i]);
    }
    for (uint32_t i = 0; i < input->stream_count; i++) {
        play_stream(input, &input->streams[i]);
    }
}

static InputClock clock_of(Input *input) {
    return (InputClock){time_ms, input};
}

static void release(void *user, const uint8_t midi[3]) {
    Input *input = user;
    Event event;
    midi_channel_event(midi[0], midi[1], midi[2], &event);
    push(input, &event, clock_now_ns());
}

static void tell_names(Input *input) {
    uint32_t written = atomic_load_explicit(&input->names_written, memory_order_relaxed); // our own
    for (uint32_t i = 0; i < input->sources.count; i++) {
        // Acquire: the reader has copied what lay here.
        if (written - atomic_load_explicit(&input->names_read, memory_order_acquire) < PLUGGED_NAMES) {
            memcpy(input->plugged_names[written++ % PLUGGED_NAMES], input->sources.open[i].name,
                   MIDI_NAME_BYTES);
        }
    }
    atomic_store_explicit(&input->names_written, written, memory_order_release); // after the names
}

// Opens what is connected now, and lets go what a vanished keyboard holds.
static void reopen(Input *input) {
    uint32_t before = input->sources.count;
    input_sources_reopen(&input->sources, &input->list, clock_of(input), &input->gone);
    for (uint32_t i = 0; i < input->gone.count; i++) {
        input_source_release(&input->gone.open[i], release, input);
    }
    tell_names(input);
    uint32_t stayed = before - input->gone.count;
    atomic_fetch_add_explicit(&input->unplugged, input->gone.count, memory_order_relaxed);
    atomic_fetch_add_explicit(&input->plugged, input->sources.count - stayed, memory_order_relaxed);
    atomic_store_explicit(&input->count, input->sources.count + input->stream_count, memory_order_relaxed);
}

static void watch(Input *input) {
    uint64_t now_ns = clock_now_ns();
    if (now_ns < input->next_watch_ns || !input_sources_wanted(&input->list)) {
        return;
    }
    input->next_watch_ns = now_ns + WATCH_NS;
    uint64_t ports = midi_ports_fingerprint();
    if (ports != input->ports) {
        input->ports = ports;
        reopen(input);
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
        watch(input);
        clock_sleep_until_ns(clock_now_ns() + POLL_NS);
    }
}

// Note-offs that come later find no one who listens.
static void let_go_all(Input *input) {
    for (uint32_t i = 0; i < input->sources.count; i++) {
        input_source_release(&input->sources.open[i], release, input);
    }
    for (uint32_t i = 0; i < input->stream_count; i++) {
        let_go(input);
    }
}

static void close_all(Input *input) {
    input_sources_close(&input->sources);
    for (uint32_t i = 0; i < input->stream_count; i++) {
        byte_stream_destroy(input->streams[i].bytes);
    }
}

// False with error filled: a stream was asked for by its path, and a slip is likelier than a device in use.
static bool open_streams(Input *input, Error *error) {
    for (uint32_t i = 0; i < input->list.count; i++) {
        if (input->list.inputs[i].number == MIDI_NUMBER_STREAM) {
            RawStream *stream = &input->streams[input->stream_count];
            midi_parser_init(&stream->parser);
            stream->bytes = byte_stream_create(input->list.inputs[i].name, error);
            if (!stream->bytes) {
                return false;
            }
            input->stream_count++;
        }
    }
    return true;
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
    input->list = *list;
    input->ports = midi_ports_fingerprint();
    input->sources.queue = MIDI_QUEUE_NONE;
    if (!open_streams(input, error)) {
        goto failed;
    }
    if (input_sources_wanted(list)) {
        input_sources_open(&input->sources, list, clock_of(input), trouble);
    }
    atomic_store_explicit(&input->count, input->sources.count + input->stream_count, memory_order_relaxed);
    if (list->all || list->count > 0) { // something plays, or may be plugged in
        input->thread = thread_create("midi-input", run, input, error);
        if (!input->thread) {
            goto failed;
        }
    }
    return input;

failed:
    close_all(input);
    free(input);
    return NULL;
}

void input_destroy(Input *input) {
    if (input) {
        atomic_store_explicit(&input->stop, true, memory_order_relaxed);
        thread_join(input->thread);
        let_go_all(input);
        close_all(input);
        free(input);
    }
}

uint32_t input_count(const Input *input) {
    return atomic_load_explicit(&input->count, memory_order_relaxed);
}

bool input_plugged(Input *input, char name[MIDI_NAME_BYTES]) {
    uint32_t read = atomic_load_explicit(&input->names_read, memory_order_relaxed); // our own
    // Acquire: the name lies there.
    if (read == atomic_load_explicit(&input->names_written, memory_order_acquire)) {
        return false;
    }
    memcpy(name, input->plugged_names[read % PLUGGED_NAMES], MIDI_NAME_BYTES);
    atomic_store_explicit(&input->names_read, read + 1, memory_order_release); // after the copy
    return true;
}

void input_figures(const Input *input, InputFigures *figures) {
    figures->events = atomic_load_explicit(&input->events, memory_order_relaxed);
    figures->messages = atomic_load_explicit(&input->messages, memory_order_relaxed);
    figures->notes = atomic_load_explicit(&input->notes, memory_order_relaxed);
    figures->unplugged = atomic_load_explicit(&input->unplugged, memory_order_relaxed);
    figures->plugged = atomic_load_explicit(&input->plugged, memory_order_relaxed);
    figures->overflows = atomic_load_explicit(&input->overflows, memory_order_relaxed);
}
