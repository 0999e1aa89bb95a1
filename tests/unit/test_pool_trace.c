// What is traced is what was done, and tracing changes nothing.
#include "engine/pool/pool_trace.h"
#include "platform/clock.h"
#include "tests/support/chain.h"
#include "tests/support/dense_score.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { RING_SPANS = 8, BATCHES = 12, RUNS = 40, MANY_SPANS = 1 << 14, SCORE_FRAMES = 24000 };
static const uint64_t LIMIT_NS = 60000000000u; // a busy machine runs some workers seldom

static TraceSpan span_of(uint64_t number) {
    return (TraceSpan){.begin_ns = number,
                       .end_ns = 2 * number,
                       .value = 3 * number,
                       .number = (uint32_t)number,
                       .kind = (uint16_t)(number % TRACE_KIND_COUNT),
                       .cpu = (int16_t)(number % 7) - 1};
}

static void expect_span(const TraceSpan *span, uint64_t number) {
    TraceSpan expected = span_of(number);
    cr_expect_eq(span->begin_ns, expected.begin_ns);
    cr_expect_eq(span->end_ns, expected.end_ns);
    cr_expect_eq(span->value, expected.value);
    cr_expect_eq(span->number, expected.number);
    cr_expect_eq(span->kind, expected.kind);
    cr_expect_eq(span->cpu, expected.cpu);
}

typedef struct Filled {
    TraceRing ring;
    _Atomic uint64_t words[RING_SPANS * TRACE_SPAN_WORDS];
    uint64_t written, lost;
    TraceSpan spans[2 * RING_SPANS];
} Filled;

static void fill(Filled *filled, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        TraceSpan span = span_of(filled->written++);
        trace_ring_write(&filled->ring, &span);
    }
}

Test(pool_trace, a_ring_gives_back_what_was_written_in_order) {
    Filled filled = {0};
    trace_ring_init(&filled.ring, filled.words, RING_SPANS);
    uint64_t next = 0;
    for (uint32_t count = 1; count < RING_SPANS; count++) {
        fill(&filled, count);
        cr_assert_eq(trace_ring_read(&filled.ring, filled.spans, 2 * RING_SPANS, &filled.lost), count);
        for (uint32_t i = 0; i < count; i++) {
            expect_span(&filled.spans[i], next++);
        }
    }
    cr_expect_eq(filled.lost, 0);
    cr_expect_eq(trace_ring_read(&filled.ring, filled.spans, 2 * RING_SPANS, &filled.lost), 0);
}

Test(pool_trace, a_full_ring_keeps_the_newest_and_tells_how_many_it_lost) {
    Filled filled = {0};
    trace_ring_init(&filled.ring, filled.words, RING_SPANS);
    fill(&filled, 3 * RING_SPANS + 1);
    uint32_t count = trace_ring_read(&filled.ring, filled.spans, 2 * RING_SPANS, &filled.lost);
    cr_assert_eq(count, RING_SPANS - 1); // the oldest place may be written at any moment
    cr_expect_eq(filled.lost + count, filled.written);
    for (uint32_t i = 0; i < count; i++) {
        expect_span(&filled.spans[i], filled.lost + i);
    }
}

Test(pool_trace, a_reader_with_little_room_comes_again) {
    Filled filled = {0};
    trace_ring_init(&filled.ring, filled.words, RING_SPANS);
    fill(&filled, 5);
    cr_assert_eq(trace_ring_read(&filled.ring, filled.spans, 2, &filled.lost), 2);
    cr_assert_eq(trace_ring_read(&filled.ring, filled.spans, 2, &filled.lost), 2);
    expect_span(&filled.spans[0], 2);
    cr_assert_eq(trace_ring_read(&filled.ring, filled.spans, 2, &filled.lost), 1);
    expect_span(&filled.spans[0], 4);
}

Test(pool_trace, a_choice_is_unpacked_as_it_was_packed) {
    TraceChoice choice = {
        .threads = 64, .usual = 32, .size_class = -1, .in_duel = true, .alone_ns = 4000000000u};
    TraceChoice other = {.threads = 1, .usual = 2, .size_class = 15, .alone_ns = 1};
    for (int i = 0; i < 2; i++, choice = other) {
        TraceChoice got = trace_choice(trace_pack_choice(&choice));
        cr_expect_eq(got.threads, choice.threads);
        cr_expect_eq(got.usual, choice.usual);
        cr_expect_eq(got.size_class, choice.size_class);
        cr_expect_eq(got.in_duel, choice.in_duel);
        cr_expect_eq(got.alone_ns, choice.alone_ns);
    }
}

// How many spans of each kind a thread has noted; all of them are sound.
static void count_kinds(Pool *pool, uint32_t thread, uint32_t counts[TRACE_KIND_COUNT]) {
    static TraceSpan spans[MANY_SPANS];
    uint64_t lost = 0;
    uint32_t count = pool_trace_read(pool, thread, spans, MANY_SPANS, &lost);
    uint64_t before_ns = 0;
    for (uint32_t i = 0; i < count; i++) {
        cr_assert_lt(spans[i].kind, TRACE_KIND_COUNT);
        cr_assert_leq(spans[i].begin_ns, spans[i].end_ns);
        cr_assert_leq(before_ns, spans[i].end_ns);
        before_ns = spans[i].end_ns;
        counts[spans[i].kind]++;
    }
    cr_assert_eq(lost, 0);
}

Test(pool_trace, every_batch_is_rendered_in_some_thread_s_trace) {
    const PoolConfig config = {.workers = 2, .wait = WAIT_PREDICT, .share_always = true};
    Chain *chain = chain_create(&config, BATCHES);
    Error error;
    cr_expect_not(pool_traced(chain->pool));
    cr_assert(pool_trace_start(chain->pool, MANY_SPANS, &error), "%s", error.text);
    cr_expect_not(pool_trace_start(chain->pool, MANY_SPANS, &error), "a second one at the same time");
    uint32_t audio[TRACE_KIND_COUNT] = {0};
    uint32_t worker[TRACE_KIND_COUNT] = {0};
    uint64_t end_ns = clock_now_ns() + LIMIT_NS;
    uint32_t runs = 0;
    while (worker[TRACE_RENDER] == 0 && clock_now_ns() < end_ns) {
        cr_assert(chain_run_all(chain, RUNS));
        runs += RUNS;
        count_kinds(chain->pool, 0, audio);
        count_kinds(chain->pool, 1, worker);
    }
    cr_assert_gt(worker[TRACE_RENDER], 0);
    // What the worker claimed is waited for, so that only its last span may be missing yet.
    cr_expect_geq(audio[TRACE_RENDER] + worker[TRACE_RENDER] + audio[TRACE_RESCUE] + 1, runs * BATCHES);
    cr_expect_eq(audio[TRACE_RUN], runs);
    cr_expect_eq(audio[TRACE_PUBLISH], runs);
    cr_expect_eq(audio[TRACE_JOIN], runs);
    cr_expect_gt(worker[TRACE_SERVE], 0);
    cr_expect_gt(worker[TRACE_SLEEP] + worker[TRACE_SPIN], 0);
    pool_trace_stop(chain->pool);
    cr_expect_not(pool_traced(chain->pool));
    cr_expect(chain_run_all(chain, RUNS));
    cr_assert(chain_destroy(chain));
}

static uint64_t hash_traced(bool traced) {
    static TraceSpan spans[MANY_SPANS];
    Bank bank;
    dense_bank(&bank);
    EngineConfig config = dense_config(SIMD_AUTO, 2);
    Error error;
    Engine *engine = engine_create(&config, &bank, &error);
    cr_assert(engine, "%s", error.text);
    if (traced) {
        cr_assert(pool_trace_start(engine_pool(engine), MANY_SPANS, &error), "%s", error.text);
    }
    uint64_t hash = dense_hash(engine, SCORE_FRAMES, 0, 1);
    if (traced) {
        uint64_t lost = 0;
        cr_expect_gt(pool_trace_read(engine_pool(engine), 0, spans, MANY_SPANS, &lost), 100);
    }
    engine_destroy(engine); // ends the trace too
    return hash;
}

Test(pool_trace, tracing_changes_no_bit) {
    cr_expect_eq(hash_traced(true), hash_traced(false));
}
