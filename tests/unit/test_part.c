// A part's values and controllers become the kernel's row, in the kernel's units.
#include "engine/patch/part.h"
#include "engine/patch/patch.h"

#include <criterion/criterion.h>
#include <math.h>

enum { RATE_HZ = 48000, ARRIVAL_FRAMES = 4800 };

static Part part;
static uint64_t frame;

static bool refreshes(void) {
    const RowContext context = {.rate_hz = RATE_HZ,
                                .noise_gain = 1.0f,
                                .master_gain = 1.0f,
                                .frame = frame,
                                .arrival = frame + ARRIVAL_FRAMES};
    return part_refresh(&part, &context);
}

static void power_up(void) {
    Patch patch;
    patch_init(&patch);
    part_init(&part, patch.values);
    frame = 0;
    cr_assert(refreshes());
}

static double row(RowField field) {
    return (double)part.row.field[field];
}

static void refresh(void) {
    cr_assert(refreshes());
}

static void control(uint8_t controller, uint8_t value) {
    const uint8_t midi[3] = {0xB0, controller, value};
    cr_assert(midi_channel_apply(&part.channel, midi) == MIDI_EFFECT_CONTROL);
    part.changed = true;
    refresh();
}

Test(part, works_its_row_out_only_when_something_changed, .init = power_up) {
    uint32_t version = part.row.version;
    cr_assert(version != 0);
    cr_assert(!refreshes());
    cr_assert(part.row.version == version);
    part_set(&part, PARAM_PAN, -50.0f);
    refresh();
    cr_assert(part.row.version == version + 1);
    cr_assert_float_eq(row(ROW_PAN), -0.5, 1e-6);
}

Test(part, clamps_values_and_replaces_what_is_no_number, .init = power_up) {
    part_set(&part, PARAM_FILTER_CUTOFF, INFINITY);
    cr_assert(part.values[PARAM_FILTER_CUTOFF] == PARAM_INFOS[PARAM_FILTER_CUTOFF].maximum);
    part_set(&part, PARAM_FILTER_CUTOFF, -3.0f);
    cr_assert(part.values[PARAM_FILTER_CUTOFF] == PARAM_INFOS[PARAM_FILTER_CUTOFF].minimum);
    part_set(&part, PARAM_FILTER_CUTOFF, NAN);
    cr_assert(part.values[PARAM_FILTER_CUTOFF] == PARAM_INFOS[PARAM_FILTER_CUTOFF].initial);
}

Test(part, turns_seconds_hertz_and_decibels_into_the_kernels_units, .init = power_up) {
    part_set(&part, PARAM_AMP_ATTACK, 0.5f);
    part_set(&part, PARAM_AMP_RELEASE, 2.0f);
    part_set(&part, PARAM_FILTER_CUTOFF, 1000.0f);
    part_set(&part, PARAM_FILTER_RESONANCE, 100.0f);
    part_set(&part, PARAM_OSC1_COARSE, -12.0f);
    part_set(&part, PARAM_OSC1_FINE, 50.0f);
    double gain = row(ROW_GAIN);
    part_set(&part, PARAM_LEVEL, -6.0f);
    refresh();
    cr_assert_float_eq(row(ROW_AMP_ATTACK_STEP) * RATE_HZ * 0.5, 1.0, 1e-5);
    cr_assert_float_eq(exp2(-row(ROW_AMP_RELEASE_RATE) * RATE_HZ * 2.0), 0.001, 1e-6);
    cr_assert_float_eq(exp2(row(ROW_FILTER_OCTAVES)) * RATE_HZ, 1000.0, 0.01);
    cr_assert_float_eq(1.0 / row(ROW_FILTER_DAMPING), 20.0, 1e-3);
    cr_assert_float_eq(row(ROW_OSC1_OCTAVES) * 1200.0, -1150.0, 1e-3);
    cr_assert_float_eq(20.0 * log10(row(ROW_GAIN) / gain), -6.0, 1e-4);
}

Test(part, hears_the_channels_controllers, .init = power_up) {
    double gain = row(ROW_CHANNEL_GAIN);
    control(7, 50); // from 100: 40 log10(1/2) dB
    cr_assert_float_eq(20.0 * log10(row(ROW_CHANNEL_GAIN) / gain), -12.04, 0.01);
    control(10, 127);
    cr_assert_float_eq(row(ROW_CHANNEL_PAN), 1.0, 1e-6);
    part_set(&part, PARAM_WHEEL_PITCH, 600.0f);
    control(1, 127);
    cr_assert_float_eq(row(ROW_WHEEL), 1.0, 1e-6);
    cr_assert_float_eq(row(ROW_WHEEL_OCTAVES), 0.5, 1e-6);
}

Test(part, bends_by_the_patchs_range_until_the_channel_sets_its_own, .init = power_up) {
    part_set(&part, PARAM_BEND_RANGE, 7.0f);
    const uint8_t bend_up[3] = {0xE0, 127, 127};
    cr_assert(midi_channel_apply(&part.channel, bend_up) == MIDI_EFFECT_CONTROL);
    refresh();
    cr_assert_float_eq(row(ROW_BEND), 1.0, 1e-6);
    cr_assert_float_eq(row(ROW_BEND_OCTAVES) * 12.0, 7.0, 1e-5);
    cr_assert(row(ROW_CHANNEL_BEND_OCTAVES) < 0.0);
    part.channel.bend_range_set = true;
    part.channel.bend_range_semitones = 12.0f;
    part.changed = true;
    refresh();
    cr_assert_float_eq(row(ROW_CHANNEL_BEND_OCTAVES), 1.0, 1e-6);
}

Test(part, keeps_its_controllers_when_it_loads_a_patch, .init = power_up) {
    control(10, 1);
    Patch patch;
    patch_init(&patch);
    part_load(&part, patch.values);
    refresh();
    cr_assert_float_eq(row(ROW_CHANNEL_PAN), -1.0, 1e-6);
}

Test(part, begins_with_nothing_on_its_way, .init = power_up) {
    cr_assert(part.row.moving == 0);
}

Test(part, tells_what_is_on_its_way_until_it_has_arrived, .init = power_up) {
    frame = 160;
    control(7, 50);
    cr_assert(part.row.moving == ROW_BIT(ROW_CHANNEL_GAIN));
    frame = 320;
    part_set(&part, PARAM_FILTER_CUTOFF, 1000.0f);
    refresh();
    cr_assert(part.row.moving == (ROW_BIT(ROW_CHANNEL_GAIN) | ROW_BIT(ROW_FILTER_OCTAVES)));
    frame = 160 + ARRIVAL_FRAMES - 1;
    cr_assert(!refreshes());
    frame = 160 + ARRIVAL_FRAMES;
    refresh();
    cr_assert(part.row.moving == ROW_BIT(ROW_FILTER_OCTAVES));
    frame = 320 + ARRIVAL_FRAMES;
    refresh();
    cr_assert(part.row.moving == 0);
    cr_assert(part.moving_next == UINT64_MAX);
}

Test(part, moves_no_note_to_a_patch_that_was_loaded_but_lets_it_arrive, .init = power_up) {
    frame = 160;
    part_set(&part, PARAM_FILTER_CUTOFF, 1000.0f);
    refresh();
    Patch patch;
    patch_init(&patch);
    patch.values[PARAM_PAN] = 50.0f;
    part_load(&part, patch.values);
    part.channel.gain = 0.5f;
    refresh();
    cr_assert(part.row.moving ==
              (ROW_BIT(ROW_CHANNEL_GAIN) | ROW_BIT(ROW_FILTER_OCTAVES))); // what was on its way
}
