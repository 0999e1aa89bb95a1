// Plays for a while with every system call but waking, sleeping, the clock and yielding forbidden, the pool
// by itself and the whole engine, in every wait mode: any other call ends the program.
//
// usage: live_pool_system_calls [SECONDS]
#include "engine/pool/pool_testing.h"
#include "platform/clock.h"
#include "platform/wait.h"
#include "tests/support/chain.h"
#include "tests/support/dense_score.h"
#include "tests/support/few_workers.h"
#include "tests/support/paced_score.h"

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
    BATCH_NS = 5000,
    SECONDS = 60,
    STALL_POINTS = 5000, // a worker stalls at one in so many
    SCORE_SEED = 5,
    EXIT_REFUSED = 2,
    EXIT_DIFFERENT = 3,
    EXIT_IDLE = 4,
    EXIT_NO_FILTER = 77
};
static const uint64_t PERIOD_NS = 2666667;
static const uint64_t SECOND_NS = 1000000000;
static const uint64_t HELP_LIMIT_NS = 60000000000u; // beyond the time asked for, until workers have been met

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
    if (atomic_fetch_add(&dice, 1) % STALL_POINTS == 0) {
        wait_on_word(&sleeper, 0, 3 * PERIOD_NS);
    }
    return true;
}

typedef struct Clock {
    uint64_t next_ns, end_ns;
} Clock;

static Clock clock_begin(uint64_t seconds) {
    uint64_t now_ns = clock_now_ns();
    return (Clock){now_ns, now_ns + seconds * SECOND_NS};
}

// Sleeps until the next period; false when the time is up and workers have worked and been rescued, or never
// do.
static bool clock_goes_on(Clock *clock, bool worked) {
    clock->next_ns += PERIOD_NS;
    wait_on_word_until(&sleeper, 0, clock->next_ns);
    return clock->next_ns < clock->end_ns || (!worked && clock->next_ns < clock->end_ns + HELP_LIMIT_NS);
}

static bool have_worked(const WorkerFigures *figures, uint32_t workers, uint64_t rescues) {
    uint64_t helped = 0;
    for (uint32_t i = 1; i < workers; i++) {
        helped += figures[i].batches;
    }
    return helped > 0 && rescues > 0;
}

// One callback a period, with quiet ones, so that workers also fall asleep.
static int run_callbacks(Chain *chain, uint64_t seconds) {
    static uint32_t batches[BATCHES];
    static WorkerFigures figures[POOL_WORKERS_MAX];
    bool worked = false;
    uint32_t callback = 0;
    for (uint32_t i = 0; i < BATCHES; i++) {
        batches[i] = i;
    }
    Clock clock = clock_begin(seconds);
    do {
        pool_callback_begin(chain->pool, clock_now_ns(), PERIOD_NS);
        for (int run = 0; run < 3; run++) {
            if (!chain_run(chain, batches, callback % 256 < 200 ? BATCHES : 1, clock.next_ns + PERIOD_NS)) {
                return EXIT_DIFFERENT;
            }
        }
        pool_callback_end(chain->pool);
        callback++;
        uint32_t workers;
        uint64_t rescues;
        pool_figures(chain->pool, figures, &workers, &rescues);
        worked = have_worked(figures, workers, rescues);
    } while (clock_goes_on(&clock, worked));
    return worked ? 0 : EXIT_IDLE;
}

static int confined_pool(WaitMode wait, uint64_t seconds) {
    PoolConfig config = {.workers = few_workers(), .wait = wait, .share_always = true};
    Chain *chain = chain_create(&config, BATCHES);
    chain->work_ns = BATCH_NS;
    pool_adopt_audio_thread(chain->pool);
    if (!forbid_system_calls()) {
        return EXIT_NO_FILTER;
    }
    return run_callbacks(chain, seconds);
}

// The score, block by block against the same by one thread.
static int play(Engine *engine, Engine *alone, uint64_t seconds) {
    static DensePlayer player;
    static DensePlayer reference;
    static EngineFigures figures;
    dense_begin(&player, SCORE_SEED);
    dense_begin(&reference, SCORE_SEED);
    bool worked = false;
    Clock clock = clock_begin(seconds);
    do {
        dense_play(&player, engine, PACED_SCORE_BLOCK_FRAMES, clock.next_ns + PERIOD_NS);
        dense_play(&reference, alone, PACED_SCORE_BLOCK_FRAMES, 0);
        if (dense_hash_so_far(&player) != dense_hash_so_far(&reference)) {
            return EXIT_DIFFERENT;
        }
        engine_figures(engine, &figures);
        worked = have_worked(figures.worker, figures.workers, figures.rescues);
    } while (clock_goes_on(&clock, worked));
    return worked ? 0 : EXIT_IDLE;
}

static int confined_engine(WaitMode wait, uint64_t seconds) {
    static Bank bank;
    dense_bank(&bank);
    EngineConfig one = paced_score_config(1, wait);
    EngineConfig many = paced_score_config(few_workers(), wait);
    Error error;
    Engine *alone = engine_create(&one, &bank, &error);
    Engine *engine = alone ? engine_create(&many, &bank, &error) : NULL;
    if (!engine) {
        fprintf(stderr, "%s\n", error.text);
        return EXIT_REFUSED;
    }
    engine_adopt_audio_thread(engine);
    if (!forbid_system_calls()) {
        return EXIT_NO_FILTER;
    }
    return play(engine, alone, seconds);
}

typedef struct Part {
    const char *name;
    int (*confined)(WaitMode wait, uint64_t seconds);
} Part;
static const Part PARTS[] = {{"pool", confined_pool}, {"engine", confined_engine}};
enum { PART_COUNT_HERE = sizeof PARTS / sizeof PARTS[0] };

static const char *tell(int code) {
    switch (code) {
    case 0:
        return "no forbidden call, every result as it should be";
    case EXIT_DIFFERENT:
        return "a result differs";
    case EXIT_IDLE:
        return "no helper did anything, or nothing was rescued";
    case EXIT_NO_FILTER:
        return "this system has no seccomp filters";
    default:
        return "it could not be set up";
    }
}

static int in_child(const Part *part, WaitMode wait, uint64_t seconds) {
    pid_t child = fork();
    if (child == 0) {
        int code = part->confined(wait, seconds);
        _exit(pool_test_wait == wait ? code : EXIT_REFUSED);
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFSIGNALED(status)) {
        printf("%s, wait mode %d: ended by signal %d (%s)\n", part->name, (int)wait, WTERMSIG(status),
               strsignal(WTERMSIG(status)));
        return 1;
    }
    int code = WEXITSTATUS(status);
    printf("%s%s, wait mode %d: %s\n", code == EXIT_NO_FILTER ? "skipped: " : "", part->name, (int)wait,
           tell(code));
    return code;
}

int main(int argc, char **argv) {
    enum { TURNS = WAIT_MODE_COUNT * PART_COUNT_HERE };
    uint64_t seconds = argc > 1 ? strtoull(argv[1], NULL, 10) : SECONDS;
    setvbuf(stdout, NULL, _IONBF, 0); // a child must not print the parent's lines again
    pool_test_keep_wait = true;
    pool_test_hook = stall_sometimes;
    for (int turn = 0; turn < TURNS; turn++) {
        int result = in_child(&PARTS[turn % PART_COUNT_HERE], (WaitMode)(turn / PART_COUNT_HERE),
                              (seconds + TURNS - 1) / TURNS);
        if (result != 0) {
            return result;
        }
    }
    return 0;
}
