// Reads the processor's name by sysctl and each CPU's load by host_processor_info.
#include "platform/cpu.h"

#include <mach/mach.h>
#include <pthread.h>
#include <string.h>
#include <sys/sysctl.h>
#include <unistd.h>

enum { NAME_BYTES = 128 };

static const uint64_t NS_PER_SECOND = 1000000000u;

static char name[NAME_BYTES] = "unknown";

static void read_name(void) {
    char found[NAME_BYTES] = "";
    size_t bytes = sizeof found - 1;
    if (sysctlbyname("machdep.cpu.brand_string", found, &bytes, NULL, 0) == 0 && found[0]) {
        memcpy(name, found, sizeof name);
    }
}

const char *cpu_name(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_name);
    return name;
}

int32_t cpu_loads(CpuLoad *loads, int32_t capacity, Error *error) {
    natural_t count = 0;
    processor_info_array_t info = NULL;
    mach_msg_type_number_t words = 0;
    if (host_processor_info(mach_host_self(), PROCESSOR_CPU_LOAD_INFO, &count, &info, &words) !=
        KERN_SUCCESS) {
        error_set(error, "processor load: macOS does not tell it; the loads of this system cannot be shown");
        return -1;
    }
    uint64_t ns_per_tick = NS_PER_SECOND / (uint64_t)sysconf(_SC_CLK_TCK);
    for (natural_t cpu = 0; cpu < count && (int32_t)cpu < capacity; cpu++) {
        loads[cpu] = (CpuLoad){0};
        for (int state = 0; state < CPU_STATE_MAX; state++) {
            // Ticks are 32-bit and wrap after more than a year.
            uint64_t ns = (uint32_t)info[cpu * CPU_STATE_MAX + (natural_t)state] * ns_per_tick;
            loads[cpu].total_ns += ns;
            loads[cpu].busy_ns += state == CPU_STATE_IDLE ? 0 : ns;
        }
    }
    vm_deallocate(mach_task_self(), (vm_address_t)info, words * sizeof *info);
    return (int32_t)count;
}
