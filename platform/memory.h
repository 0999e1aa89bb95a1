// Allocates memory at an alignment of one's choice, the same way on every system.
#ifndef PLATFORM_MEMORY_H
#define PLATFORM_MEMORY_H

#include <stddef.h>

/// Memory for bytes at a multiple of alignment (a power of two, a multiple of a pointer's size), not yet
/// written. NULL when there is none. Release it with memory_release. [main-thread]
void *memory_allocate(size_t alignment, size_t bytes);

/// NULL is harmless. [main-thread]
void memory_release(void *memory);

#endif
