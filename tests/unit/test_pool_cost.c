// How many threads a run is worth, learned from what runs took on a made-up machine.
#include "engine/pool/pool_cost.h"

#include <criterion/criterion.h>

// A machine on which a batch costs so much a frame, and sharing costs so much more.
typedef struct Machine {
    double batch_frame_ns;
    double share_ns;
    double shared_factor; // what a batch costs more when threads share the machine; 0: nothing
    uint32_t cores;       // beyond which threads bring nothing
} Machine;

static double run_ns(const Machine *machine, uint32_t count, uint32_t frames, uint32_t threads) {
    uint32_t useful = threads < machine->cores ? threads : machine->cores;
    double most = (count + useful - 1) / useful;
    if (threads > 1 && machine->shared_factor > 0.0) {
        most *= machine->shared_factor;
    }
    return most * frames * machine->batch_frame_ns + (threads > 1 ? machine->share_ns * threads : 0.0);
}

static CostChoice decide(PoolCost *cost, const CostQuestion *question) {
    cost_begin(cost, question);
    return cost_choose(cost, question);
}

// Returns the time of all runs, as a share of what one thread would have taken; the last choice in *threads.
static double play(PoolCost *cost, const Machine *machine, uint32_t runs, uint32_t count, uint32_t frames,
                   uint32_t usable, uint32_t *threads) {
    double spent_ns = 0.0;
    for (uint32_t run = 0; run < runs; run++) {
        cost_next_callback(cost);
        CostChoice choice = decide(cost, &(CostQuestion){count, frames, usable, 0});
        double took_ns = run_ns(machine, count, frames, choice.threads);
        uint32_t own = (count + choice.threads - 1) / choice.threads;
        cost_learn(cost, &choice, (uint64_t)took_ns, own, frames,
                   (uint64_t)(took_ns - (choice.threads > 1 ? machine->share_ns * choice.threads : 0.0)));
        spent_ns += took_ns;
        *threads = choice.threads;
    }
    return spent_ns / (runs * run_ns(machine, count, frames, 1));
}

// Most frequent choice, since a duel may be on at any time.
static uint32_t usual_threads(PoolCost *cost, const Machine *machine, uint32_t count, uint32_t frames,
                              uint32_t usable) {
    uint32_t times[65] = {0};
    uint32_t usual = 1;
    for (int run = 0; run < 101; run++) {
        uint32_t threads;
        play(cost, machine, 1, count, frames, usable, &threads);
        times[threads]++;
        usual = times[threads] > times[usual] ? threads : usual;
    }
    return usual;
}

Test(pool_cost, small_runs_stay_on_one_thread) {
    PoolCost cost;
    Machine machine = {.batch_frame_ns = 15.0, .share_ns = 500.0, .cores = 8};
    uint32_t threads;
    cost_init(&cost, 8);
    double share = play(&cost, &machine, 5000, 2, 16, 8, &threads);
    cr_assert_eq(threads, 1);
    cr_assert_float_eq(share, 1.0, 1e-9);
}

Test(pool_cost, large_runs_take_every_core) {
    PoolCost cost;
    Machine machine = {.batch_frame_ns = 15.0, .share_ns = 500.0, .cores = 8};
    uint32_t threads;
    cost_init(&cost, 8);
    double share = play(&cost, &machine, 5000, 64, 128, 8, &threads);
    cr_assert_eq(usual_threads(&cost, &machine, 64, 128, 8), 8);
    cr_assert_lt(share, 0.2);
}

Test(pool_cost, threads_are_no_more_than_pay) {
    PoolCost cost;
    Machine machine = {.batch_frame_ns = 15.0, .share_ns = 500.0, .cores = 4};
    uint32_t threads;
    cost_init(&cost, 64);
    play(&cost, &machine, 20000, 64, 64, 64, &threads);
    cr_assert_eq(usual_threads(&cost, &machine, 64, 64, 64), 4);
}

Test(pool_cost, duels_that_do_not_pay_cost_little) {
    PoolCost cost;
    Machine machine = {
        .batch_frame_ns = 15.0, .share_ns = 40000.0, .cores = 2}; // every hand-over wakes a sleeper
    uint32_t threads;
    for (uint32_t count = 1; count <= 64; count *= 2) {
        cost_init(&cost, 2);
        double share = play(&cost, &machine, 20000, count, 64, 2, &threads);
        cr_assert_leq(share, 1.03, "%u batches: %f", count, share);
    }
}

Test(pool_cost, returns_to_one_thread_when_the_others_stop_helping) {
    PoolCost cost;
    Machine machine = {.batch_frame_ns = 15.0, .share_ns = 500.0, .cores = 2};
    Machine taken = {.batch_frame_ns = 15.0, .share_ns = 60000.0, .cores = 1};
    uint32_t threads;
    cost_init(&cost, 2);
    play(&cost, &machine, 2000, 32, 64, 2, &threads);
    cr_assert_eq(usual_threads(&cost, &machine, 32, 64, 2), 2);
    play(&cost, &taken, 200, 32, 64, 2, &threads);
    cr_assert_eq(usual_threads(&cost, &taken, 32, 64, 2), 1);
    play(&cost, &machine, 20000, 32, 64, 2, &threads);
    cr_assert_eq(usual_threads(&cost, &machine, 32, 64, 2), 2, "and back when they help again");
}

Test(pool_cost, counts_only_on_usable_workers_and_batches) {
    PoolCost cost;
    Machine machine = {.batch_frame_ns = 500.0, .share_ns = 100.0, .cores = 8};
    uint32_t threads;
    cost_init(&cost, 8);
    play(&cost, &machine, 2000, 16, 64, 1, &threads);
    cr_assert_eq(threads, 1);
    for (int run = 0; run < 2000; run++) {
        cost_next_callback(&cost);
        CostChoice choice = decide(&cost, &(CostQuestion){3, 64, 8, 0});
        cr_assert_leq(choice.threads, 3);
        cost_learn(&cost, &choice, (uint64_t)run_ns(&machine, 3, 64, choice.threads), 1, 64, 64 * 500);
    }
}

Test(pool_cost, an_interrupted_duel_does_not_keep_threads_away_for_long) {
    PoolCost cost;
    Machine machine = {.batch_frame_ns = 15.0, .share_ns = 500.0, .cores = 2};
    Machine interrupted = machine;
    interrupted.share_ns = 1e7; // the system takes the cores for 20 ms, in every run that is shared
    uint32_t threads = 1;
    cost_init(&cost, 2);
    while (threads == 1) {
        play(&cost, &machine, 1, 32, 64, 2, &threads);
    }
    play(&cost, &interrupted, 9, 32, 64, 2, &threads);
    play(&cost, &machine, 4000, 32, 64, 2, &threads);
    cr_assert_eq(usual_threads(&cost, &machine, 32, 64, 2), 2, "10 s later");
}

// Draws 0..999, the same each time.
static uint32_t draw(uint32_t *random) {
    *random = *random * 1664525u + 1013904223u;
    return (*random >> 16) % 1000;
}

Test(pool_cost, a_machine_of_changing_speed_keeps_its_threads) {
    enum { COUNT = 4, RUNS = 50000, SEEDS = 20 };
    Machine fast = {.batch_frame_ns = 40.0, .share_ns = 500.0, .cores = 2};
    Machine slow = {.batch_frame_ns = 52.0, .share_ns = 500.0, .cores = 2};
    for (uint32_t seed = 1; seed <= SEEDS; seed++) {
        PoolCost cost;
        uint32_t random = seed;
        uint32_t shared = 0;
        const Machine *machine = &fast;
        cost_init(&cost, 2);
        for (int run = 0; run < RUNS; run++) {
            if (draw(&random) < 10) { // a hundred runs at each speed
                machine = machine == &fast ? &slow : &fast;
            }
            cost_next_callback(&cost);
            CostChoice choice = decide(&cost, &(CostQuestion){COUNT, 128, 2, 0});
            double took_ns = run_ns(machine, COUNT, 128, choice.threads);
            if (draw(&random) < 50) { // the system takes the audio thread's core
                took_ns *= 4.0;
            } else if (choice.threads > 1 && draw(&random) < 150) { // or the other
                took_ns *= 3.0;
            }
            uint32_t own = COUNT / choice.threads;
            cost_learn(&cost, &choice, (uint64_t)took_ns, own, 128, (uint64_t)took_ns);
            shared += choice.threads > 1;
        }
        cr_assert_geq(shared, RUNS * 97 / 100, "seed %u: %u of %u runs shared", seed, shared, (uint32_t)RUNS);
    }
}

Test(pool_cost, threads_that_share_memory_badly_are_no_gain) {
    PoolCost cost;
    Machine machine = {.batch_frame_ns = 15.0, .shared_factor = 2.1, .cores = 2};
    uint32_t threads;
    cost_init(&cost, 2);
    play(&cost, &machine, 20000, 32, 64, 2, &threads);
    cr_assert_eq(usual_threads(&cost, &machine, 32, 64, 2), 1);
}

// A block late is a run that takes more than the time left though all threads would have made it.
static uint32_t late_runs(PoolCost *cost, const Machine *machine, uint32_t runs, uint32_t count,
                          uint64_t left_ns) {
    uint32_t late = 0;
    for (uint32_t run = 0; run < runs; run++) {
        cost_next_callback(cost);
        CostChoice choice = decide(cost, &(CostQuestion){count, 128, 2, left_ns});
        double took_ns = run_ns(machine, count, 128, choice.threads);
        cost_learn(cost, &choice, (uint64_t)took_ns, (count + 1) / choice.threads, 128,
                   (uint64_t)(took_ns - (choice.threads > 1 ? 500 : 0)));
        late += took_ns > (double)left_ns;
    }
    return late;
}

Test(pool_cost, no_duel_makes_a_block_late) {
    PoolCost cost;
    Machine machine = {.batch_frame_ns = 15.0, .share_ns = 500.0, .cores = 2};
    cost_init(&cost, 2);
    cr_assert_eq(late_runs(&cost, &machine, 3000, 4, 100000), 0);
    // Ninety batches need 173 us of one thread, 87 of two.
    cr_assert_eq(late_runs(&cost, &machine, 100000, 90, 100000), 0);
}

Test(pool_cost, load_that_grows_finds_its_threads_in_time) {
    PoolCost cost;
    Machine machine = {.batch_frame_ns = 15.0, .share_ns = 500.0, .cores = 2};
    cost_init(&cost, 2);
    for (uint32_t count = 2; count <= 96; count++) {
        cr_assert_eq(late_runs(&cost, &machine, 20, count, 100000), 0, "%u batches", count);
    }
}

Test(pool_cost, one_interruption_does_not_turn_the_mean_over) {
    float mean = 100.0f;
    mean = cost_follow(mean, 1e9f);
    cr_assert_lt(mean, 150.0f);
    for (int i = 0; i < 60; i++) {
        mean = cost_follow(mean, 100.0f);
    }
    cr_assert_float_eq(mean, 100.0f, 1.0f);
}

// Chunks as the engine cuts them: never across a multiple of 256 frames.
static uint32_t shared_chunks(PoolCost *cost, const Machine *machine, uint32_t block, uint32_t *chunks) {
    enum { GRID = 256, CALLBACKS = 20000, COUNT = 16 };
    uint32_t shared = 0;
    uint32_t frame = 0;
    *chunks = 0;
    for (int callback = 0; callback < CALLBACKS; callback++) {
        cost_next_callback(cost);
        for (uint32_t left = block; left > 0;) {
            uint32_t room = GRID - frame % GRID;
            uint32_t frames = left < room ? left : room;
            CostChoice choice = decide(cost, &(CostQuestion){COUNT, frames, 2, 0});
            uint64_t took_ns = (uint64_t)run_ns(machine, COUNT, frames, choice.threads);
            cost_learn(cost, &choice, took_ns, COUNT / choice.threads, frames, took_ns);
            shared += choice.threads > 1;
            ++*chunks;
            frame += frames;
            left -= frames;
        }
    }
    return shared;
}

Test(pool_cost, blocks_that_are_cut_in_a_pattern_share_every_size) {
    static const uint32_t BLOCKS[] = {96, 100, 160, 192, 320, 441, 448, 480, 512};
    Machine machine = {.batch_frame_ns = 60.0, .share_ns = 200.0, .cores = 2};
    for (size_t i = 0; i < sizeof BLOCKS / sizeof *BLOCKS; i++) {
        PoolCost cost;
        uint32_t chunks;
        cost_init(&cost, 2);
        uint32_t shared = shared_chunks(&cost, &machine, BLOCKS[i], &chunks);
        cr_assert_geq(shared, chunks / 100 * 97, "blocks of %u: %u of %u runs shared", BLOCKS[i], shared,
                      chunks);
    }
}

Test(pool_cost, a_core_that_comes_back_is_used_again_however_short_time_is) {
    PoolCost cost;
    Machine machine = {.batch_frame_ns = 60.0, .share_ns = 500.0, .cores = 2};
    Machine taken = {.batch_frame_ns = 60.0, .share_ns = 500000.0, .cores = 1};
    enum { LEFT_NS = 2600000, CALM = 140, SHORT = 220 }; // batches of 7.7 us: 42 % and 65 % of the time left
    uint32_t threads = 1;
    cost_init(&cost, 2);
    for (int run = 0; run < 40000; run++) {
        const Machine *now = run >= 10000 && run < 12000 ? &taken : &machine;
        uint32_t count = run < 12000 ? CALM : SHORT;
        cost_next_callback(&cost);
        CostChoice choice = decide(&cost, &(CostQuestion){count, 128, 2, LEFT_NS});
        uint64_t took_ns = (uint64_t)run_ns(now, count, 128, choice.threads);
        cost_learn(&cost, &choice, took_ns, count / choice.threads, 128,
                   (uint64_t)run_ns(&machine, count / choice.threads, 128, 1));
        if (run == 11999) {
            cr_assert_eq(choice.threads, 1, "while the core is taken");
        }
        threads = choice.threads;
    }
    cr_assert_eq(threads, 2);
}

Test(pool_cost, fewer_usable_workers_that_do_not_pay_are_given_up_too) {
    PoolCost cost;
    Machine machine = {.batch_frame_ns = 15.0, .share_ns = 200.0, .cores = 4};
    Machine worse = {.batch_frame_ns = 15.0, .shared_factor = 3.0, .cores = 2};
    uint32_t threads;
    cost_init(&cost, 4);
    play(&cost, &machine, 5000, 64, 64, 4, &threads);
    cr_assert_eq(usual_threads(&cost, &machine, 64, 64, 4), 4);
    play(&cost, &worse, 5000, 64, 64, 3, &threads); // one is set aside
    cr_assert_eq(usual_threads(&cost, &worse, 64, 64, 3), 1);
}

Test(pool_cost, doubt_asks_one_thread_itself) {
    enum { COUNT = 32, FRAMES = 128, RUNS = 20000 };
    static const double GOOD[5] = {[1] = 1.0, [2] = 0.55, [4] = 0.3};
    static const double VALLEY[5] = {[1] = 1.0, [2] = 1.6, [4] = 1.15}; // a worker's core is taken
    PoolCost cost;
    cost_init(&cost, 4);
    uint32_t alone = 0;
    for (int run = 0; run < 2 * RUNS; run++) {
        cost_next_callback(&cost);
        CostChoice choice = decide(&cost, &(CostQuestion){COUNT, FRAMES, 4, 0});
        double share = run < RUNS ? GOOD[choice.threads] : VALLEY[choice.threads];
        cost_learn(&cost, &choice, (uint64_t)(share * COUNT * FRAMES * 15), COUNT / choice.threads, FRAMES,
                   COUNT / choice.threads * FRAMES * 15);
        alone += run >= RUNS && choice.threads == 1;
    }
    cr_assert_geq(alone, RUNS * 97 / 100, "%u of %u runs alone", alone, (uint32_t)RUNS);
}

Test(pool_cost, a_duel_that_makes_a_block_late_ends_at_once) {
    PoolCost cost;
    Machine good = {.batch_frame_ns = 60.0, .share_ns = 500.0, .cores = 2};
    Machine taken = {.batch_frame_ns = 60.0, .share_ns = 1500000.0, .cores = 1};
    enum { LEFT_NS = 2600000, COUNT = 220 }; // 65 % of the time left for one thread
    uint32_t late = 0;
    cost_init(&cost, 2);
    for (int run = 0; run < 60000; run++) {
        const Machine *machine = run < 2000 ? &good : &taken;
        cost_next_callback(&cost);
        CostChoice choice = decide(&cost, &(CostQuestion){COUNT, 128, 2, LEFT_NS});
        uint64_t took_ns = (uint64_t)run_ns(machine, COUNT, 128, choice.threads);
        cost_learn(&cost, &choice, took_ns, COUNT / choice.threads, 128,
                   (uint64_t)run_ns(&good, COUNT / choice.threads, 128, 1));
        late += run >= 10000 && took_ns > LEFT_NS;
    }
    cr_assert_leq(late, 10, "%u late", late);
}
