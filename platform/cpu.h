// Tells what instructions this processor has and how busy each logical CPU is.
#ifndef PLATFORM_CPU_H
#define PLATFORM_CPU_H

#include "platform/error.h"
#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct CpuFeatures {
    bool sse2;   // also true where the target cannot be without it
    bool avx2;   // with FMA, and enabled by the system
    bool avx512; // F, BW, DQ and VL, and enabled by the system
    bool neon;
} CpuFeatures;

/// [any-thread]
CpuFeatures cpu_features(void);

/// The processor's name, such as "AMD EPYC"; "unknown" where the system does not say. Valid for the program's
/// life. [main-thread]
const char *cpu_name(void);

/// Makes results below the smallest normal float 0 in the calling thread (FTZ and DAZ on x86, FZ on ARM).
/// [any-thread]
RT void cpu_flush_subnormals(void);

/// Time that a logical CPU has spent since the system's start, in ns, by everything that runs on it.
typedef struct CpuLoad {
    uint64_t busy_ns;
    uint64_t total_ns;
    uint64_t
        stolen_ns; // of busy_ns: wanted to run, but a hypervisor ran others; 0 where the system does not tell
} CpuLoad;

/// Fills loads[0..capacity), indexed by the system's CPU number. Returns how many there are, or -1 with error
/// filled. Difference two calls for a load. [any thread but audio and workers]
int32_t cpu_loads(CpuLoad *loads, int32_t capacity, Error *error);

#endif
