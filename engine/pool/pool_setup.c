// Makes the pool in one allocation, starts and stops its threads, and places them.
#include "engine/pool/pool_shared.h"
#include "engine/pool/pool_trace.h"
#include "engine/pool/pool_wake.h"
#include "engine/pool/pool_worker.h"
#include "platform/carver.h"
#include "platform/clock.h"
#include "platform/memory.h"
#include "platform/wait.h"

#include <stddef.h>
#include <string.h>

#ifdef POLYCORE_TEST_HOOKS
#include "engine/pool/pool_testing.h"
uint32_t pool_test_threads_granted = POOL_WORKERS_MAX;
bool pool_test_keep_wait;
WaitMode pool_test_wait;
#define THREAD_GRANTED(index)  ((index) <= pool_test_threads_granted)
#define KEEP_WAIT              pool_test_keep_wait
#define NOTE_WAIT(wait_chosen) (pool_test_wait = (wait_chosen))
#else
#define THREAD_GRANTED(index)  true
#define KEEP_WAIT              false
#define NOTE_WAIT(wait_chosen) ((void)0)
#endif

enum {
    STATES_PER_HELPER = 2,       // what a straggler holds: it reads one and writes one
    CONTEXTS_BESIDE_WORKERS = 2, // one that is filled, one that is run
    START_WAIT_MS = 10000,       // for threads to come up: mostly a few, but nothing sounds yet
    STOP_WAIT_NS = 2000000000,   // for threads to return: a batch takes microseconds
};

const char *const WAIT_MODE_NAMES[WAIT_MODE_COUNT + 1] = {
    [WAIT_PARK] = "park", [WAIT_PREDICT] = "predict", [WAIT_SPIN] = "spin"};
const char *const PIN_MODE_NAMES[PIN_MODE_COUNT + 1] = {
    [PIN_AUTO] = "auto", [PIN_ON] = "on", [PIN_OFF] = "off"};

// Lays the arrays out behind the pool itself. counts: the pool whose numbers are used; pool: the one to fill,
// or NULL to measure.
static size_t lay_out(const Pool *counts, Pool *pool) {
    Carver carver = {.base = pool, .alignment_bytes = POOL_ALIGN_BYTES};
    Pool unused;
    Pool *target = pool == NULL ? &unused : pool;
    carver_take(&carver, 1, sizeof(Pool));
    target->worker = carver_take(&carver, counts->workers_asked, sizeof(Worker));
    target->job = carver_take(&carver, counts->workers_asked * counts->home_jobs, sizeof(Job));
    target->state_current = carver_take(&carver, counts->batch_count, sizeof(uint16_t));
    target->state_next = carver_take(&carver, counts->batch_count, sizeof(uint16_t));
    target->slot_current = carver_take(&carver, counts->batch_count, sizeof(uint16_t));
    target->spare_states = carver_take(&carver, counts->state_count, sizeof(uint16_t));
    target->spare_slots = carver_take(&carver, counts->slot_count, sizeof(uint16_t));
    target->pins = carver_take(&carver, counts->context_count, sizeof(uint32_t));
    target->taken = carver_take(&carver, counts->batch_count, sizeof(Job *));
    return carver.used;
}

// All zero; NULL with error filled when refused.
static Pool *allocate(const Pool *counts, Error *error) {
    size_t bytes = lay_out(counts, NULL);
    Pool *pool = memory_allocate(POOL_ALIGN_BYTES, bytes);
    if (pool == NULL) {
        error_set(error, "pool: no memory (%zu bytes): close other programs or lower the polyphony", bytes);
        return NULL;
    }
    memset(pool, 0, bytes);
    *pool = *counts;
    lay_out(counts, pool);
    return pool;
}

static void number_buffers(Pool *pool) {
    for (uint32_t i = 0; i < pool->batch_count; i++) {
        pool->state_current[i] = (uint16_t)i;
        pool->state_next[i] = (uint16_t)(pool->batch_count + i);
        pool->slot_current[i] = (uint16_t)i;
    }
    for (uint32_t id = 2 * pool->batch_count; id < pool->state_count; id++) {
        pool->spare_states[pool->spare_state_count++] = (uint16_t)id;
    }
    for (uint32_t id = pool->batch_count; id < pool->slot_count; id++) {
        pool->spare_slots[pool->spare_slot_count++] = (uint16_t)id;
    }
}

static void init_workers(Pool *pool) {
    for (uint32_t i = 0; i < pool->workers; i++) {
        Worker *worker = &pool->worker[i];
        worker->pool = pool;
        worker->index = i;
        atomic_store_explicit(&worker->cpu_wanted, -1, memory_order_relaxed);
        atomic_store_explicit(&worker->figures.cpu, -1, memory_order_relaxed);
    }
    atomic_store_explicit(&pool->audio_cpu, -1, memory_order_relaxed);
    atomic_store_explicit(&pool->audio_figures.cpu, -1, memory_order_relaxed);
}

// Reads the machine and decides how many workers there are, how they wait and whether they are pinned.
static void decide(Pool *pool) {
    const PoolConfig *config = &pool->config;
    pool->workers = config->workers;
    pool->wait = config->wait;
    if (config->workers == 1) {
        return;
    }
    pool->topology = topology_create(&pool->start_notice);
    uint32_t cores = pool->topology == NULL ? 1 : (uint32_t)pool->topology->core_count;
    if (config->workers == POOL_WORKERS_AUTO) {
        pool->workers = cores < POOL_WORKERS_MAX ? cores : POOL_WORKERS_MAX;
    }
    if (pool->topology == NULL) {
        return;
    }
    pool->pin =
        config->pin == PIN_ON || (config->pin == PIN_AUTO && thread_can_pin() && pool->workers < cores);
    if (pool->workers > cores) {
        if (!KEEP_WAIT) {
            pool->wait = WAIT_PARK; // who spins keeps another worker from its core
        }
        error_set(&pool->start_notice,
                  "workers: %u asked for, but this process may use %u core%s: they take turns",
                  (unsigned)pool->workers, (unsigned)cores, cores == 1 ? "" : "s");
    }
}

Pool *pool_create(const PoolConfig *config, uint32_t batch_count, Error *error) {
    if (config->workers > POOL_WORKERS_MAX) {
        error_set(error, "workers: %u is too many; use 1 to %d", (unsigned)config->workers, POOL_WORKERS_MAX);
        return NULL;
    }
    if (batch_count < 1 || batch_count > POOL_BATCHES_MAX) {
        error_set(error, "pool: %u batches; 1 to %d are possible", (unsigned)batch_count, POOL_BATCHES_MAX);
        return NULL;
    }
    Pool counts = {.config = *config, .batch_count = batch_count};
    decide(&counts);
    NOTE_WAIT(counts.wait);
    uint32_t helpers = counts.workers - 1;
    counts.workers_asked = counts.workers;
    uint32_t line_jobs = POOL_ALIGN_BYTES / sizeof(Job);
    counts.home_jobs = (batch_count + line_jobs - 1) / line_jobs * line_jobs;
    counts.context_count = counts.workers + CONTEXTS_BESIDE_WORKERS;
    counts.state_count = 2 * batch_count + STATES_PER_HELPER * helpers;
    counts.slot_count = batch_count + helpers;
    Pool *pool = allocate(&counts, error);
    if (pool == NULL) {
        topology_destroy(counts.topology);
        return NULL;
    }
    number_buffers(pool);
    init_workers(pool);
    return pool;
}

uint32_t pool_state_count(const Pool *pool) {
    return pool->state_count;
}

uint32_t pool_slot_count(const Pool *pool) {
    return pool->slot_count;
}

uint32_t pool_context_count(const Pool *pool) {
    return pool->context_count;
}

size_t pool_memory_bytes(const Pool *pool) {
    return lay_out(pool, NULL);
}

uint32_t pool_workers(const Pool *pool) {
    return pool->workers;
}

// Gives each worker a core, the audio thread's own first.
static void place_workers(Pool *pool, int32_t audio_cpu) {
    int32_t order[POOL_WORKERS_MAX];
    if (!pool->pin) {
        return;
    }
    int32_t count = topology_order(pool->topology, audio_cpu, order, POOL_WORKERS_MAX);
    for (uint32_t i = 1; count > 0 && i < pool->workers; i++) {
        int32_t cpu = pool->topology->cpus[order[i % (uint32_t)count]].cpu;
        atomic_store_explicit(&pool->worker[i].cpu_wanted, cpu, memory_order_relaxed);
    }
}

static void make_threads(Pool *pool) {
    Error refused = {0};
    for (uint32_t i = 1; i < pool->workers_asked; i++) {
        Worker *worker = &pool->worker[i];
        if (THREAD_GRANTED(i)) {
            worker->thread = thread_create("polycore worker", worker_main, worker, &refused);
        }
        if (worker->thread == NULL) {
            error_set(&pool->start_notice, "workers: %u of %u run, the system refused the rest%s%s",
                      (unsigned)i, (unsigned)pool->workers_asked, refused.text[0] ? ": " : "", refused.text);
            pool->workers = i;
            return;
        }
    }
}

static bool has_come_to(const Worker *worker, WorkerLife life) {
    return worker->thread == NULL ||
           atomic_load_explicit(&worker->life, memory_order_acquire) >= (uint32_t)life;
}

// True when every worker has got that far in its life; false when the time is up.
static bool await_workers(Pool *pool, WorkerLife life, uint64_t wait_ns) {
    uint64_t end_ns = clock_now_ns() + wait_ns;
    for (;;) {
        uint32_t ready = atomic_load(&pool->ready);
        uint32_t there = 1;
        for (uint32_t i = 1; i < pool->workers; i++) {
            there += has_come_to(&pool->worker[i], life);
        }
        uint64_t now_ns = clock_now_ns();
        if (there == pool->workers || now_ns >= end_ns) {
            return there == pool->workers;
        }
        wait_on_word(&pool->ready, ready, end_ns - now_ns);
    }
}

bool pool_start(Pool *pool, const PoolClient *client, Error *error) {
    pool->client = *client;
    place_workers(pool, -1);
    make_threads(pool);
    cost_init(&pool->cost, pool->workers);
    atomic_store_explicit(&pool->go, 1, memory_order_release);
    wait_wake_all(&pool->go);
    for (uint32_t batch = 0; client->first_touch != NULL && batch < pool->batch_count;
         batch += pool->workers) {
        client->first_touch(client->user, batch);
    }
    if (await_workers(pool, WORKER_READY, (uint64_t)START_WAIT_MS * 1000000)) {
        return true;
    }
    error_set(error, "workers: a thread did not start within %d s: something holds its core; try --workers 1",
              START_WAIT_MS / 1000);
    return false;
}

bool pool_destroy(Pool *pool, Error *error) {
    if (pool == NULL) {
        return true;
    }
    atomic_store(&pool->quit, true);
    wake_for_orders(pool);
    if (!await_workers(pool, WORKER_GONE, STOP_WAIT_NS)) {
        error_set(error, "workers: a thread does not return; it is left behind with its memory");
        return false;
    }
    for (uint32_t i = 1; i < pool->workers; i++) {
        thread_join(pool->worker[i].thread);
    }
    pool_trace_stop(pool);
    workgroup_destroy(pool->workgroup);
    topology_destroy(pool->topology);
    memory_release(pool);
    return true;
}

void pool_match_audio_thread(Pool *pool, ThreadPriority priority) {
    place_workers(pool, atomic_load_explicit(&pool->audio_cpu, memory_order_relaxed));
    // One level below, so that a worker that spins never keeps the audio thread from its core.
    int32_t level = priority.level > 1 ? priority.level - 1 : priority.level;
    uint32_t packed = (uint32_t)priority.scheduling << 8 | (uint32_t)(level & 0xff);
    atomic_store_explicit(&pool->priority_wanted, packed, memory_order_relaxed);
    wake_for_orders(pool);
}
