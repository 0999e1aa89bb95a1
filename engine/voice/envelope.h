// An envelope of attack, decay, sustain and release for a register of lanes, one step a control point.
#ifndef ENGINE_VOICE_ENVELOPE_H
#define ENGINE_VOICE_ENVELOPE_H

#include "engine/voice/lane_state.h"
#include "engine/voice/simd_math.h"

#define ENVELOPE_SILENCE 1e-5f // -100 dB: below it a falling envelope ends

typedef struct EnvelopeShape {
    vf attack_step;  // level a frame
    vf decay_rate;   // octaves a frame, towards sustain
    vf sustain;      // 0..1
    vf release_rate; // octaves a frame, towards 0
} EnvelopeShape;

/// The level `frames` after `level`; moves *stage on. A level that has fallen to silence becomes 0 and, with
/// `ends`, STAGE_ENDING.
SIMD_INLINE vf envelope_advance(vi *stage, vf level, const EnvelopeShape *shape, float frames, bool ends) {
    vm attack = vi_equal(*stage, vi_set(STAGE_ATTACK));
    vm decay = vi_equal(*stage, vi_set(STAGE_DECAY));
    vm gone = vm_or(vi_equal(*stage, vi_set(STAGE_ENDING)), vi_equal(*stage, vi_set(STAGE_OFF)));

    vf risen = level + shape->attack_step * frames;
    vm peak = vm_and(attack, vf_less(vf_set(1.0f), risen));

    vf goal = vf_select(decay, shape->sustain, vf_set(0.0f));
    vf rate = vf_select(decay, shape->decay_rate, shape->release_rate);
    vf fallen = goal + (level - goal) * vf_exp2(rate * -frames);
    vm silent = vf_less(vf_max(fallen, goal), vf_set(ENVELOPE_SILENCE));
    fallen = vf_select(vm_or(silent, gone), vf_set(0.0f), fallen);

    vi falling_stage =
        ends ? vi_select(silent, vi_select(gone, *stage, vi_set(STAGE_ENDING)), *stage) : *stage;
    *stage = vi_select(attack, vi_select(peak, vi_set(STAGE_DECAY), *stage), falling_stage);
    return vf_select(attack, vf_min(risen, vf_set(1.0f)), fallen);
}

#endif
