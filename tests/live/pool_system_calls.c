// Runs the pool for a while with every system call but waking, sleeping, the clock and yielding forbidden:
// any other ends the program. Usage: live_pool_system_calls [SECONDS]
#include "engine/pool_testing.h"
#include "platform/clock.h"
#include "platform/wait.h"
#include "tests/pool/chain.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    BATCHES = 32,
    WORKERS = 4,
    BATCH_NS = 5000,
    SECONDS = 60,
    EXIT_DIFFERENT = 3,
    EXIT_IDLE = 4,
    EXIT_NO_FILTER = 77
};
static const uint64_t PERIOD_NS = 2666667;
static const uint64_t SECOND_NS = 1000000000;

#define ALLOW(call)                                                                                          \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (call), 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

// For all threads of the process, for good.
static bool forbid_system_calls(void) {
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        ALLOW(SYS_futex),
        ALLOW(SYS_clock_gettime),
        ALLOW(SYS_sched_yield),
        ALLOW(SYS_exit_group), // the program's way out
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
    };
    struct sock_fprog program = {.len = sizeof filter / sizeof filter[0], .filter = filter};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
}

static _Atomic uint32_t sleeper;

// Stalls a worker now and then, by a futex as all else is forbidden.
static bool stall_sometimes(uint32_t worker, PoolTestPoint point) {
    static _Atomic uint32_t dice;
    (void)worker;
    (void)point;
    if (atomic_fetch_add(&dice, 1) % 5000 == 0)
        wait_on_word(&sleeper, 0, 3 * PERIOD_NS);
    return true;
}

// One callback a period, with quiet ones, so that workers also fall asleep; no call between is ours.
static int run_callbacks(Chain *chain, uint64_t seconds) {
    static uint32_t batches[BATCHES];
    for (uint32_t i = 0; i < BATCHES; i++)
        batches[i] = i;
    uint64_t end_ns = clock_now_ns() + seconds * SECOND_NS;
    uint64_t next_ns = clock_now_ns();
    for (uint32_t callback = 0; next_ns < end_ns; callback++) {
        pool_callback_begin(chain->pool, clock_now_ns(), PERIOD_NS);
        for (int run = 0; run < 3; run++)
            if (!chain_run(chain, batches, callback % 256 < 200 ? BATCHES : 1, next_ns + PERIOD_NS))
                return EXIT_DIFFERENT;
        pool_callback_end(chain->pool);
        next_ns += PERIOD_NS;
        wait_on_word_until(&sleeper, 0, next_ns);
    }
    static WorkerFigures figures[POOL_WORKERS_MAX];
    uint32_t workers;
    uint64_t rescues;
    pool_figures(chain->pool, figures, &workers, &rescues);
    uint64_t helped = 0;
    for (uint32_t i = 1; i < workers; i++)
        helped += figures[i].batches;
    return helped > 0 && rescues > 0 ? 0 : EXIT_IDLE;
}

static int confined(WaitMode wait, uint64_t seconds) {
    PoolConfig config = {.workers = WORKERS, .wait = wait, .share_always = true};
    pool_test_hook = stall_sometimes;
    Chain *chain = chain_create(&config, BATCHES);
    chain->work_ns = BATCH_NS;
    pool_adopt_audio_thread(chain->pool);
    if (!forbid_system_calls())
        return EXIT_NO_FILTER;
    return run_callbacks(chain, seconds);
}

static int in_child(WaitMode wait, uint64_t seconds) {
    pid_t child = fork();
    if (child == 0)
        _exit(confined(wait, seconds));
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFSIGNALED(status)) {
        printf("wait mode %d: ended by signal %d (%s)\n", (int)wait, WTERMSIG(status),
               strsignal(WTERMSIG(status)));
        return 1;
    }
    printf("wait mode %d: %s\n", (int)wait,
           WEXITSTATUS(status) == EXIT_DIFFERENT   ? "a result differs"
           : WEXITSTATUS(status) == EXIT_IDLE      ? "no helper did anything, or nothing was rescued"
           : WEXITSTATUS(status) == EXIT_NO_FILTER ? "this system has no seccomp filters: skipped"
                                                   : "no forbidden call, every result as it should be");
    return WEXITSTATUS(status);
}

int main(int argc, char **argv) {
    uint64_t seconds = argc > 1 ? strtoull(argv[1], NULL, 10) : SECONDS;
    for (int wait = 0; wait < WAIT_MODE_COUNT; wait++) {
        int result = in_child((WaitMode)wait, (seconds + WAIT_MODE_COUNT - 1) / WAIT_MODE_COUNT);
        if (result != 0)
            return result;
    }
    return 0;
}
