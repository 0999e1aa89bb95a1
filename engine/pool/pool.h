// Renders a run's batches on persistent worker threads; the caller is worker 0.
//
// The pool knows nothing of voices: it moves ids of buffers that its client owns. Each batch has a current
// state and an output slot. A run turns state N into state N+1 in another buffer, and the result counts only
// once it is published. So a batch whose worker does not come back in time is rendered again by the audio
// thread, with the same result.
#ifndef ENGINE_POOL_POOL_H
#define ENGINE_POOL_POOL_H

#include "platform/error.h"
#include "platform/thread.h"
#include "platform/thread_tags.h"
#include "platform/workgroup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    POOL_WORKERS_MAX = 64,
    POOL_WORKERS_AUTO = 0,
    POOL_BATCHES_MAX = 2047,
    POOL_FRAMES_MAX = 8191,
    POOL_ALIGN_BYTES = 128, // where a buffer starts: processors fetch lines of 64 bytes in pairs
};

/// How an idle worker waits for the next run.
typedef enum WaitMode {
    WAIT_PARK,    // sleeps at once: least processor time, slowest start
    WAIT_PREDICT, // sleeps, and wakes itself shortly before the next callback is expected
    WAIT_SPIN,    // spins as long as a real-time thread may: fastest start, a whole core each
    WAIT_MODE_COUNT,
} WaitMode;

/// "park", "predict", "spin", and NULL after the last.
extern const char *const WAIT_MODE_NAMES[WAIT_MODE_COUNT + 1];

/// PIN_AUTO pins where fewer threads render than the process may use cores, so that whatever else runs has a
/// core to go to.
typedef enum PinMode { PIN_AUTO, PIN_ON, PIN_OFF, PIN_MODE_COUNT } PinMode;

/// "auto", "on", "off", and NULL after the last.
extern const char *const PIN_MODE_NAMES[PIN_MODE_COUNT + 1];

typedef struct PoolConfig {
    uint32_t workers; // that render, the audio thread included: 1..POOL_WORKERS_MAX, or POOL_WORKERS_AUTO
    WaitMode wait;
    PinMode pin;
    bool share_always; // every run goes to every worker, however small: for benchmarks and tests alone
} PoolConfig;

/// One batch to render: ids of buffers, 0..pool_*_count()-1 of their kind.
typedef struct PoolJob {
    uint32_t batch;
    uint32_t context;   // read
    uint32_t state_in;  // read
    uint32_t state_out; // written
    uint32_t slot;      // written
    uint32_t frames;
} PoolJob;

/// Who owns the buffers and knows how to render.
typedef struct PoolClient {
    void *user;
    /// Renders one batch: a function of context and state_in alone, which writes all of state_out and slot
    /// and nothing else. May run twice for one batch, at the same time, with different outputs. [audio-thread
    /// or worker-thread]
    void (*render)(void *user, const PoolJob *job) RT;
    /// Places the batch's memory by writing it once; called before any render. May be NULL. [worker-thread or
    /// main-thread]
    void (*first_touch)(void *user, uint32_t batch);
} PoolClient;

typedef struct Pool Pool;

/// Decides on workers and allocates the pool's own memory; starts no thread.
/// batch_count: 1..POOL_BATCHES_MAX. NULL with error filled when a value is out of range or memory is
/// refused. [main-thread]
Pool *pool_create(const PoolConfig *config, uint32_t batch_count, Error *error);

/// How many buffers of each kind the client owns; they must stay until pool_destroy has returned true. At
/// first batch b has state b and slot b, and state batch_count + b for what its first run writes.
/// [main-thread]
uint32_t pool_state_count(const Pool *pool);
uint32_t pool_slot_count(const Pool *pool);
uint32_t pool_context_count(const Pool *pool);

/// Bytes that the pool itself has allocated. [any-thread]
size_t pool_memory_bytes(const Pool *pool);

/// Threads that render, the audio thread included; after pool_start, those that the system granted.
/// [any-thread]
uint32_t pool_workers(const Pool *pool);

/// Starts the threads and has them place memory. client is copied. Fewer threads than asked for is no
/// failure: pool_notice tells. False with error filled when a thread that did start does not answer.
/// [main-thread]
bool pool_start(Pool *pool, const PoolClient *client, Error *error);

/// Stops the threads and frees all. False with error filled when a worker does not return within two seconds:
/// it and everything that it may still touch, the client's buffers too, then have to stay. NULL is harmless.
/// [main-thread, no pool_run running]
bool pool_destroy(Pool *pool, Error *error);

/// A context that no one reads any more, to be filled for the next pool_run; the same one until that run.
/// [audio-thread]
RT uint32_t pool_begin(Pool *pool);

/// Renders the batches listed, each listed once, with the context of pool_begin; all are complete on return.
/// frames: 1..POOL_FRAMES_MAX, handed on. deadline_ns: clock_now_ns() time by which all must be done, 0 for
/// none. [audio-thread]
RT void pool_run(Pool *pool, const uint32_t *batches, uint32_t count, uint32_t frames, uint64_t deadline_ns);

/// Where the batch's last output is. [audio-thread]
RT uint32_t pool_slot(const Pool *pool, uint32_t batch);

/// Frames the runs of one callback, so that workers know when to expect the next: period_ns after the last on
/// average, 0 when there is no clock (offline). Runs outside of callbacks are allowed. [audio-thread]
RT void pool_callback_begin(Pool *pool, uint64_t now_ns, uint64_t period_ns);
RT void pool_callback_end(Pool *pool);

/// Notes where the audio thread runs. Call it in the first callback. [audio-thread]
RT void pool_adopt_audio_thread(Pool *pool);

/// The worker that was busy for longest in the last callback it took part in. [audio-thread]
RT uint32_t pool_slowest(const Pool *pool);

/// Where a worker runs or ran last, -1 unknown. [any-thread]
RT int32_t pool_worker_cpu(const Pool *pool, uint32_t worker);

/// Asks the workers to take the callback thread's class, one level below it, and cores next to its own.
/// Returns at once; figures and pool_notice tell what came of it. [main-thread, after
/// pool_adopt_audio_thread]
void pool_match_audio_thread(Pool *pool, ThreadPriority priority);

/// Has the workers join the device's workgroup, and takes it over; NULL for none. Returns at once unless they
/// were in another. [main-thread, after pool_match_audio_thread]
void pool_join_workgroup(Pool *pool, Workgroup *group);

/// Has them leave it again, before its stream ends. False when a worker does not answer: it then leaves when
/// it is back. [main-thread]
bool pool_leave_workgroup(Pool *pool);

/// Tells what was asked for and refused: threads, pinning, priority. False when there is nothing to tell.
/// [main-thread]
bool pool_notice(const Pool *pool, Error *notice);

/// Tells what worker 1..pool_workers()-1 asked for and was granted. False while it has not yet done what
/// pool_match_audio_thread asked last. [main-thread]
bool pool_grant(const Pool *pool, uint32_t worker, ThreadGrant *grant);

/// One worker, summed since the start; difference two readings for a rate.
typedef struct WorkerFigures {
    uint64_t busy_ns;       // rendering
    uint64_t spin_ns;       // awake but waiting: not load
    uint64_t wake_ns;       // summed delay from publish to a sleeping worker's first look
    uint64_t wakes;         // how many of those
    uint64_t batches;       // rendered, rescues not counted
    uint64_t stolen;        // of those, from another worker's range
    uint64_t rescued;       // batches of this worker that the audio thread rendered in its stead
    uint64_t last_busy_ns;  // in the last callback it took part in
    uint64_t worst_busy_ns; // in one callback, since the last reading: for one reader
    int32_t cpu;            // where it is pinned or last ran, -1 unknown
    bool pinned;
    bool realtime;     // what was granted
    bool in_workgroup; // of the device that plays
    bool set_aside;    // a repeated straggler, until it answers again
} WorkerFigures;

/// Copies the figures without ever making a worker wait, and takes the worst ones. [any-thread]
void pool_figures(Pool *pool, WorkerFigures figures[POOL_WORKERS_MAX], uint32_t *workers, uint64_t *rescues);

#endif
