// Tells the time by QueryPerformanceCounter and sleeps on a high-resolution timer.
#include "platform/clock.h"

#include <windows.h>

static const uint64_t NS_PER_SECOND = 1000000000u;
static const uint64_t NS_PER_FILE_TIME = 100; // the unit of Win32's times

RT uint64_t clock_now_ns(void) {
    LARGE_INTEGER count;
    LARGE_INTEGER per_second;
    QueryPerformanceCounter(&count); // reads the processor's counter; the kernel is not entered
    QueryPerformanceFrequency(&per_second);
    uint64_t frequency = (uint64_t)per_second.QuadPart;
    uint64_t seconds = (uint64_t)count.QuadPart / frequency;
    uint64_t rest = (uint64_t)count.QuadPart % frequency;
    return seconds * NS_PER_SECOND + rest * NS_PER_SECOND / frequency;
}

/// A timer that is exact to half a millisecond; before Windows 10 1803 one that follows the system's tick.
static HANDLE create_timer(void) {
    const DWORD high_resolution =
        0x00000002; // CREATE_WAITABLE_TIMER_HIGH_RESOLUTION, missing from older headers
    HANDLE timer = CreateWaitableTimerExW(NULL, NULL, high_resolution, TIMER_ALL_ACCESS);
    return timer ? timer : CreateWaitableTimerExW(NULL, NULL, 0, TIMER_ALL_ACCESS);
}

void clock_sleep_until_ns(uint64_t wake_ns) {
    HANDLE timer = create_timer();
    for (uint64_t now; (now = clock_now_ns()) < wake_ns;) {
        LARGE_INTEGER due; // negative: from now on
        due.QuadPart = -(LONGLONG)((wake_ns - now + NS_PER_FILE_TIME - 1) / NS_PER_FILE_TIME);
        if (!timer || !SetWaitableTimer(timer, &due, 0, NULL, NULL, FALSE) ||
            WaitForSingleObject(timer, INFINITE) != WAIT_OBJECT_0) {
            Sleep(1);
        }
    }
    if (timer) {
        CloseHandle(timer);
    }
}

RT static uint64_t file_time_ns(FILETIME time) {
    return ((uint64_t)time.dwHighDateTime << 32 | time.dwLowDateTime) * NS_PER_FILE_TIME;
}

RT uint64_t clock_thread_cpu_ns(void) {
    FILETIME created;
    FILETIME exited;
    FILETIME kernel;
    FILETIME user;
    if (!GetThreadTimes(GetCurrentThread(), &created, &exited, &kernel, &user)) {
        return 0;
    }
    return file_time_ns(kernel) + file_time_ns(user);
}
