// Tells the time by QueryPerformanceCounter and sleeps on a high-resolution timer.
#include "platform/clock.h"

#include "platform/timer_win32.h"

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

void clock_sleep_until_ns(uint64_t wake_ns) {
    for (uint64_t now; (now = clock_now_ns()) < wake_ns;) {
        timer_sleep_ns(wake_ns - now);
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
