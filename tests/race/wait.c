// Passes items between threads that sleep on words, until all have arrived: no wake-up is lost and no data
// races.
#include "platform/wait.h"
#include "platform/clock.h"
#include "platform/cpu.h"
#include "platform/thread.h"

#include <stdio.h>
#include <stdlib.h>

enum { PLAYERS = 4, ROUNDS = 20000, WAKERS = 3 };

static const uint64_t LIMIT_NS = 120000000000u; // a lost wake-up shows as this
static const uint64_t SHORT_NS = 20000u;        // so that time-outs and wake-ups meet

// The ball goes round: who holds turn % PLAYERS may touch these, which nothing else protects.
static _Atomic uint32_t turn;
static uint64_t total;
static uint64_t busiest_ns;
static int32_t highest_cpu = -1;

static void give_up(const char *what) {
    fprintf(stderr, "wait: %s after %llu s at turn %u\n", what, (unsigned long long)(LIMIT_NS / 1000000000u),
            atomic_load(&turn));
    exit(1);
}

// RT, so that the real-time sanitizer watches what the platform does for the audio thread. False: a wake-up
// was lost.
RT static bool take_turn(uint32_t round, uint32_t mine) {
    for (uint32_t now; (now = atomic_load_explicit(&turn, memory_order_acquire)) != mine;) {
        // Every third round by a time-out, to a point in time, or for long.
        if (round % 3 == 0) {
            wait_on_word(&turn, now, SHORT_NS);
        } else if (round % 3 == 1) {
            wait_on_word_until(&turn, now, clock_now_ns() + SHORT_NS);
            thread_yield();
        } else if (!wait_on_word(&turn, now, LIMIT_NS)) {
            return false;
        }
    }
    total += mine;
    busiest_ns = clock_thread_cpu_ns() > busiest_ns ? clock_thread_cpu_ns() : busiest_ns;
    highest_cpu = thread_current_cpu() > highest_cpu ? thread_current_cpu() : highest_cpu;
    atomic_store_explicit(&turn, mine + 1, memory_order_release);
    wait_wake_all(&turn);
    return true;
}

static void play(void *argument) {
    uint32_t me = *(uint32_t *)argument;
    cpu_flush_subnormals();
    for (uint32_t round = 0; round < ROUNDS; round++) {
        if (!take_turn(round, round * PLAYERS + me)) {
            give_up("a wake-up was lost");
        }
    }
}

// One sleeper, many that wake it: each adds one, the sleeper takes what there is until all have come.
static _Atomic uint32_t arrived;

static void arrive(void *argument) {
    (void)argument;
    for (int i = 0; i < ROUNDS; i++) {
        atomic_fetch_add_explicit(&arrived, 1, memory_order_release);
        wait_wake_one(&arrived);
    }
}

static void receive_all(void) {
    for (uint32_t seen; (seen = atomic_load_explicit(&arrived, memory_order_acquire)) < WAKERS * ROUNDS;) {
        if (!wait_on_word(&arrived, seen, LIMIT_NS)) {
            give_up("an arrival was not told");
        }
    }
}

static Thread *start(const char *name, void (*run)(void *), void *argument) {
    Error error;
    Thread *thread = thread_create(name, run, argument, &error);
    if (!thread) {
        fprintf(stderr, "wait: %s\n", error.text);
        exit(1);
    }
    return thread;
}

int main(void) {
    uint64_t started_ns = clock_now_ns();
    Thread *players[PLAYERS];
    uint32_t numbers[PLAYERS];
    for (uint32_t i = 0; i < PLAYERS; i++) {
        numbers[i] = i;
        players[i] = start("player", play, &numbers[i]);
    }
    for (uint32_t i = 0; i < PLAYERS; i++) {
        thread_join(players[i]);
    }
    uint64_t turns = (uint64_t)PLAYERS * ROUNDS;
    if (total != turns * (turns - 1) / 2) {
        fprintf(stderr, "wait: the turns add up to %llu\n", (unsigned long long)total);
        return 1;
    }
    if (busiest_ns == 0 || highest_cpu < 0) {
        fprintf(stderr, "wait: %llu ns used, CPU %d\n", (unsigned long long)busiest_ns, highest_cpu);
        return 1;
    }

    Thread *wakers[WAKERS];
    for (int i = 0; i < WAKERS; i++) {
        wakers[i] = start("waker", arrive, NULL);
    }
    receive_all();
    for (int i = 0; i < WAKERS; i++) {
        thread_join(wakers[i]);
    }
    printf("wait: %llu turns and %d arrivals in %llu ms\n", (unsigned long long)turns, WAKERS * ROUNDS,
           (unsigned long long)((clock_now_ns() - started_ns) / 1000000u));
    return 0;
}
