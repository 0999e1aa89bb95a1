// What the pool's threads share, and who writes it. Private to engine/pool/.
#ifndef ENGINE_POOL_POOL_SHARED_H
#define ENGINE_POOL_POOL_SHARED_H

#include "engine/pool/pool.h"
#include "engine/pool/pool_cost.h"
#include "engine/pool/pool_rhythm.h"
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

// The work word: epoch, context, number of threads that share.
enum { WORK_SHARERS_BITS = 12, WORK_CONTEXT_BITS = 12 };
_Static_assert(WORK_SHARERS_BITS + WORK_CONTEXT_BITS == EPOCH_SHIFT, "the word is full");

RT static inline uint64_t work_word(uint64_t epoch, uint32_t context, uint32_t sharers) {
    return epoch << EPOCH_SHIFT | (uint64_t)context << WORK_SHARERS_BITS | sharers;
}
RT static inline uint32_t work_context(uint64_t work) {
    return (uint32_t)(work >> WORK_SHARERS_BITS) & ((1u << WORK_CONTEXT_BITS) - 1);
}
RT static inline uint32_t work_sharers(uint64_t work) {
    return (uint32_t)work & ((1u << WORK_SHARERS_BITS) - 1);
}

// A home's word: epoch, frames, number of jobs at home there. Who finds another epoch than that of the work
// word comes too late.
enum { HOME_COUNT_BITS = 11, HOME_FRAMES_BITS = 13 };
_Static_assert(HOME_COUNT_BITS + HOME_FRAMES_BITS == EPOCH_SHIFT, "the word is full");
_Static_assert(POOL_BATCHES_MAX < 1 << HOME_COUNT_BITS, "all batches may be at home in one place");
_Static_assert(POOL_FRAMES_MAX < 1 << HOME_FRAMES_BITS, "frames fit");

RT static inline uint64_t home_word(uint64_t epoch, uint32_t frames, uint32_t count) {
    return epoch << EPOCH_SHIFT | (uint64_t)frames << HOME_COUNT_BITS | count;
}
RT static inline uint32_t home_frames(uint64_t home) {
    return (uint32_t)(home >> HOME_COUNT_BITS) & ((1u << HOME_FRAMES_BITS) - 1);
}
RT static inline uint32_t home_count(uint64_t home) {
    return (uint32_t)home & ((1u << HOME_COUNT_BITS) - 1);
}

// The buffers of one job.
typedef struct JobBuffers {
    uint16_t batch;
    uint16_t state_in;
    uint16_t state_out;
    uint16_t slot;
} JobBuffers;
_Static_assert(sizeof(JobBuffers) == sizeof(uint64_t), "they are stored in one step");

RT static inline uint64_t pack_buffers(JobBuffers buffers) {
    return (uint64_t)buffers.batch << 48 | (uint64_t)buffers.state_in << 32 |
           (uint64_t)buffers.state_out << 16 | (uint64_t)buffers.slot;
}
RT static inline JobBuffers unpack_buffers(uint64_t packed) {
    return (JobBuffers){(uint16_t)(packed >> 48), (uint16_t)(packed >> 32), (uint16_t)(packed >> 16),
                        (uint16_t)packed};
}

// A job. Its buffers are written before the run is published and read before the claim, whose success proves
// that they are this run's. Four jobs are one line of 64 bytes; those of one home lie together.
typedef struct Job {
    _Atomic uint64_t word;
    _Atomic uint64_t buffers;
} Job;

// [audio] What a straggler may still read or write.
typedef struct Quarantine {
    bool active;
    uint16_t sequence; // over when the worker has finished this job
    uint32_t context;
    JobBuffers buffers;
} Quarantine;

typedef struct FigureWords {
    _Atomic uint64_t busy_ns, spin_ns, wake_ns, wakes, batches, stolen, last_busy_ns, worst_busy_ns;
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
    _Atomic uint32_t life;                 // WorkerLife
    _Atomic uint32_t obeyed;               // the orders that grant and error came from
    ThreadGrant grant;
    WorkgroupMember member;
    Error error;
    _Atomic bool pinned, realtime, in_workgroup;
    uint64_t awake_since_ns, last_work_ns, oversleep_ns;
    uint64_t served_callback;       // the count of ended ones when it last looked for jobs
    _Atomic uint64_t last_callback; // in which it worked, as pool->ended counts them
    uint32_t punctual_naps;
    bool woken;
    _Atomic bool tracing; // may write into the rings of a trace; the audio thread has its in worker 0
    ON_OWN_LINE FigureWords figures;
    _Atomic uint32_t job_frame_ps; // picoseconds for a batch and frame, lately; 0 unknown

    // Written by whoever wakes it.
    ON_OWN_LINE _Atomic uint32_t bell;

    // Written by the audio thread.
    ON_OWN_LINE _Atomic uint32_t aside_spell; // odd: set aside
    _Atomic uint64_t rescued;
    _Atomic uint32_t naps_needed; // punctual ones in a row before it counts as fit
    uint32_t strikes;
    uint16_t strike_sequence; // of the job rescued last
    Quarantine quarantine;

    // Written by the main thread.
    ON_OWN_LINE _Atomic int32_t cpu_wanted; // to be pinned to, -1 for none
} Worker;

struct Pool {
    // Fixed after the start.
    PoolConfig config;
    PoolClient client;
    Topology *topology; // NULL when not needed or not known
    uint32_t workers_asked, workers, batch_count, context_count, state_count, slot_count;
    WaitMode wait; // config's, unless workers take turns
    bool pin;
    Worker *worker; // workers_asked
    Job *job;       // workers_asked * home_jobs: batch_count at least for each home
    uint32_t home_jobs;
    Error start_notice;
    _Atomic(struct PoolTrace *)
        trace; // the main thread's, and rarely written: every place that notes looks here

    // Written by the audio thread for itself.
    ON_OWN_LINE uint64_t epoch;
    uint16_t *state_current, *state_next, *slot_current; // by batch
    uint16_t *spare_states, *spare_slots;
    uint32_t *pins; // by context: stragglers that may still read it
    Job **taken;    // batch_count: jobs of this run that workers have claimed
    uint32_t spare_state_count, spare_slot_count;
    uint32_t context;
    bool context_taken;
    uint32_t quarantined; // workers
    uint32_t refresh;     // next job word to bring up to date
    bool in_callback;
    uint32_t callback_sharers;
    uint32_t expected_sharers; // for the next callback
    uint32_t fewer_callbacks;  // in a row that did with fewer
    uint32_t passed_over;      // runs since a sleeping sharer was last rung for
    PoolCost cost;
    Rhythm rhythm;
    _Atomic uint64_t rescues;
    _Atomic int32_t audio_cpu;
    FigureWords audio_figures;
    uint64_t callback_busy_ns;
    uint64_t callback_trace_ns; // when it began, 0 when nobody traced

    // Written by the audio thread for the workers; those who wait look at the work word all the time.
    ON_OWN_LINE _Atomic uint64_t work;
    _Atomic uint64_t ended; // callbacks; here, since who takes the work needs it
    _Atomic uint64_t home[POOL_WORKERS_MAX];
    ON_OWN_LINE RhythmWords beat;
    _Atomic uint64_t aside;        // bits of the workers set aside
    _Atomic uint64_t published_ns; // a hint

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

/// Raises a figure that a reader may set to 0 meanwhile; a reading lost to that is one run's.
RT static inline void figure_raise(_Atomic uint64_t *figure, uint64_t value) {
    if (value > atomic_load_explicit(figure, memory_order_relaxed)) {
        atomic_store_explicit(figure, value, memory_order_relaxed);
    }
}

RT static inline uint64_t worker_bit(uint32_t index) {
    return (uint64_t)1 << index;
}

/// The jobs at home with a worker.
RT static inline Job *jobs_of(const Pool *pool, uint32_t home) {
    return &pool->job[(size_t)home * pool->home_jobs];
}

/// The buffers of a job that this thread has listed or claimed, or seen claimed.
RT static inline JobBuffers buffers_in(const Job *job) {
    return unpack_buffers(atomic_load_explicit(&job->buffers, memory_order_relaxed));
}

/// Renders one job of a run.
RT static inline void job_render(const Pool *pool, JobBuffers buffers, uint32_t context, uint32_t frames) {
    PoolJob job = {.batch = buffers.batch,
                   .context = context,
                   .state_in = buffers.state_in,
                   .state_out = buffers.state_out,
                   .slot = buffers.slot,
                   .frames = frames};
    pool->client.render(pool->client.user, &job);
}

/// Claims a job for a worker; false when it is taken or the epoch is over. [audio-thread or worker-thread]
RT static inline bool job_claim(Job *job, uint64_t claimed_word) {
    uint64_t seen = atomic_load_explicit(&job->word, memory_order_relaxed);
    // Release: who sees this claim sees that the claimer's last job is finished, and the buffers were read
    // before. Acquire: the same of whoever had the job before.
    return epoch_older(word_epoch(seen), word_epoch(claimed_word)) &&
           atomic_compare_exchange_strong_explicit(&job->word, &seen, claimed_word, memory_order_acq_rel,
                                                   memory_order_relaxed);
}

#endif
