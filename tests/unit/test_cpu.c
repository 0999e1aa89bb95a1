// Tests what the processor and the system say about CPUs.
#include "platform/cpu.h"

#include <criterion/criterion.h>
#include <float.h>
#include <string.h>

enum { MANY_CPUS = 1024 };

Test(cpu, has_the_instructions_that_the_target_cannot_be_without) {
    CpuFeatures features = cpu_features();
#if defined(__aarch64__)
    cr_assert(features.neon);
    cr_assert_not(features.sse2);
#else
    cr_assert(features.sse2);
    cr_assert_not(features.neon);
    cr_assert(features.avx2 || !features.avx512, "no processor has AVX-512 without AVX2");
#endif
}

Test(cpu, has_a_name_that_stays) {
    const char *name = cpu_name();
    cr_assert_gt(strlen(name), 0);
    cr_assert_null(strchr(name, '\n'));
    cr_assert_eq(cpu_name(), name);
}

Test(cpu, flushes_subnormal_results_and_operands) {
    volatile float smallest = FLT_MIN;
    volatile float half = 0.5f;
    volatile float subnormal = smallest * half;
    volatile float large = 1e30f;
    cr_assert_gt(subnormal * large, 0.0f);

    cpu_flush_subnormals();
    volatile float result = smallest * half;
    cr_assert_eq(result, 0.0f);
    result = subnormal * large;
    cr_assert_eq(result, 0.0f);
}

Test(cpu, loads_grow_with_work, .timeout = 60) {
    static CpuLoad before[MANY_CPUS];
    static CpuLoad after[MANY_CPUS];
    Error error;
    int32_t count = cpu_loads(before, MANY_CPUS, &error);
    cr_assert_geq(count, 1, "%s", error.text);
    uint64_t busy_ns = 0;
    uint64_t total_ns = 0;
    while (busy_ns == 0) { // some CPU runs this very loop
        cr_assert_eq(cpu_loads(after, MANY_CPUS, &error), count);
        for (int32_t i = 0; i < count && i < MANY_CPUS; i++) {
            cr_assert_geq(after[i].busy_ns, before[i].busy_ns);
            cr_assert_leq(after[i].busy_ns, after[i].total_ns);
            cr_assert_leq(after[i].stolen_ns, after[i].busy_ns);
            busy_ns += after[i].busy_ns - before[i].busy_ns;
            total_ns += after[i].total_ns - before[i].total_ns;
        }
    }
    cr_assert_leq(busy_ns, total_ns);
}

Test(cpu, loads_write_no_more_than_they_are_given) {
    CpuLoad loads[2] = {{1, 1, 0}, {12345, 67890, 0}};
    cr_assert_geq(cpu_loads(loads, 1, NULL), 1);
    cr_assert_gt(loads[0].total_ns, 1);
    cr_assert_eq(loads[1].busy_ns, 12345);
    cr_assert_eq(loads[1].total_ns, 67890);
    cr_assert_geq(cpu_loads(NULL, 0, NULL), 1);
}
