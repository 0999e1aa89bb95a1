// Exponential and logarithm for set-up code: the same bits on every system, unlike a C library's.
#ifndef ENGINE_MATH_H
#define ENGINE_MATH_H

#include "platform/thread_tags.h"

/// 2^x for x clamped to -126..126; as vf_exp2. [any-thread]
RT float math_exp2(float x);

/// sin(2 pi turns) for -0.5..0.5; as vf_sin_turns. [any-thread]
RT float math_sin_turns(float turns);

/// Base-2 logarithm of a normal number > 0, rounded from a double. Error below 1e-7 of the result, 1e-9
/// near 1. [any-thread]
RT float math_log2(float x);

#endif
