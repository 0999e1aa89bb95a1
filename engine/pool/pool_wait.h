// Waits for work on a worker.
#ifndef ENGINE_POOL_POOL_WAIT_H
#define ENGINE_POOL_POOL_WAIT_H

#include "engine/pool/pool_shared.h"

#include <stdint.h>

/// Waits as the mode asks until the work word differs from `seen` or orders from `obeyed`; may return early.
/// [worker-thread]
RT void worker_wait(Worker *worker, uint64_t seen, uint32_t obeyed);

#endif
