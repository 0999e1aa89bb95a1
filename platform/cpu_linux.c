// Reads the processor's name and load from /proc.
#include "platform/cpu.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const uint64_t NS_PER_SECOND = 1000000000u;

enum {
    NAME_BYTES = 128,
    LINE_BYTES = 4096, // x86 lists some 2 KB of flags in one line
};

static char name[NAME_BYTES] = "unknown";

/// Copies what stands after "key\t: " to name. False when the line is another key's.
static bool take_value(const char *line, const char *key) {
    size_t length = strlen(key);
    const char *colon = strchr(line, ':');
    if (!colon || strncmp(line, key, length) != 0 ||
        strspn(line + length, " \t") != (size_t)(colon - line) - length) {
        return false;
    }
    const char *value = colon + 1 + strspn(colon + 1, " \t");
    int shown = (int)strcspn(value, "\n");
    if (shown == 0) {
        return false;
    }
    snprintf(name, sizeof name, "%.*s", shown, value);
    return true;
}

static void read_name(void) {
    FILE *file = fopen("/proc/cpuinfo", "re");
    if (!file) {
        return;
    }
    char line[LINE_BYTES];
    while (fgets(line, sizeof line, file)) {
        // arm64 kernels name no processor; some boards name themselves in "Model".
        if (take_value(line, "model name") || take_value(line, "Model")) {
            break;
        }
    }
    fclose(file);
}

const char *cpu_name(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, read_name);
    return name;
}

/// Reads "cpuN user nice system idle iowait irq softirq steal ..."; guest time is part of user and nice.
/// Returns N, or -1.
static int32_t parse_load(const char *line, uint64_t ns_per_tick, CpuLoad *load) {
    enum { IDLE = 3, IOWAIT = 4, STEAL = 7, FIELD_COUNT = 8 };
    char *next;
    if (strncmp(line, "cpu", 3) != 0 || line[3] < '0' || line[3] > '9') {
        return -1;
    }
    int32_t cpu = (int32_t)strtol(line + 3, &next, 10);
    *load = (CpuLoad){0};
    for (int field = 0; field < FIELD_COUNT; field++) {
        uint64_t ns = strtoull(next, &next, 10) * ns_per_tick;
        load->total_ns += ns;
        load->busy_ns += field == IDLE || field == IOWAIT ? 0 : ns;
        load->stolen_ns += field == STEAL ? ns : 0;
    }
    return cpu;
}

int32_t cpu_loads(CpuLoad *loads, int32_t capacity, Error *error) {
    FILE *file = fopen("/proc/stat", "re");
    if (!file) {
        error_set(error, "/proc/stat: %s; mount /proc to see each CPU's load", strerror(errno));
        return -1;
    }
    uint64_t ns_per_tick = NS_PER_SECOND / (uint64_t)sysconf(_SC_CLK_TCK);
    for (int32_t i = 0; i < capacity; i++) {
        loads[i] = (CpuLoad){0}; // a CPU that is off has no line
    }
    int32_t count = 0;
    char line[LINE_BYTES];
    while (fgets(line, sizeof line, file)) {
        CpuLoad load;
        int32_t cpu = parse_load(line, ns_per_tick, &load);
        if (cpu >= 0 && cpu < capacity) {
            loads[cpu] = load;
        }
        count = cpu >= count ? cpu + 1 : count;
    }
    fclose(file);
    if (count == 0) {
        error_set(error, "/proc/stat: names no CPU; the loads of this system cannot be shown");
        return -1;
    }
    return count;
}
