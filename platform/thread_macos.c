// Makes threads by pthreads. macOS places them by their quality of service; it takes no wish for a CPU.
#include "platform/thread.h"

#include "platform/rt_trusted.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct Thread {
    pthread_t handle;
    char name[THREAD_NAME_BYTES];
    void (*run)(void *argument);
    void *argument;
};

static void *thread_main(void *argument) {
    Thread *thread = argument;
    pthread_setname_np(thread->name);
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

/// Starts the thread in the class of what a person waits for: on efficiency cores only when the others are
/// full.
static int start(Thread *thread) {
    pthread_attr_t attributes;
    int cause = pthread_attr_init(&attributes);
    if (cause != 0) {
        return cause;
    }
    pthread_attr_set_qos_class_np(&attributes, QOS_CLASS_USER_INTERACTIVE, 0);
    sigset_t foreign;
    sigset_t before;
    fill_foreign_signals(&foreign);
    pthread_sigmask(SIG_BLOCK, &foreign, &before); // the new thread inherits the mask
    cause = pthread_create(&thread->handle, &attributes, thread_main, thread);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    return cause;
}

Thread *thread_create(const char *name, void (*run)(void *argument), void *argument, Error *error) {
    Thread *thread = malloc(sizeof *thread);
    if (!thread) {
        error_set(error, "thread %s: no memory; end other programs", name);
        return NULL;
    }
    *thread = (Thread){.run = run, .argument = argument};
    snprintf(thread->name, sizeof thread->name, "%s", name);
    int cause = start(thread);
    if (cause != 0) {
        error_set(error, "thread %s: %s; end other programs", name, strerror(cause));
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
    uint64_t id = 0;
    pthread_threadid_np(NULL, &id);
    return id;
}

bool thread_can_pin(void) {
    return false;
}

bool thread_pin(int32_t cpu, Error *error) {
    error_set(error, "CPU %d: macOS lets no program choose its CPU; use --pin off", cpu);
    return false;
}

void thread_unpin(void) {}

RT int32_t thread_current_cpu(void) {
    size_t cpu = 0;
    RT_TRUSTED_BEGIN // reads a register
    int failed = pthread_cpu_number_np(&cpu);
    RT_TRUSTED_END
    return failed ? -1 : (int32_t)cpu;
}

RT void thread_yield(void) {
    RT_TRUSTED_BEGIN // returns as soon as the others at this priority have had their turn
    sched_yield();
    RT_TRUSTED_END
}
