// Aligned memory from malloc, which every system has; the pointer to release stands before it.
#include "platform/memory.h"

#include <stdint.h>
#include <stdlib.h>

void *memory_allocate(size_t alignment, size_t bytes) {
    if (bytes > SIZE_MAX - alignment - sizeof(void *)) {
        return NULL;
    }
    void *whole = malloc(bytes + alignment + sizeof(void *));
    if (!whole) {
        return NULL;
    }
    uintptr_t start = ((uintptr_t)whole + sizeof(void *) + alignment - 1) & ~(uintptr_t)(alignment - 1);
    ((void **)start)[-1] = whole;
    return (void *)start;
}

void memory_release(void *memory) {
    if (memory) {
        free(((void **)memory)[-1]);
    }
}
