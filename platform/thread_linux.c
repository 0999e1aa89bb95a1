// Makes threads and places them on CPUs by pthreads and sched_setaffinity.
#include "platform/thread.h"

#include "platform/rt_trusted.h"

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    CPUS_MAX = 8192, // the most that a distribution's kernel is built for
    MASK_BYTES = CPUS_MAX / 8,
};

typedef union CpuMask {
    cpu_set_t set;
    unsigned char bytes[MASK_BYTES];
} CpuMask;

struct Thread {
    pthread_t handle;
    char name[THREAD_NAME_BYTES];
    void (*run)(void *argument);
    void *argument;
};

static void *thread_main(void *argument) {
    Thread *thread = argument;
    pthread_setname_np(pthread_self(), thread->name);
    thread->run(thread->argument);
    return NULL;
}

/// The signals that are another thread's to handle: all but those that this one raises by what it does.
static void fill_foreign_signals(sigset_t *signals) {
    static const int OWN[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS, SIGXCPU};
    sigfillset(signals);
    for (size_t i = 0; i < sizeof OWN / sizeof *OWN; i++) {
        sigdelset(signals, OWN[i]);
    }
}

Thread *thread_create(const char *name, void (*run)(void *argument), void *argument, Error *error) {
    Thread *thread = malloc(sizeof *thread);
    if (!thread) {
        error_set(error, "thread %s: no memory; end other programs", name);
        return NULL;
    }
    *thread = (Thread){.run = run, .argument = argument};
    snprintf(thread->name, sizeof thread->name, "%s", name);

    sigset_t foreign;
    sigset_t before;
    fill_foreign_signals(&foreign);
    pthread_sigmask(SIG_BLOCK, &foreign, &before); // the new thread inherits the mask
    int cause = pthread_create(&thread->handle, NULL, thread_main, thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (cause != 0) {
        error_set(error, "thread %s: %s; allow more by `ulimit -u` or the container's pids limit", name,
                  strerror(cause));
        free(thread);
        return NULL;
    }
    return thread;
}

void thread_join(Thread *thread) {
    if (!thread) {
        return;
    }
    pthread_join(thread->handle, NULL);
    free(thread);
}

uint64_t thread_self_id(void) {
    return (uint64_t)syscall(SYS_gettid);
}

static CpuMask process_mask;
static pthread_once_t process_mask_once = PTHREAD_ONCE_INIT;

/// Keeps what the process was allowed when the first of its threads was pinned: taskset's choice, which the
/// kernel then forgets.
static void read_process_mask(void) {
    if (sched_getaffinity(getpid(), sizeof process_mask, &process_mask.set) != 0) {
        memset(&process_mask, 0xFF, sizeof process_mask);
    }
}

bool thread_can_pin(void) {
    return true;
}

bool thread_pin(int32_t cpu, Error *error) {
    if (cpu < 0 || cpu >= CPUS_MAX) {
        error_set(error, "CPU %d: no such CPU; `polycore devices` lists them", cpu);
        return false;
    }
    pthread_once(&process_mask_once, read_process_mask);
    CpuMask mask;
    CPU_ZERO_S(sizeof mask, &mask.set);
    CPU_SET_S((size_t)cpu, sizeof mask, &mask.set);
    if (sched_setaffinity(0, sizeof mask, &mask.set) != 0) {
        error_set(error, "CPU %d: pinning refused: %s; it is not among the CPUs this program may use", cpu,
                  strerror(errno));
        return false;
    }
    CpuMask granted;
    memset(&granted, 0, sizeof granted); // the kernel fills as many bytes as it knows CPUs
    if (sched_getaffinity(0, sizeof granted, &granted.set) != 0 ||
        memcmp(&granted, &mask, sizeof mask) != 0) {
        error_set(error, "CPU %d: pinned, but the system lets the thread run elsewhere; use --pin off", cpu);
        return false;
    }
    return true;
}

void thread_unpin(void) {
    pthread_once(&process_mask_once, read_process_mask);
    sched_setaffinity(0, sizeof process_mask, &process_mask.set);
}

RT int32_t thread_current_cpu(void) {
    RT_TRUSTED_BEGIN // the vDSO or the thread's own rseq area tells it
    int32_t cpu = sched_getcpu();
    RT_TRUSTED_END
    return cpu;
}

RT void thread_yield(void) {
    RT_TRUSTED_BEGIN // returns as soon as the others at this priority have had their turn
    sched_yield();
    RT_TRUSTED_END
}
