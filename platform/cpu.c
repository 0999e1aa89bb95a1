// Asks the processor itself: its instructions and its handling of subnormals, the same on every system.
#include "platform/cpu.h"

#if defined(__x86_64__) || defined(__i386__)

CpuFeatures cpu_features(void) {
    // The compiler's run time asks CPUID, and XGETBV for what the system saves on a context switch.
    __builtin_cpu_init();
    return (CpuFeatures){
        .sse2 = __builtin_cpu_supports("sse2") != 0,
        .avx2 = __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0,
        .avx512 = __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
                  __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0,
    };
}

RT void cpu_flush_subnormals(void) {
    enum { MXCSR_FLUSH_RESULTS = 1 << 15, MXCSR_FLUSH_OPERANDS = 1 << 6 }; // FTZ and DAZ
    __builtin_ia32_ldmxcsr(__builtin_ia32_stmxcsr() | MXCSR_FLUSH_RESULTS | MXCSR_FLUSH_OPERANDS);
}

#elif defined(__aarch64__)

CpuFeatures cpu_features(void) {
    return (CpuFeatures){.neon = true}; // no arm64 system runs without it
}

RT void cpu_flush_subnormals(void) {
    const uint64_t fpcr_flush = UINT64_C(1) << 24; // FZ: results and operands
    uint64_t fpcr;
    __asm__ volatile("mrs %0, fpcr" : "=r"(fpcr));
    __asm__ volatile("msr fpcr, %0" : : "r"(fpcr | fpcr_flush));
}

#else
#error "Polycore runs on x86-64 and arm64"
#endif
