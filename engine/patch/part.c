// Turns values in musicians' units into a row in the kernel's.
#include "engine/patch/part.h"

#include "engine/math.h"

#include <string.h>

#define OCTAVES_PER_60_DB 9.965784f   // log2(1000)
#define OCTAVES_PER_DB    0.16609640f // log2(10) / 20
#define RESONANCE_OCTAVES 5.3219281f  // log2(40): from Q 0.5 to Q 20
#define SPREAD_OCTAVES    3.0f        // from middle C to the end of the pan spread

RT void part_init(Part *part, const float values[PARAM_COUNT]) {
    midi_channel_init(&part->channel);
    part->begins = true;
    part->moving_next = UINT64_MAX;
    part_load(part, values);
}

RT void part_load(Part *part, const float values[PARAM_COUNT]) {
    memcpy(part->values, values, sizeof part->values);
    part->row.patch++;
    part->loaded = true;
    part->changed = true;
}

RT void part_set(Part *part, ParamId param, float value) {
    part->values[param] = param_clamp(param, value);
    part->changed = true;
}

RT static void fill_sources(const float *value, float noise_gain, float *row) {
    row[ROW_OSC1_SAW] = value[PARAM_OSC1_SAW] * 0.01f;
    row[ROW_OSC1_PULSE] = value[PARAM_OSC1_PULSE] * 0.01f;
    row[ROW_OSC1_TRIANGLE] = value[PARAM_OSC1_TRIANGLE] * 0.01f;
    row[ROW_OSC1_SINE] = value[PARAM_OSC1_SINE] * 0.01f;
    row[ROW_OSC2_SAW] = value[PARAM_OSC2_SAW] * 0.01f;
    row[ROW_OSC2_PULSE] = value[PARAM_OSC2_PULSE] * 0.01f;
    row[ROW_OSC2_TRIANGLE] = value[PARAM_OSC2_TRIANGLE] * 0.01f;
    row[ROW_OSC2_SINE] = value[PARAM_OSC2_SINE] * 0.01f;
    row[ROW_NOISE] = value[PARAM_NOISE] * 0.01f * noise_gain;
    row[ROW_OSC1_WIDTH] = value[PARAM_OSC1_WIDTH] * 0.01f;
    row[ROW_OSC2_WIDTH] = value[PARAM_OSC2_WIDTH] * 0.01f;
    row[ROW_OSC1_OCTAVES] = value[PARAM_OSC1_COARSE] / 12.0f + value[PARAM_OSC1_FINE] / 1200.0f;
    row[ROW_OSC2_OCTAVES] = value[PARAM_OSC2_COARSE] / 12.0f + value[PARAM_OSC2_FINE] / 1200.0f;
    row[ROW_RANDOM_PHASE] = value[PARAM_OSC_RANDOM_PHASE] * 0.01f;
}

RT static void fill_filter(const float *value, float rate_hz, float *row) {
    row[ROW_FILTER_LOWPASS] = value[PARAM_FILTER_LOWPASS] * 0.01f;
    row[ROW_FILTER_BANDPASS] = value[PARAM_FILTER_BANDPASS] * 0.01f;
    row[ROW_FILTER_HIGHPASS] = value[PARAM_FILTER_HIGHPASS] * 0.01f;
    row[ROW_FILTER_OCTAVES] = math_log2(value[PARAM_FILTER_CUTOFF] / rate_hz);
    row[ROW_FILTER_DAMPING] = 2.0f * math_exp2(value[PARAM_FILTER_RESONANCE] * (-0.01f * RESONANCE_OCTAVES));
    row[ROW_FILTER_ENVELOPE_OCTAVES] = value[PARAM_FILTER_ENVELOPE] / 1200.0f;
    row[ROW_FILTER_KEY_TRACK] = value[PARAM_FILTER_KEY_TRACK] * 0.01f;
    row[ROW_FILTER_VELOCITY_OCTAVES] = value[PARAM_FILTER_VELOCITY] / 1200.0f;
}

RT static void fill_envelopes(const float *value, float rate_hz, float *row) {
    row[ROW_FILTER_ATTACK_STEP] = 1.0f / (value[PARAM_FILTER_ATTACK] * rate_hz);
    row[ROW_FILTER_DECAY_RATE] = OCTAVES_PER_60_DB / (value[PARAM_FILTER_DECAY] * rate_hz);
    row[ROW_FILTER_SUSTAIN] = value[PARAM_FILTER_SUSTAIN] * 0.01f;
    row[ROW_FILTER_RELEASE_RATE] = OCTAVES_PER_60_DB / (value[PARAM_FILTER_RELEASE] * rate_hz);
    row[ROW_AMP_ATTACK_STEP] = 1.0f / (value[PARAM_AMP_ATTACK] * rate_hz);
    row[ROW_AMP_DECAY_RATE] = OCTAVES_PER_60_DB / (value[PARAM_AMP_DECAY] * rate_hz);
    row[ROW_AMP_SUSTAIN] = value[PARAM_AMP_SUSTAIN] * 0.01f;
    row[ROW_AMP_RELEASE_RATE] = OCTAVES_PER_60_DB / (value[PARAM_AMP_RELEASE] * rate_hz);
    row[ROW_AMP_VELOCITY] = value[PARAM_AMP_VELOCITY] * 0.01f;
}

RT static void fill_lfo(const float *value, float rate_hz, float *row) {
    float delay_frames = value[PARAM_LFO_DELAY] * rate_hz;
    row[ROW_LFO_STEP] = value[PARAM_LFO_RATE] / rate_hz;
    row[ROW_LFO_FADE_STEP] = delay_frames > 1.0f ? 1.0f / delay_frames : 1.0f;
    row[ROW_LFO_OCTAVES] = value[PARAM_LFO_PITCH] / 1200.0f;
    row[ROW_LFO_FILTER_OCTAVES] = value[PARAM_LFO_CUTOFF] / 1200.0f;
    row[ROW_LFO_WIDTH] = value[PARAM_LFO_WIDTH] * 0.01f;
    row[ROW_LFO_LEVEL] = value[PARAM_LFO_LEVEL] * 0.01f;
}

RT static void fill_output(const float *value, float *row) {
    row[ROW_WHEEL_OCTAVES] = value[PARAM_WHEEL_PITCH] / 1200.0f;
    row[ROW_WHEEL_FILTER_OCTAVES] = value[PARAM_WHEEL_CUTOFF] / 1200.0f;
    row[ROW_BEND_OCTAVES] = value[PARAM_BEND_RANGE] / 12.0f;
    row[ROW_GAIN] = math_exp2(value[PARAM_LEVEL] * OCTAVES_PER_DB);
    row[ROW_PAN] = value[PARAM_PAN] * 0.01f;
    row[ROW_PAN_KEY_SPREAD] = value[PARAM_PAN_KEY_SPREAD] * 0.01f / SPREAD_OCTAVES;
}

RT static void fill_channel(const MidiChannel *channel, float master_gain, float *row) {
    row[ROW_CHANNEL_GAIN] = channel->gain * master_gain;
    row[ROW_CHANNEL_PAN] = channel->pan;
    row[ROW_WHEEL] = channel->wheel > channel->pressure ? channel->wheel : channel->pressure;
    row[ROW_BEND] = channel->bend;
    row[ROW_CHANNEL_BEND_OCTAVES] = channel->bend_range_set ? channel->bend_range_semitones / 12.0f : -1.0f;
    row[ROW_TUNE_OCTAVES] = channel->tune_cents / 1200.0f;
}

// The fields that sounding lanes have to go to. Those of a patch that was just loaded concern notes to come;
// what lanes of the one before are on their way to, they reach.
RT static void note_moves(Part *part, const PartRow *old, uint64_t arrival) {
    for (int field = 0; field < ROW_SMOOTH_COUNT; field++) {
        bool followed = !part->begins && (!part->loaded || field >= ROW_CHANNEL_GAIN);
        if (followed && part->row.field[field] != old->field[field]) {
            part->moving_until[field] = arrival;
        }
    }
}

RT static void find_moving(Part *part, uint64_t frame) {
    part->row.moving = 0;
    part->moving_next = UINT64_MAX;
    for (int field = 0; field < ROW_SMOOTH_COUNT; field++) {
        uint64_t until = part->moving_until[field];
        if (until > frame) {
            part->row.moving |= ROW_BIT(field);
            part->moving_next = until < part->moving_next ? until : part->moving_next;
        }
    }
}

RT bool part_refresh(Part *part, const RowContext *context) {
    if (!part->changed && context->frame < part->moving_next) {
        return false;
    }
    if (part->changed) {
        PartRow old = part->row;
        float *row = part->row.field;
        fill_sources(part->values, context->noise_gain, row);
        fill_filter(part->values, context->rate_hz, row);
        fill_envelopes(part->values, context->rate_hz, row);
        fill_lfo(part->values, context->rate_hz, row);
        fill_output(part->values, row);
        fill_channel(&part->channel, context->master_gain, row);
        note_moves(part, &old, context->arrival);
        part->changed = part->loaded = part->begins = false;
    }
    find_moving(part, context->frame);
    part->row.version++;
    return true;
}
