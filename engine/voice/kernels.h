// Knows which kernels this build has and this CPU runs.
#ifndef ENGINE_VOICE_KERNELS_H
#define ENGINE_VOICE_KERNELS_H

#include "engine/voice/kernel.h"
#include "engine/voice/simd_kind.h"

#include <stdbool.h>

/// The kernel of that kind, NULL when this build has none. [any-thread]
const Kernel *kernel_for(SimdKind kind);

/// True when this build has the kernel and this CPU runs it. SIMD_AUTO: true. [any-thread]
bool simd_kind_available(SimdKind kind);

/// The widest available kind. [any-thread]
SimdKind simd_kind_best(void);

#endif
