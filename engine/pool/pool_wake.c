// A worker sleeps on its bell and has a bit in one word; whoever clears the bit rings the bell.
#include "engine/pool/pool_wake.h"
#include "platform/wait.h"

RT uint64_t wake_find(const Pool *pool, uint32_t sharers) {
    uint64_t sharing = sharers >= 64 ? ~(uint64_t)0 : worker_bit(sharers) - 1;
    sharing &= ~(uint64_t)1 & ~atomic_load_explicit(&pool->aside, memory_order_relaxed);
    // Sequentially consistent with the work word's store before, and with the sleeper's bit and its last look
    // at the work word: either we see the bit or it sees the work.
    return atomic_load(&pool->sleepers) & sharing;
}

RT void wake_sharers(Pool *pool, uint64_t sleeping) {
    enum { WAKE_FANOUT = 2 }; // each wake costs the waker microseconds
    for (uint32_t woken = 0; sleeping != 0 && woken < WAKE_FANOUT; sleeping &= sleeping - 1) {
        uint32_t index = (uint32_t)__builtin_ctzll(sleeping);
        if (!(atomic_fetch_and(&pool->sleepers, ~worker_bit(index)) & worker_bit(index))) {
            continue;
        }
        // Relaxed: the system call orders it before the sleeper's look.
        atomic_fetch_add_explicit(&pool->worker[index].bell, 1, memory_order_relaxed);
        wait_wake_one(&pool->worker[index].bell);
        woken++;
    }
}

void wake_for_orders(Pool *pool) {
    atomic_fetch_add(&pool->orders, 1);
    wake_all(pool);
}

void wake_all(Pool *pool) {
    for (uint32_t i = 1; i < pool->workers; i++) {
        atomic_fetch_add(&pool->worker[i].bell, 1);
        wait_wake_one(&pool->worker[i].bell);
    }
}
