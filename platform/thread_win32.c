// Makes threads by CreateThread and places them by group affinity, or CPU sets where that is refused.
#include "platform/thread.h"

#include "platform/wide_win32.h"

#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

enum {
    CPUS_PER_GROUP = 64, // CPU numbers here, as in hwloc, are group * 64 + number in the group
    OBJECT_BYTES = 64,
};

struct Thread {
    HANDLE handle;
    char name[THREAD_NAME_BYTES];
    void (*run)(void *argument);
    void *argument;
};

typedef HRESULT(WINAPI *SetDescription)(HANDLE thread, PCWSTR description);

/// Shows the name in debuggers and Process Explorer; Windows before 10 1607 cannot.
static void set_name(const char *name) {
    HMODULE kernel = GetModuleHandleW(L"kernelbase.dll");
    SetDescription set =
        kernel ? (SetDescription)(void *)GetProcAddress(kernel, "SetThreadDescription") : NULL;
    wchar_t *wide = set ? wide_from_utf8(name) : NULL;
    if (wide) {
        set(GetCurrentThread(), wide);
        free(wide);
    }
}

static DWORD WINAPI thread_main(LPVOID argument) {
    Thread *thread = argument;
    set_name(thread->name);
    thread->run(thread->argument);
    return 0;
}

Thread *thread_create(const char *name, void (*run)(void *argument), void *argument, Error *error) {
    Thread *thread = malloc(sizeof *thread);
    if (!thread) {
        error_set(error, "thread %s: no memory; end other programs", name);
        return NULL;
    }
    *thread = (Thread){.run = run, .argument = argument};
    snprintf(thread->name, sizeof thread->name, "%s", name);
    thread->handle = CreateThread(NULL, 0, thread_main, thread, 0, NULL);
    if (!thread->handle) {
        char object[OBJECT_BYTES];
        snprintf(object, sizeof object, "thread %s", name);
        wide_error(error, object, GetLastError(), "end other programs");
        free(thread);
        return NULL;
    }
    return thread;
}

void thread_join(Thread *thread) {
    if (!thread) {
        return;
    }
    WaitForSingleObject(thread->handle, INFINITE);
    CloseHandle(thread->handle);
    free(thread);
}

uint64_t thread_self_id(void) {
    return GetCurrentThreadId();
}

static bool pin_by_affinity(int32_t cpu) {
    GROUP_AFFINITY wanted = {.Mask = (KAFFINITY)1 << cpu % CPUS_PER_GROUP,
                             .Group = (WORD)(cpu / CPUS_PER_GROUP)};
    GROUP_AFFINITY granted;
    return SetThreadGroupAffinity(GetCurrentThread(), &wanted, NULL) &&
           GetThreadGroupAffinity(GetCurrentThread(), &granted) && granted.Group == wanted.Group &&
           granted.Mask == wanted.Mask;
}

// CPU sets (Windows 10), called by name: mingw-w64's headers before version 11 lack them.
typedef struct CpuSet {
    DWORD bytes;
    int kind; // 0: this form
    DWORD id;
    WORD group;
    BYTE number_in_group;
    BYTE rest[17];
} CpuSet;
typedef BOOL(WINAPI *GetCpuSets)(void *sets, ULONG bytes, PULONG returned, HANDLE process, ULONG flags);
typedef BOOL(WINAPI *SelectCpuSets)(HANDLE thread, const ULONG *ids, ULONG count);

static FARPROC kernel_function(const char *name) {
    HMODULE kernel = GetModuleHandleW(L"kernel32.dll");
    return kernel ? GetProcAddress(kernel, name) : NULL;
}

/// The system's id of a CPU's set; 0 when it has none.
static ULONG cpu_set_id(int32_t cpu) {
    GetCpuSets get = (GetCpuSets)(void *)kernel_function("GetSystemCpuSetInformation");
    ULONG bytes = 0;
    if (get) {
        get(NULL, 0, &bytes, GetCurrentProcess(), 0);
    }
    char *sets = bytes > 0 ? malloc(bytes) : NULL;
    ULONG id = 0;
    if (sets && get(sets, bytes, &bytes, GetCurrentProcess(), 0)) {
        for (ULONG at = 0; at < bytes && id == 0;) {
            const CpuSet *set = (const void *)(sets + at);
            if (set->kind == 0 && set->group * CPUS_PER_GROUP + set->number_in_group == cpu) {
                id = set->id;
            }
            at += set->bytes;
        }
    }
    free(sets);
    return id;
}

/// Selects CPU sets for the calling thread; no ids: all again.
static bool select_cpu_sets(const ULONG *ids, ULONG count) {
    SelectCpuSets select = (SelectCpuSets)(void *)kernel_function("SetThreadSelectedCpuSets");
    return select && select(GetCurrentThread(), ids, count);
}

/// CPU sets are a wish that the system follows unless power saving or another's reservation forbids.
static bool pin_by_cpu_set(int32_t cpu) {
    ULONG id = cpu_set_id(cpu);
    return id != 0 && select_cpu_sets(&id, 1);
}

bool thread_can_pin(void) {
    return true;
}

bool thread_pin(int32_t cpu, Error *error) {
    char object[OBJECT_BYTES];
    snprintf(object, sizeof object, "CPU %d", cpu);
    if (cpu < 0 || cpu / CPUS_PER_GROUP >= GetActiveProcessorGroupCount()) {
        error_set(error, "%s: no such CPU; `polycore devices` lists them", object);
        return false;
    }
    if (pin_by_affinity(cpu)) {
        return true;
    }
    DWORD cause = GetLastError();
    if (pin_by_cpu_set(cpu)) {
        return true;
    }
    wide_error(error, object, cause, "it is not among the CPUs this program may use");
    return false;
}

void thread_unpin(void) {
    GROUP_AFFINITY here;
    DWORD_PTR process = 0;
    DWORD_PTR system = 0;
    select_cpu_sets(NULL, 0);
    if (!GetThreadGroupAffinity(GetCurrentThread(), &here)) {
        return;
    }
    // Both masks are 0 for a process that has threads in several groups: then the whole group is free.
    GetProcessAffinityMask(GetCurrentProcess(), &process, &system);
    DWORD count = GetActiveProcessorCount(here.Group);
    KAFFINITY all = count < CPUS_PER_GROUP ? ((KAFFINITY)1 << count) - 1 : ~(KAFFINITY)0;
    here.Mask = process != 0 ? process : all;
    SetThreadGroupAffinity(GetCurrentThread(), &here, NULL);
}

RT int32_t thread_current_cpu(void) {
    PROCESSOR_NUMBER here;
    GetCurrentProcessorNumberEx(&here);
    return here.Group * CPUS_PER_GROUP + here.Number;
}

RT void thread_yield(void) {
    SwitchToThread();
}
