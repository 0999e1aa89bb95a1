// What the pool's threads share, and who writes it. Private to engine/pool_*.c.
#ifndef ENGINE_POOL_SHARED_H
#define ENGINE_POOL_SHARED_H

#include "engine/pool.h"
#include "engine/pool_cost.h"
#include "engine/pool_rhythm.h"
#include "platform/thread.h"
#include "platform/topology.h"
#include "platform/workgroup.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define ON_OWN_LINE _Alignas(POOL_ALIGN_BYTES)

// A job's word: epoch, who claimed it, the claimer's own job number, and how far it got. A claim replaces
// only an older epoch, and every job of a finished epoch has a word of that epoch or later: so a claim
// succeeds only while its epoch is unfinished. 40 bits of epoch last 17 years at 2000 runs a second.
typedef enum JobStage { JOB_CLAIMED = 1, JOB_DONE = 2, JOB_RESCUED = 3 } JobStage;
enum { JOB_STAGE_BITS = 2, JOB_SEQUENCE_BITS = 16, JOB_WORKER_BITS = 6, EPOCH_SHIFT = 24 };
_Static_assert(JOB_STAGE_BITS + JOB_SEQUENCE_BITS + JOB_WORKER_BITS == EPOCH_SHIFT, "the word is full");

RT static inline uint64_t job_word(uint64_t epoch, uint32_t worker, uint16_t sequence, JobStage stage) {
    return epoch << EPOCH_SHIFT | (uint64_t)worker << (JOB_SEQUENCE_BITS + JOB_STAGE_BITS) |
           (uint64_t)sequence << JOB_STAGE_BITS | (uint64_t)stage;
}
RT static inline JobStage job_stage(uint64_t word) {
    return (JobStage)(word & ((1u << JOB_STAGE_BITS) - 1));
}
RT static inline uint16_t job_sequence(uint64_t word) {
    return (uint16_t)(word >> JOB_STAGE_BITS);
}
RT static inline uint32_t job_worker(uint64_t word) {
    return (uint32_t)(word >> (JOB_SEQUENCE_BITS + JOB_STAGE_BITS)) & ((1u << JOB_WORKER_BITS) - 1);
}
RT static inline bool job_stage_is(uint64_t word, JobStage stage) {
    return job_stage(word) == stage;
}
RT static inline bool epoch_older(uint64_t epoch, uint64_t than) {
    return (int64_t)((epoch - than) << EPOCH_SHIFT) < 0;
}
RT static inline uint64_t word_epoch(uint64_t word) {
    return word >> EPOCH_SHIFT;
}

// The work word: epoch, context, number of jobs.
enum { WORK_COUNT_BITS = 16, WORK_CONTEXT_BITS = 8 };
_Static_assert(WORK_COUNT_BITS + WORK_CONTEXT_BITS == EPOCH_SHIFT, "the word is full");

RT static inline uint64_t work_word(uint64_t epoch, uint32_t context, uint32_t count) {
    return epoch << EPOCH_SHIFT | (uint64_t)context << WORK_COUNT_BITS | count;
}
RT static inline uint32_t work_context(uint64_t work) {
    return (uint32_t)(work >> WORK_COUNT_BITS) & ((1u << WORK_CONTEXT_BITS) - 1);
}
RT static inline uint32_t work_count(uint64_t work) {
    return (uint32_t)work & ((1u << WORK_COUNT_BITS) - 1);
}

// Job words of one home lie together, on lines of their own: who looks whether there is anything left to take
// fetches a line or two for each worker, and not one for each job.
enum { JOB_WORDS_STEP = POOL_ALIGN_BYTES / sizeof(uint64_t) };

// The buffers of one job. Written by the audio thread before it publishes, read by a worker only after a
// successful claim, and kept with the context for as long as a straggler may read them.
typedef struct JobBuffers {
    uint32_t batch;
    uint32_t state_in;
    uint32_t state_out;
    uint32_t slot;
} JobBuffers;

typedef struct Run {
    JobBuffers *jobs; // batch_count
    uint32_t frames;
    uint32_t pins; // [audio] stragglers that may still read it
} Run;

// [audio] What a straggler may still read or write.
typedef struct Quarantine {
    bool active;
    uint16_t sequence; // over when the worker has finished this job
    uint32_t context;
    uint32_t state_in;
    uint32_t state_out;
    uint32_t slot;
} Quarantine;

typedef struct FigureWords {
    _Atomic uint64_t busy_ns, spin_ns, wake_ns, wakes, batches, stolen, last_busy_ns;
    _Atomic int32_t cpu;
} FigureWords;

typedef enum WorkerLife { WORKER_STARTING, WORKER_READY, WORKER_GONE } WorkerLife;

typedef struct Worker {
    ON_OWN_LINE Pool *pool; // set before the thread starts
    uint32_t index;
    Thread *thread; // [main]

    // Written by the worker.
    ON_OWN_LINE _Atomic uint16_t finished; // its last job's sequence number
    uint16_t sequence;                     // of the job in hand
    _Atomic uint32_t fit_spell;            // the aside_spell in which it became punctual again
    _Atomic uint32_t job_frame_ps;         // picoseconds for a batch and frame, lately; 0 unknown
    _Atomic uint32_t life;                 // WorkerLife
    _Atomic uint32_t obeyed;               // the orders that grant and error came from
    ThreadGrant grant;
    WorkgroupMember member;
    Error error;
    _Atomic bool pinned, realtime;
    uint64_t awake_since_ns, last_work_ns, callback_seen, oversleep_ns;
    uint32_t punctual_naps, job_frames;
    bool woken;
    ON_OWN_LINE FigureWords figures;

    // Written by whoever wakes it.
    ON_OWN_LINE _Atomic uint32_t bell;

    // Written by the audio thread.
    ON_OWN_LINE _Atomic uint32_t aside_spell; // odd: set aside
    _Atomic uint64_t rescued;
    _Atomic uint32_t naps_needed; // punctual ones in a row before it counts as fit
    uint32_t strikes;
    uint64_t strike_epoch;
    Quarantine quarantine;

    // Written by the main thread.
    ON_OWN_LINE _Atomic int32_t cpu_wanted; // to be pinned to, -1 for none
} Worker;

struct Pool {
    // Fixed after the start.
    void *memory; // what to free
    PoolConfig config;
    PoolClient client;
    Topology *topology; // NULL when not needed or not known
    uint32_t workers_asked, workers, batch_count, context_count, state_count, slot_count;
    WaitMode wait; // config's, unless workers take turns
    bool pin;
    Worker *worker;        // workers_asked
    _Atomic uint64_t *job; // workers_asked * home_words, see job_at
    uint32_t home_words;
    Run *run; // context_count
    Error start_notice;

    // Written by the audio thread for itself.
    ON_OWN_LINE uint64_t epoch;
    uint32_t *state_current, *state_next, *slot_current; // by batch
    uint32_t *spare_states, *spare_slots;
    uint32_t spare_state_count, spare_slot_count;
    uint32_t context;
    bool context_taken;
    uint32_t quarantined; // workers
    uint32_t refresh;     // next job word to bring up to date
    uint32_t callback_sharers;
    PoolCost cost;
    Rhythm rhythm;
    _Atomic uint64_t rescues;
    _Atomic int32_t audio_cpu;
    FigureWords audio_figures;
    uint64_t callback_busy_ns;

    // Written by the audio thread for the workers.
    ON_OWN_LINE _Atomic uint64_t work;
    _Atomic uint32_t sharers;      // workers 0..sharers-1 take part; a hint, so it needs no epoch
    _Atomic uint64_t published_ns; // a hint too
    ON_OWN_LINE RhythmWords beat;
    _Atomic uint64_t aside; // bits of the workers set aside

    // Written by everyone: bits of the workers that sleep or are about to.
    ON_OWN_LINE _Atomic uint64_t sleepers;

    // Written by the main thread.
    ON_OWN_LINE _Atomic uint32_t orders; // grows with each new order
    _Atomic uint32_t go;                 // threads are made, home ranges are known
    _Atomic bool quit;
    _Atomic uint32_t priority_wanted; // ThreadClass << 8 | level
    _Atomic(Workgroup *) workgroup_wanted;
    Workgroup *workgroup;               // that workers may be in; the pool owns it
    ON_OWN_LINE _Atomic uint32_t ready; // grows when a worker's life goes on
};

RT static inline void figure_add(_Atomic uint64_t *figure, uint64_t amount) {
    // One writer each: no read-modify-write instruction is needed.
    atomic_store_explicit(figure, atomic_load_explicit(figure, memory_order_relaxed) + amount,
                          memory_order_relaxed);
}

RT static inline uint64_t worker_bit(uint32_t index) {
    return (uint64_t)1 << index;
}

RT static inline bool is_aside(const Worker *worker) {
    return atomic_load_explicit(&worker->aside_spell, memory_order_relaxed) % 2 == 1;
}

/// The word of job j.
RT static inline _Atomic uint64_t *job_at(const Pool *pool, uint32_t j) {
    return &pool->job[(size_t)(j % pool->workers_asked) * pool->home_words + j / pool->workers_asked];
}

/// Renders one job of a run.
RT static inline void job_render(const Pool *pool, const JobBuffers *buffers, uint32_t context,
                                 uint32_t frames) {
    PoolJob job = {.batch = buffers->batch,
                   .context = context,
                   .state_in = buffers->state_in,
                   .state_out = buffers->state_out,
                   .slot = buffers->slot,
                   .frames = frames};
    pool->client.render(pool->client.user, &job);
}

/// Claims job j for a worker; false when it is taken or the epoch is over. [audio-thread or worker-thread]
RT bool job_claim(Pool *pool, uint32_t j, uint64_t claimed_word);

/// Wakes some of the sleeping workers that share the run, if any; those wake the others. Returns how many.
/// [audio-thread or worker-thread]
RT uint32_t wake_sharers(Pool *pool, uint32_t sharers);

/// Waits as the mode asks until the work word differs from `seen` or orders from `obeyed`; may return early.
/// [worker-thread]
RT void worker_wait(Worker *worker, uint64_t seen, uint32_t obeyed);

/// Has every worker look at its orders, asleep or not. [main-thread]
void pool_ring_all(Pool *pool);

/// Joins the workgroup that is wanted, if any; the grant is known. [worker-thread, in no workgroup]
void worker_join_workgroup(Worker *worker);

/// The thread's function; argument: its Worker. [worker-thread]
void worker_main(void *argument);

/// Hands back what stragglers held who have finished since. [audio-thread]
RT void buffers_reclaim(Pool *pool);

/// Moves ids after a job: the worker's result counts. [audio-thread]
RT void buffers_advance(Pool *pool, uint32_t batch);

/// Moves ids after a rescue: the spare result counts, what the straggler holds is quarantined. [audio-thread]
RT void buffers_replace(Pool *pool, uint64_t claimed_word, const JobBuffers *straggler,
                        const JobBuffers *rescue, uint32_t context);

/// Makes room for a rescue: two spare states and a spare slot are there on return. [audio-thread]
RT void buffers_ensure_spares(Pool *pool, uint32_t worker);

#endif
