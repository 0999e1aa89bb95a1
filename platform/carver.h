// Lays arrays out one behind the other, so that one allocation holds them all.
#ifndef PLATFORM_CARVER_H
#define PLATFORM_CARVER_H

#include <stddef.h>

/// Run the same code twice: with base NULL it only counts, and `used` is then the size to allocate; with base
/// at that memory it hands the arrays out. So size and layout cannot disagree.
typedef struct Carver {
    void *base;             // at a multiple of alignment_bytes, or NULL
    size_t alignment_bytes; // of every array; a power of two
    size_t used; // bytes so far, a multiple of alignment_bytes; CARVER_TOO_LARGE: beyond any memory
} Carver;

#define CARVER_TOO_LARGE ((size_t)-1)

/// Takes room for count items of so many bytes each, not written. NULL when base is NULL or the sum is too
/// large. [any-thread]
void *carver_take(Carver *carver, size_t count, size_t item_bytes);

#endif
