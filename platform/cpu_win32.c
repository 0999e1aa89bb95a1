// Reads the processor's name from the registry and each CPU's load from the kernel.
#include "platform/cpu.h"

#include <string.h>
#include <windows.h>
#include <winternl.h>

enum { NAME_BYTES = 128 };

static const uint64_t NS_PER_FILE_TIME = 100; // the unit of Win32's times
static const int32_t CPUS_PER_GROUP =
    64; // CPU numbers here, as in hwloc, are group * 64 + number in the group

static char name[NAME_BYTES] = "unknown";

static BOOL CALLBACK read_name(PINIT_ONCE once, PVOID parameter, PVOID *context) {
    (void)once;
    (void)parameter;
    (void)context;
    char found[NAME_BYTES];
    DWORD bytes = sizeof found;
    if (RegGetValueA(HKEY_LOCAL_MACHINE, "HARDWARE\\DESCRIPTION\\System\\CentralProcessor\\0",
                     "ProcessorNameString", RRF_RT_REG_SZ, NULL, found, &bytes) == ERROR_SUCCESS) {
        const char *first = found + strspn(found, " "); // Intel pads on the left
        memcpy(name, first, strlen(first) + 1);
    }
    return TRUE;
}

const char *cpu_name(void) {
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    InitOnceExecuteOnce(&once, read_name, NULL, NULL);
    return name;
}

typedef SYSTEM_PROCESSOR_PERFORMANCE_INFORMATION GroupTimes[64];
typedef NTSTATUS(NTAPI *QueryGroup)(SYSTEM_INFORMATION_CLASS kind, PVOID input, ULONG input_bytes,
                                    PVOID output, ULONG output_bytes, PULONG returned);

/// Asks for the times of one group's CPUs. Returns how many it has, 0 when refused.
static int32_t query_group(USHORT group, GroupTimes times) {
    ULONG bytes = 0;
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
    QueryGroup query = ntdll ? (QueryGroup)(void *)GetProcAddress(ntdll, "NtQuerySystemInformationEx") : NULL;
    if (query && query(SystemProcessorPerformanceInformation, &group, sizeof group, times, sizeof(GroupTimes),
                       &bytes) >= 0) {
        return (int32_t)(bytes / sizeof times[0]);
    }
    // Windows without groups, and wine, know this form alone, which tells of the caller's group.
    if (group == 0 && NtQuerySystemInformation(SystemProcessorPerformanceInformation, times,
                                               sizeof(GroupTimes), &bytes) >= 0) {
        return (int32_t)(bytes / sizeof times[0]);
    }
    return 0;
}

/// Fills group's part of loads. False when the system refuses.
static bool read_group(USHORT group, CpuLoad *loads, int32_t capacity) {
    GroupTimes times;
    int32_t count = query_group(group, times);
    for (int32_t i = 0; i < count && group * CPUS_PER_GROUP + i < capacity; i++) {
        // KernelTime includes IdleTime.
        uint64_t total = (uint64_t)(times[i].KernelTime.QuadPart + times[i].UserTime.QuadPart);
        loads[group * CPUS_PER_GROUP + i] = (CpuLoad){
            .busy_ns = (total - (uint64_t)times[i].IdleTime.QuadPart) * NS_PER_FILE_TIME,
            .total_ns = total * NS_PER_FILE_TIME,
        };
    }
    return count > 0;
}

int32_t cpu_loads(CpuLoad *loads, int32_t capacity, Error *error) {
    WORD groups = GetActiveProcessorGroupCount();
    memset(loads, 0, sizeof *loads * (size_t)(capacity > 0 ? capacity : 0)); // a group may have fewer than 64
    for (WORD group = 0; group < groups; group++) {
        if (!read_group(group, loads, capacity)) {
            error_set(error,
                      "processor load: Windows does not tell it; the loads of this system cannot be shown");
            return -1;
        }
    }
    return (groups - 1) * CPUS_PER_GROUP + (int32_t)GetActiveProcessorCount((WORD)(groups - 1));
}
