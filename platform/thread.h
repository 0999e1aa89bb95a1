// Makes threads, places them on cores, and asks the system for real-time priority.
#ifndef PLATFORM_THREAD_H
#define PLATFORM_THREAD_H

#include "platform/error.h"
#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Thread Thread;

enum { THREAD_NAME_BYTES = 16 }; // Linux shows no more

/// How the system schedules a thread. level: 1..99 for real time on Linux, 0 otherwise.
typedef enum ThreadClass { THREAD_CLASS_NORMAL, THREAD_CLASS_REALTIME } ThreadClass;
typedef struct ThreadPriority {
    ThreadClass scheduling;
    int32_t level;
} ThreadPriority;

/// What was asked for, what the system says the thread has now, and by which way it was got ("SCHED_FIFO",
/// "rtkit", "none").
typedef struct ThreadGrant {
    ThreadPriority asked;
    ThreadPriority granted; // read back from the system
    const char *way;        // static text
} ThreadGrant;

/// Starts a thread that calls run(argument). name is cut to THREAD_NAME_BYTES - 1. NULL with error filled
/// when the system refuses. [main-thread]
Thread *thread_create(const char *name, void (*run)(void *argument), void *argument, Error *error);

/// Waits until the thread has returned, and frees it. NULL is harmless. [main-thread]
void thread_join(Thread *thread);

/// The system's number of the calling thread (gettid on Linux), for asking priority from outside.
/// [any-thread]
uint64_t thread_self_id(void);

/// How the calling thread is scheduled now. [any-thread]
ThreadPriority thread_priority(void);

/// Asks for a priority for the calling thread, first directly, then by rtkit where there is one; on Linux it
/// also makes timers exact (PR_SET_TIMERSLACK 1 ns). Never fails: the grant tells what came of it; error (may
/// be NULL) then says why and how to allow it. Returns true when what was asked for was granted in class. May
/// block on D-Bus. [any thread, before it renders]
bool thread_ask_priority(ThreadPriority asked, ThreadGrant *grant, Error *error);

/// Does this system let a program choose its CPUs at all? [any-thread]
bool thread_can_pin(void);

/// Pins the calling thread to one logical CPU and reads the mask back. False with error filled when refused.
/// [any-thread, before it renders]
bool thread_pin(int32_t cpu, Error *error);

/// Lets the calling thread run on every CPU that the process may use again. [any-thread]
void thread_unpin(void);

/// The logical CPU that the calling thread runs on now, -1 where the system does not say. [any-thread]
RT int32_t thread_current_cpu(void);

/// Gives the rest of the time slice away. [any-thread]
RT void thread_yield(void);

#endif
