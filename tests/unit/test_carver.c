// The two passes over a layout agree, its arrays do not overlap, and no sum wraps.
#include "platform/carver.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

enum { ALIGNMENT_BYTES = 128, ARRAYS = 5 };

static const struct {
    size_t count, item_bytes;
} LAYOUT[ARRAYS] = {{1, 1}, {3, 128}, {0, 16}, {43, 3}, {2, 500}};

static size_t lay_out(void *base, void *arrays[ARRAYS]) {
    Carver carver = {.base = base, .alignment_bytes = ALIGNMENT_BYTES};
    for (int i = 0; i < ARRAYS; i++) {
        arrays[i] = carver_take(&carver, LAYOUT[i].count, LAYOUT[i].item_bytes);
    }
    return carver.used;
}

Test(carver, gives_each_array_room_of_its_own_within_what_it_counted) {
    static _Alignas(ALIGNMENT_BYTES) unsigned char memory[4096];
    void *counted[ARRAYS];
    void *arrays[ARRAYS];
    size_t bytes = lay_out(NULL, counted);
    cr_assert_eq(bytes, 128u + 384u + 0u + 256u + 1024u);
    cr_assert_eq(lay_out(memory, arrays), bytes);
    memset(memory, 0xFF, sizeof memory);
    for (int i = 0; i < ARRAYS; i++) {
        cr_assert_null(counted[i]);
        cr_assert_eq((uintptr_t)arrays[i] % ALIGNMENT_BYTES, 0);
        memset(arrays[i], i, LAYOUT[i].count * LAYOUT[i].item_bytes);
    }
    for (int i = 0; i < ARRAYS; i++) {
        const unsigned char *array = arrays[i];
        for (size_t byte = 0; byte < LAYOUT[i].count * LAYOUT[i].item_bytes; byte++) {
            cr_assert_eq(array[byte], i, "byte %zu of array %d", byte, i);
        }
    }
    for (size_t byte = bytes; byte < sizeof memory; byte++) {
        cr_assert_eq(memory[byte], 0xFF, "byte %zu is beyond what was counted", byte);
    }
}

Test(carver, says_when_a_sum_is_beyond_any_memory) {
    static const struct {
        size_t count, item_bytes;
    } LARGE[] = {{SIZE_MAX / 2, 3}, {1, SIZE_MAX}, {1, SIZE_MAX - ALIGNMENT_BYTES}};
    for (size_t i = 0; i < sizeof LARGE / sizeof LARGE[0]; i++) {
        static _Alignas(ALIGNMENT_BYTES) unsigned char memory[ALIGNMENT_BYTES];
        Carver carver = {.base = memory, .alignment_bytes = ALIGNMENT_BYTES};
        cr_assert_eq(carver_take(&carver, 1, 1), (void *)memory);
        cr_assert_null(carver_take(&carver, LARGE[i].count, LARGE[i].item_bytes), "case %zu", i);
        cr_assert_null(carver_take(&carver, 1, 1), "it stays too large");
        cr_assert_eq(carver.used, CARVER_TOO_LARGE);
    }
}
