// The engine's memory is what it says it is, survives being refused, and is given back.
#include "engine/engine.h"
#include "platform/memory.h"

#include <criterion/criterion.h>
#include <string.h>

// The linker sends the engine's and the pool's calls here.
void *__real_memory_allocate(size_t alignment, size_t bytes);
void *__wrap_memory_allocate(size_t alignment, size_t bytes);
void __real_memory_release(void *memory);
void __wrap_memory_release(void *memory);

static int until_failure = -1; // -1: none fails
static int held;               // allocations not released
static size_t bytes_held;

void *__wrap_memory_allocate(size_t alignment, size_t bytes) {
    if (until_failure == 0) {
        return NULL;
    }
    until_failure -= until_failure > 0;
    held++;
    bytes_held += bytes;
    return __real_memory_allocate(alignment, bytes);
}

void __wrap_memory_release(void *memory) {
    held -= memory != NULL;
    __real_memory_release(memory);
}

static Engine *create(uint32_t polyphony, uint32_t workers, Error *error) {
    static Bank bank = {.patch_count = 1};
    patch_init(&bank.patches[0]);
    EngineConfig config = engine_config_default();
    config.polyphony = polyphony;
    config.pool.workers = workers;
    bytes_held = 0;
    return engine_create(&config, &bank, error);
}

Test(engine_memory, is_as_large_as_it_says_and_given_back) {
    static const uint32_t POLYPHONY[] = {1, 100, ENGINE_POLYPHONY_MAX};
    for (size_t i = 0; i < sizeof POLYPHONY / sizeof POLYPHONY[0]; i++) {
        for (uint32_t workers = 1; workers <= 3; workers++) {
            Error error = {""};
            Engine *engine = create(POLYPHONY[i], workers, &error);
            cr_assert(engine, "%s", error.text);
            cr_assert_eq(held, 2, "the engine's and its pool's, not %d", held);
            cr_assert_eq(engine_memory_bytes(engine), bytes_held, "%u voices, %u workers",
                         (unsigned)POLYPHONY[i], (unsigned)workers);
            engine_destroy(engine);
            cr_assert_eq(held, 0);
        }
    }
}

Test(engine_memory, each_refused_allocation_is_said_and_nothing_is_kept) {
    for (int failures = 0; failures < 2; failures++) {
        Error error = {""};
        until_failure = failures;
        cr_assert_null(create(16, 2, &error));
        until_failure = -1;
        cr_assert(strstr(error.text, "no memory") != NULL, "%s", error.text);
        cr_assert_eq(held, 0);
    }
}
