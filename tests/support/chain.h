// A client of the pool whose states are chains of hashes: a lost, doubled, torn or misplaced result changes
// all that follow.
#ifndef TESTS_SUPPORT_CHAIN_H
#define TESTS_SUPPORT_CHAIN_H

#include "engine/pool/pool.h"

#include <stdatomic.h>
#include <stdint.h>

enum { CHAIN_WORDS = 16 }; // one line of POOL_ALIGN_BYTES

/// A buffer; all of its words are alike when no one is writing it.
typedef struct ChainBuffer {
    _Alignas(POOL_ALIGN_BYTES) uint64_t words[CHAIN_WORDS];
} ChainBuffer;

typedef struct Chain {
    Pool *pool;
    uint32_t batch_count;
    ChainBuffer *states, *slots, *contexts;
    uint64_t *expected;       // by batch, computed without the pool
    _Atomic uint32_t work_ns; // each job takes at least this long; a straggler reads it after its run
    uint64_t run;             // so far
    _Atomic uint64_t torn;    // buffers that changed while they were read
    _Atomic uint64_t touched; // batches whose memory was placed
} Chain;

/// Makes pool and buffers and starts it; ends the test program on failure.
Chain *chain_create(const PoolConfig *config, uint32_t batch_count);

/// Runs the listed batches once and checks every result. False on the first difference. deadline_ns as for
/// pool_run.
bool chain_run(Chain *chain, const uint32_t *batches, uint32_t count, uint64_t deadline_ns);

/// The same with all batches, so many times, without a deadline.
bool chain_run_all(Chain *chain, uint32_t runs);

/// Frees all and returns true, or, when a worker does not return, nothing and false.
bool chain_destroy(Chain *chain);

#endif
