// Sleeps on waitable timers of high resolution.
#include "platform/timer_win32.h"

#include <windows.h>

static const uint64_t NS_PER_TIMER_UNIT = 100;

static DWORD slot; // of the thread's timer

static VOID WINAPI close_timer(PVOID timer) {
    if (timer) {
        CloseHandle(timer);
    }
}

static BOOL CALLBACK make_slot(PINIT_ONCE once, PVOID parameter, PVOID *context) {
    (void)once;
    (void)parameter;
    (void)context;
    slot = FlsAlloc(close_timer);
    return TRUE;
}

static HANDLE create_timer(void) {
    const DWORD high_resolution =
        0x00000002; // CREATE_WAITABLE_TIMER_HIGH_RESOLUTION, missing from older headers
    HANDLE timer = CreateWaitableTimerExW(NULL, NULL, high_resolution, TIMER_ALL_ACCESS);
    return timer ? timer : CreateWaitableTimerExW(NULL, NULL, 0, TIMER_ALL_ACCESS);
}

/// NULL when the system has no timer, or no place to remember it, left.
RT static HANDLE timer_of_thread(void) {
    static INIT_ONCE once = INIT_ONCE_STATIC_INIT;
    InitOnceExecuteOnce(&once, make_slot, NULL, NULL);
    HANDLE timer = FlsGetValue(slot);
    if (!timer && slot != FLS_OUT_OF_INDEXES) {
        timer = create_timer();
        if (timer && !FlsSetValue(slot, timer)) {
            CloseHandle(timer);
            timer = NULL;
        }
    }
    return timer;
}

RT void timer_sleep_ns(uint64_t ns) {
    HANDLE timer = timer_of_thread();
    LARGE_INTEGER due; // negative: from now on
    due.QuadPart = -(LONGLONG)((ns + NS_PER_TIMER_UNIT - 1) / NS_PER_TIMER_UNIT);
    if (!timer || !SetWaitableTimer(timer, &due, 0, NULL, NULL, FALSE) ||
        WaitForSingleObject(timer, INFINITE) != WAIT_OBJECT_0) {
        Sleep(1);
    }
}
