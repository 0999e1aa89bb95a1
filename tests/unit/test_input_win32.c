// MIDI input on Windows: PortMidi's own code, driven through a stand-in for winmm's MIDI calls.
#include "app/live/input.h"
#include "platform/clock.h"
#include "tests/support/fake_winmm.h"
#include "tests/support/tiny_song.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

enum {
    BLOCK_FRAMES = 64,
    NOTES = 10000,
    PAIR_BYTES = 6,
    BATCH_PAIRS = 500,
    SYSEX_BYTES = 200, // three of PortMidi's buffers
    STEP_NS = 1000 * 1000,
};

static const uint64_t PATIENCE_NS = 30000000000u; // for a machine that is busy
static const uint64_t REPLUG_NS = 2000000000u;    // in which a keyboard that is back plays again
static const uint64_t FOUR_GB = 1ull << 32;

static Engine *engine;
static FrameClock frame_clock; // never ticked: all is due at once
static Heard heard;
static Input *input;
static FakePort *keys;

/// Takes the address space below 4 GB, so that a pointer cut to 32 bits points nowhere: first what is free,
/// then what the heap still has there.
static void take_low_memory(void) {
    MEMORY_BASIC_INFORMATION region;
    SYSTEM_INFO system;
    GetSystemInfo(&system);
    uintptr_t grain = system.dwAllocationGranularity;
    for (uintptr_t at = grain; at < FOUR_GB && VirtualQuery((void *)at, &region, sizeof region);) {
        uintptr_t end = (uintptr_t)region.BaseAddress + region.RegionSize;
        if (region.State == MEM_FREE) {
            VirtualAlloc((void *)at, (end < FOUR_GB ? end : FOUR_GB) - at, MEM_RESERVE, PAGE_NOACCESS);
        }
        at = (end + grain - 1) / grain * grain;
    }
    for (size_t bytes = 1024; bytes > 0; bytes -= 16) {
        while ((uintptr_t)malloc(bytes) < FOUR_GB) {
        }
    }
}

static void begin(void) {
    take_low_memory();
    EngineConfig config = engine_config_default();
    config.pool.workers = 1;
    Error error = {""};
    engine = engine_create(&config, tiny_bank(), &error);
    cr_assert(engine, "%s", error.text);
    frame_clock_init(&frame_clock, config.rate_hz);
    keys = fake_plug(L"Keys");
}

/// Opens what is asked for: every input when wanted is NULL.
static void open_input(const char *wanted, Error *trouble) {
    Error error = {""};
    MidiList list;
    cr_assert(midi_system_start(true, &error), "%s", error.text);
    midi_list_fill(&list);
    cr_assert(midi_list_choose(&list, &wanted, wanted != NULL, &error), "%s", error.text);
    input = input_create(&list, engine, &frame_clock, &heard, trouble, &error);
    cr_assert(input, "%s", error.text);
}

static void end(void) {
    input_destroy(input);
    midi_system_stop();
    engine_destroy(engine);
    FakeFigures figures = fake_figures(keys);
    cr_expect_eq(figures.refused, 0);
    cr_expect_eq(figures.closed, figures.opened);
    cr_expect_eq(figures.buffers, 0);
}

TestSuite(input_win32, .init = begin, .fini = end);

static void render(void) {
    float sound[CHANNEL_COUNT][BLOCK_FRAMES];
    engine_render(engine, CHANNELS_AT(sound, 0), BLOCK_FRAMES, 0);
}

static InputFigures figures_now(void) {
    InputFigures figures;
    input_figures(input, &figures);
    return figures;
}

/// Plays until so many messages have come.
static void await_messages(uint64_t messages) {
    uint64_t limit_ns = clock_now_ns() + PATIENCE_NS;
    while (figures_now().messages < messages && clock_now_ns() < limit_ns) {
        render();
        clock_sleep_until_ns(clock_now_ns() + STEP_NS);
    }
    render();
    cr_assert_eq(figures_now().messages, messages);
}

static void await_silence(void) {
    uint64_t limit_ns = clock_now_ns() + PATIENCE_NS;
    do {
        render();
    } while (engine_voices_sounding(engine) > 0 && clock_now_ns() < limit_ns);
    cr_assert_eq(engine_voices_sounding(engine), 0);
}

#define SEND(...) fake_send(keys, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))

Test(input_win32, a_keyboard_is_heard_though_every_pointer_is_wide) {
    Error trouble;
    open_input(NULL, &trouble);
    cr_assert_eq(input_count(input), 1);
    cr_assert_gt(fake_figures(keys).lowest, FOUR_GB);
    SEND(0x90, 60, 100, 64, 100, 67, 100); // on running status
    await_messages(3);
    cr_expect_eq(figures_now().notes, 3);
    cr_expect_eq(engine_voices_sounding(engine), 3);
    SEND(60, 0, 64, 0, 67, 0);
    await_messages(6);
    await_silence();
}

Test(input_win32, a_long_sysex_with_clock_inside_leaves_the_notes_after_it_whole) {
    Error trouble;
    open_input(NULL, &trouble);
    FakeFigures before = fake_figures(keys);
    uint8_t sysex[SYSEX_BYTES] = {0xF0, 0x7D};
    for (int i = 20; i < SYSEX_BYTES; i += 20) {
        sysex[i] = 0xF8;
        sysex[i + 1] = 0xFE;
    }
    sysex[SYSEX_BYTES - 1] = 0xF7;
    fake_send(keys, sysex, sizeof sysex);
    SEND(0x90, 60, 100, 0xF8, 60, 0);
    SEND(0xF0, 0x7E, 0x7F, 0xF8, 0x09, 0x01, 0xF7); // a reset, which counts as a message
    await_messages(3);
    cr_expect_eq(figures_now().notes, 1);
    FakeFigures after = fake_figures(keys);
    cr_expect_eq(after.returned, 4);
    cr_expect_eq(after.buffers, before.buffers);
    await_silence();
}

static DWORD WINAPI play_notes(void *argument) {
    (void)argument;
    uint8_t pairs[BATCH_PAIRS * PAIR_BYTES];
    for (int i = 0; i < BATCH_PAIRS; i++) {
        uint8_t key = (uint8_t)(36 + i % 60);
        memcpy(pairs + i * PAIR_BYTES, (uint8_t[PAIR_BYTES]){0x90, key, 100, 0x80, key, 0}, PAIR_BYTES);
    }
    for (uint64_t sent = 0; sent < NOTES; sent += BATCH_PAIRS) {
        while (figures_now().notes < sent) { // PortMidi keeps 4,096 messages
            Sleep(1);
        }
        fake_send(keys, pairs, sizeof pairs);
    }
    return 0;
}

Test(input_win32, of_ten_thousand_notes_none_is_lost) {
    Error trouble;
    open_input(NULL, &trouble);
    HANDLE driver = CreateThread(NULL, 0, play_notes, NULL, 0, NULL);
    await_messages(2 * NOTES);
    WaitForSingleObject(driver, INFINITE);
    CloseHandle(driver);
    cr_expect_eq(figures_now().notes, NOTES);
    cr_expect_eq(figures_now().overflows, 0);
    await_silence();
}

static void await_unplugged(void) {
    uint64_t limit_ns = clock_now_ns() + PATIENCE_NS;
    while (figures_now().unplugged == 0 && clock_now_ns() < limit_ns) {
        clock_sleep_until_ns(clock_now_ns() + STEP_NS);
    }
    cr_assert_eq(figures_now().unplugged, 1);
}

Test(input_win32, what_a_keyboard_held_is_let_go_when_it_is_unplugged) {
    Error trouble;
    open_input(NULL, &trouble);
    SEND(0xB0, 64, 127, 0x90, 60, 100, 64, 100, 0x80, 64, 0);
    await_messages(4);
    cr_expect_eq(engine_voices_sounding(engine), 2);
    fake_unplug(keys);
    await_unplugged();
    await_silence();
    cr_expect_eq(fake_figures(keys).closed, 1);
}

Test(input_win32, a_keyboard_is_opened_by_name_when_it_comes_back_with_another_number) {
    Error trouble;
    FakePort *first = keys;
    open_input("Keys", &trouble);
    fake_unplug(first);
    await_unplugged();
    FakePort *pads = fake_plug(L"Pads");
    keys = fake_plug(L"Keys");
    uint64_t plugged_ns = clock_now_ns();
    while (figures_now().plugged == 0 && clock_now_ns() < plugged_ns + PATIENCE_NS) {
        clock_sleep_until_ns(clock_now_ns() + STEP_NS);
    }
    cr_expect_lt(clock_now_ns() - plugged_ns, REPLUG_NS);
    cr_expect_eq(fake_figures(pads).opened, 0);
    SEND(0x90, 60, 100);
    await_messages(1);
    cr_expect_eq(engine_voices_sounding(engine), 1);
}

Test(input_win32, one_that_another_program_has_is_told_by_name_and_the_rest_are_open) {
    Error trouble;
    FakePort *pads = fake_plug(L"Pads");
    fake_occupy(pads);
    open_input(NULL, &trouble);
    cr_expect_eq(input_count(input), 1);
    cr_expect(strstr(trouble.text, "Pads"), "%s", trouble.text);
    SEND(0x90, 60, 100);
    await_messages(1);
}

Test(input_win32, one_that_takes_another_s_place_at_once_is_noticed_by_its_name) {
    Error trouble;
    open_input(NULL, &trouble);
    fake_unplug(keys);
    keys = fake_plug(L"Pads");
    await_unplugged();
    SEND(0x90, 60, 100);
    await_messages(1);
    cr_expect_eq(figures_now().plugged, 1);
}

Test(input_win32, a_name_beyond_ascii_is_listed_in_utf8) {
    Error trouble;
    fake_plug(L"Touches \xE9t\xE9");
    open_input(NULL, &trouble);
    MidiList list;
    midi_list_fill(&list);
    cr_assert_eq(list.count, 2);
    cr_expect_str_eq(list.inputs[1].name, "Touches \xC3\xA9t\xC3\xA9");
}
