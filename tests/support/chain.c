// Each job hashes its old state with what it is given; the same chain, computed alone, is what must come out.
#include "tests/support/chain.h"

#include "platform/clock.h"
#include "platform/memory.h"

#include <stdio.h>
#include <stdlib.h>

RT static uint64_t mix(uint64_t hash,
                       uint64_t salt) { // the finaliser of splitmix64 (Steele, Lea, Flood 2014)
    hash += salt * 0x9e3779b97f4a7c15u;
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9u;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebu;
    return hash ^ (hash >> 31);
}

RT static uint64_t read_buffer(Chain *chain, const ChainBuffer *buffer) {
    uint64_t first = buffer->words[0];
    for (int i = 1; i < CHAIN_WORDS; i++) {
        if (buffer->words[i] != first) {
            atomic_fetch_add(&chain->torn, 1);
        }
    }
    return first;
}

RT static void write_buffer(ChainBuffer *buffer, uint64_t value) {
    for (int i = 0; i < CHAIN_WORDS; i++) {
        buffer->words[i] = value;
    }
}

RT static void render(void *user, const PoolJob *job) {
    Chain *chain = user;
    uint64_t salt = read_buffer(chain, &chain->contexts[job->context]);
    uint64_t hash = mix(read_buffer(chain, &chain->states[job->state_in]), salt);
    write_buffer(&chain->states[job->state_out], ~hash); // so that a reader of a half-written one is caught
    write_buffer(&chain->slots[job->slot], ~hash);
    if (chain->work_ns > 0) {
        for (uint64_t end_ns = clock_now_ns() + chain->work_ns; clock_now_ns() < end_ns;) {
        }
    }
    if (read_buffer(chain, &chain->contexts[job->context]) != salt) {
        atomic_fetch_add(&chain->torn, 1);
    }
    write_buffer(&chain->states[job->state_out], hash);
    write_buffer(&chain->slots[job->slot], hash + job->batch);
}

static void first_touch(void *user, uint32_t batch) {
    Chain *chain = user;
    write_buffer(&chain->states[batch], batch);
    atomic_fetch_add(&chain->touched, 1);
}

static void *allocate(size_t count, size_t bytes) {
    void *memory = memory_allocate(POOL_ALIGN_BYTES, count * bytes);
    if (memory == NULL) {
        abort();
    }
    return memory;
}

Chain *chain_create(const PoolConfig *config, uint32_t batch_count) {
    Chain *chain = calloc(1, sizeof *chain);
    Error error = {0};
    if (chain == NULL || (chain->pool = pool_create(config, batch_count, &error)) == NULL) {
        fprintf(stderr, "chain: %s\n", error.text);
        abort();
    }
    chain->batch_count = batch_count;
    chain->states = allocate(pool_state_count(chain->pool), sizeof *chain->states);
    chain->slots = allocate(pool_slot_count(chain->pool), sizeof *chain->slots);
    chain->contexts = allocate(pool_context_count(chain->pool), sizeof *chain->contexts);
    chain->expected = allocate(batch_count, sizeof *chain->expected);
    for (uint32_t batch = 0; batch < batch_count; batch++) {
        chain->expected[batch] = batch;
    }
    PoolClient client = {.user = chain, .render = render, .first_touch = first_touch};
    if (!pool_start(chain->pool, &client, &error)) {
        fprintf(stderr, "chain: %s\n", error.text);
        abort();
    }
    return chain;
}

bool chain_run(Chain *chain, const uint32_t *batches, uint32_t count, uint64_t deadline_ns) {
    uint64_t salt = ++chain->run;
    write_buffer(&chain->contexts[pool_begin(chain->pool)], salt);
    pool_run(chain->pool, batches, count, 64, deadline_ns);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t batch = batches[i];
        chain->expected[batch] = mix(chain->expected[batch], salt);
        // The state shows in the next run, which reads it.
        const ChainBuffer *slot = &chain->slots[pool_slot(chain->pool, batch)];
        if (read_buffer(chain, slot) != chain->expected[batch] + batch) {
            fprintf(stderr, "chain: run %llu, batch %u differs\n", (unsigned long long)chain->run,
                    (unsigned)batch);
            return false;
        }
    }
    return atomic_load(&chain->torn) == 0;
}

bool chain_run_all(Chain *chain, uint32_t runs) {
    uint32_t *batches = allocate(chain->batch_count, sizeof *batches);
    for (uint32_t batch = 0; batch < chain->batch_count; batch++) {
        batches[batch] = batch;
    }
    bool same = true;
    for (uint32_t i = 0; same && i < runs; i++) {
        same = chain_run(chain, batches, chain->batch_count, 0);
    }
    memory_release(batches);
    return same;
}

bool chain_destroy(Chain *chain) {
    Error error;
    if (!pool_destroy(chain->pool, &error)) {
        return false; // what a thread may still write stays
    }
    memory_release(chain->states);
    memory_release(chain->slots);
    memory_release(chain->contexts);
    memory_release(chain->expected);
    free(chain);
    return true;
}
