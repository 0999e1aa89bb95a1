// Makes workers misbehave and threads scarce: only in the library that tests link (POLYCORE_TEST_HOOKS).
#ifndef ENGINE_POOL_POOL_TESTING_H
#define ENGINE_POOL_POOL_TESTING_H

#include "engine/pool/pool.h"

#include <stdbool.h>
#include <stdint.h>

/// Where in a job the hook is called.
typedef enum PoolTestPoint { POOL_TEST_CLAIMED, POOL_TEST_RENDERED } PoolTestPoint;

/// Called by workers (not the audio thread) in the middle of each job, when set. May sleep, for ever too;
/// returning false ends the thread on the spot. Set before pool_start, cleared after pool_destroy.
/// [worker-thread]
extern bool (*pool_test_hook)(uint32_t worker, PoolTestPoint point);

/// So many threads are granted by the system, the rest refused. [main-thread]
extern uint32_t pool_test_threads_granted;

/// Workers wait as they are told to even when they outnumber the cores, and else would park. Set before
/// pool_create. [main-thread]
extern bool pool_test_keep_wait;

/// How the workers of the pool that was made last wait. [main-thread]
extern WaitMode pool_test_wait;

#endif
