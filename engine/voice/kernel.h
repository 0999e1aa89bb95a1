// The voice, compiled once for each instruction set: renders the lanes of one batch through one chunk.
#ifndef ENGINE_VOICE_KERNEL_H
#define ENGINE_VOICE_KERNEL_H

#include "engine/channels.h"
#include "engine/chunk.h"
#include "engine/voice/simd_kind.h"
#include "platform/thread_tags.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { KERNEL_ALIGNMENT_BYTES = 128 };
#define KERNEL_LEVEL_RISING 1e9f // what status says of a note before its peak: louder than any level

typedef struct Kernel {
    SimdKind kind;
    uint32_t lanes;     // in one register
    size_t state_bytes; // of one register of lanes, a multiple of KERNEL_ALIGNMENT_BYTES

    /// Makes `registers` registers of silent lanes. [main-thread]
    void (*clear)(void *state, uint32_t registers);

    /// Reads `from`, writes `to` and adds up all lanes into sound[..][0..chunk->frames), by the tree
    /// (0+1)+(2+3)... over lane numbers. first_command: the batch's, or COMMAND_NONE. registers: a power of
    /// two. The same input gives the same output on any thread. Returns false, and leaves sound alone, when
    /// no lane sounds. [audio-thread or worker-thread]
    RT bool (*render)(const Chunk *chunk, int32_t first_command, const void *from, void *to,
                      uint32_t registers, float sound[CHANNEL_COUNT][CHUNK_MAX_FRAMES]);

    /// What the lanes came to: alive[l] and level[l] (linear) for registers * lanes lanes. [audio-thread]
    RT void (*status)(const void *state, uint32_t registers, uint8_t *alive, float *level);
} Kernel;

#endif
