// Asks for real-time priority: by the multimedia class scheduler, else by the highest normal priority, and
// reads back what came of it.
#include "platform/thread.h"

#include "platform/wide_win32.h"

#include <windows.h>

typedef struct Avrt {
    HANDLE(WINAPI *set_characteristics)(LPCWSTR task, LPDWORD index);
    BOOL(WINAPI *set_priority)(HANDLE task, int priority);
    BOOL(WINAPI *revert)(HANDLE task);
    DWORD slot; // of the calling thread's task
} Avrt;

static const int AVRT_HIGH =
    1; // AVRT_PRIORITY_HIGH: above the driver's own helpers, below what is critical to the system
static const LONG REALTIME_LOWEST = 16; // of the kernel's 32 priorities; the class scheduler gives 16..26
static const UINT TIMER_PERIOD_MS = 1;  // the default tick of 15.6 ms is five blocks long

/// avrt.dll and winmm.dll are loaded by name: not every Windows (Server Core, for one) has them.
static BOOL CALLBACK load_avrt(PINIT_ONCE once, PVOID parameter, PVOID *context) {
    (void)once;
    (void)context;
    Avrt *avrt = parameter;
    HMODULE library = LoadLibraryExW(L"avrt.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    if (library) {
        avrt->set_characteristics = (HANDLE(WINAPI *)(LPCWSTR, LPDWORD))(void *)GetProcAddress(
            library, "AvSetMmThreadCharacteristicsW");
        avrt->set_priority =
            (BOOL(WINAPI *)(HANDLE, int))(void *)GetProcAddress(library, "AvSetMmThreadPriority");
        avrt->revert =
            (BOOL(WINAPI *)(HANDLE))(void *)GetProcAddress(library, "AvRevertMmThreadCharacteristics");
    }
    avrt->slot = TlsAlloc();
    return TRUE;
}

static const Avrt *avrt_functions(void) {
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    static Avrt avrt;
    InitOnceExecuteOnce(&once, load_avrt, &avrt, NULL);
    return &avrt;
}

static bool refuse_throttling(ULONG kinds) {
    PROCESS_POWER_THROTTLING_STATE throttling = {
        .Version = PROCESS_POWER_THROTTLING_CURRENT_VERSION,
        .ControlMask = kinds,
        .StateMask = 0,
    };
    return SetProcessInformation(GetCurrentProcess(), ProcessPowerThrottling, &throttling, sizeof throttling);
}

static BOOL CALLBACK make_timers_exact(PINIT_ONCE once, PVOID parameter, PVOID *context) {
    (void)once;
    (void)parameter;
    (void)context;
    HMODULE winmm = LoadLibraryExW(L"winmm.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    UINT(WINAPI * begin_period)
    (UINT) = winmm ? (UINT(WINAPI *)(UINT))(void *)GetProcAddress(winmm, "timeBeginPeriod") : NULL;
    if (begin_period) {
        begin_period(TIMER_PERIOD_MS);
    }
    // Windows 11 forgets the period of a program whose window is hidden, and moves it to efficiency cores,
    // unless told otherwise. Windows 10 knows the second alone, and refuses both together.
    if (!refuse_throttling(PROCESS_POWER_THROTTLING_EXECUTION_SPEED |
                           PROCESS_POWER_THROTTLING_IGNORE_TIMER_RESOLUTION)) {
        refuse_throttling(PROCESS_POWER_THROTTLING_EXECUTION_SPEED);
    }
    return TRUE;
}

// What NtQueryInformationThread tells. winternl.h, which has it, has a ThreadPriority of its own.
typedef struct BasicInformation {
    LONG exit_status;
    PVOID environment;
    PVOID process;
    PVOID thread;
    KAFFINITY affinity;
    LONG priority;
    LONG base_priority;
} BasicInformation;
typedef LONG(NTAPI *QueryThread)(HANDLE thread, int kind, PVOID information, ULONG bytes, PULONG returned);

/// The kernel's priority of the calling thread, 1..31, which the class scheduler changes and
/// GetThreadPriority, relative to the process, does not tell. 0 when not known.
static LONG kernel_priority(void) {
    const int basic_information = 0; // ThreadBasicInformation
    HMODULE ntdll = GetModuleHandleW(L"ntdll.dll");
    QueryThread query = ntdll ? (QueryThread)(void *)GetProcAddress(ntdll, "NtQueryInformationThread") : NULL;
    BasicInformation basic = {0};
    if (!query || query(GetCurrentThread(), basic_information, &basic, sizeof basic, NULL) < 0) {
        return 0;
    }
    return basic.priority;
}

ThreadPriority thread_priority(void) {
    bool realtime = GetThreadPriority(GetCurrentThread()) >= THREAD_PRIORITY_TIME_CRITICAL ||
                    kernel_priority() >= REALTIME_LOWEST;
    return (ThreadPriority){realtime ? THREAD_CLASS_REALTIME : THREAD_CLASS_NORMAL, 0};
}

/// Gives the thread's task back, if it has one: a thread cannot have two.
static void leave_class_scheduler(void) {
    const Avrt *avrt = avrt_functions();
    HANDLE task = TlsGetValue(avrt->slot);
    if (task && avrt->revert) {
        avrt->revert(task);
        TlsSetValue(avrt->slot, NULL);
    }
}

static bool ask_class_scheduler(void) {
    const Avrt *avrt = avrt_functions();
    DWORD index = 0;
    HANDLE task = avrt->set_characteristics ? avrt->set_characteristics(L"Pro Audio", &index) : NULL;
    if (!task) {
        return false;
    }
    TlsSetValue(avrt->slot, task); // the thread's end reverts it too
    if (avrt->set_priority) {
        avrt->set_priority(task, AVRT_HIGH);
    }
    if (thread_priority().scheduling == THREAD_CLASS_REALTIME) {
        return true;
    }
    leave_class_scheduler();
    return false;
}

static void go_real_time(ThreadGrant *grant, Error *error) {
    if (ask_class_scheduler()) {
        grant->way = "MMCSS Pro Audio";
    } else if (SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_TIME_CRITICAL)) {
        grant->way = "time critical";
    } else {
        wide_error(error, "real-time priority", GetLastError(),
                   "start the service \"Multimedia Class Scheduler\"");
    }
}

bool thread_ask_priority(ThreadPriority asked, ThreadGrant *grant, Error *error) {
    static INIT_ONCE timers = INIT_ONCE_STATIC_INIT;
    InitOnceExecuteOnce(&timers, make_timers_exact, NULL, NULL);
    *grant = (ThreadGrant){.asked = asked, .way = "none"};
    leave_class_scheduler();
    SetThreadPriority(GetCurrentThread(), THREAD_PRIORITY_NORMAL);
    if (asked.scheduling == THREAD_CLASS_REALTIME) {
        go_real_time(grant, error);
    }
    grant->granted = thread_priority();
    return grant->granted.scheduling == asked.scheduling;
}
