// The MIDI file reader keeps to the memory it promises, and survives having none, whatever the file.
#include "engine/midi/smf.h"
#include "tests/support/smf_invariants.h"
#include "tests/support/smf_samples.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { RATE_HZ = 48000, FIXED_BYTES = 256 };

// The linker sends the reader's calls of malloc here.
void *__real_malloc(size_t bytes);
void *__wrap_malloc(size_t bytes);

static int mallocs_until_failure = -1; // -1: none fails
static size_t bytes_allocated;

void *__wrap_malloc(size_t bytes) {
    if (mallocs_until_failure == 0) {
        return NULL;
    }
    mallocs_until_failure -= mallocs_until_failure > 0;
    bytes_allocated += bytes;
    return __real_malloc(bytes);
}

// Parses a copy that ends where its memory ends, so that AddressSanitizer sees a read beyond it, and that is
// gone afterwards.
static Smf *parse(const uint8_t *bytes, size_t count, Error *error) {
    uint8_t *copy = __real_malloc(count > 0 ? count : 1);
    cr_assert(copy != NULL);
    memcpy(copy, bytes, count);
    bytes_allocated = 0;
    Smf *smf = smf_parse(copy, count, "song.mid", error);
    free(copy);
    return smf;
}

Test(smf_memory, each_refused_allocation_is_said_and_nothing_leaks) {
    Bytes bytes = {.count = 0};
    sample_song(&bytes);
    int failures = 0;
    for (;; failures++) {
        Error error = {""};
        mallocs_until_failure = failures;
        Smf *smf = parse(bytes.data, bytes.count, &error);
        mallocs_until_failure = -1;
        if (smf) {
            smf_destroy(smf);
            break;
        }
        cr_assert(strstr(error.text, "song.mid: no memory") != NULL, "%s", error.text);
    }
    cr_assert(failures == 3, "allocations: %d", failures);
}

static void assert_memory_is_bounded(const Bytes *bytes) {
    cr_assert(bytes_allocated <= 16 * bytes->count + FIXED_BYTES, "%zu bytes for a file of %zu",
              bytes_allocated, bytes->count);
}

Test(smf_memory, the_densest_files_stay_within_the_memory_promised) {
    // Nothing takes fewer bytes than a program change in running status inside an escape, but for tracks that
    // are empty.
    Bytes escape = {.count = 0};
    bytes_add_chunk(&escape, "MThd", "00 00 00 01 00 60");
    bytes_add(&escape, "4D 54 72 6B 00 00 03 05 00 F7 86 01 C0");
    memset(escape.data + escape.count, 5, 768);
    escape.count += 768;
    Bytes empty = {.count = 0};
    bytes_add_chunk(&empty, "MThd", "00 01 00 64 00 60");
    for (int i = 0; i < 100; i++) {
        bytes_add_chunk(&empty, "MTrk", "");
    }
    const Bytes *const files[] = {&escape, &empty};
    static const size_t EVENTS[] = {768, 0};
    for (int i = 0; i < 2; i++) {
        Error error = {""};
        Smf *smf = parse(files[i]->data, files[i]->count, &error);
        cr_assert(smf != NULL, "%s", error.text);
        cr_assert(smf_event_count(smf) == EVENTS[i]);
        assert_memory_is_bounded(files[i]);
        smf_destroy(smf);
    }
}

static uint32_t next_random(uint32_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

// Overwrites, cuts out or repeats a few bytes.
static void mutate(Bytes *bytes, uint32_t *random) {
    static const uint8_t TELLING[] = {0x00, 0x01, 0x7F, 0x80, 0xF0, 0xF7, 0xFF, 0x2F};
    for (uint32_t changes = 1 + next_random(random) % 4; changes > 0 && bytes->count > 1; changes--) {
        size_t at = next_random(random) % bytes->count;
        size_t count = 1 + next_random(random) % 4;
        uint32_t kind = next_random(random) % 4;
        if (kind == 0) {
            bytes->data[at] = (uint8_t)next_random(random);
        } else if (kind == 1) {
            bytes->data[at] = TELLING[next_random(random) % sizeof TELLING];
        } else if (kind == 2 && at + count < bytes->count) {
            memmove(bytes->data + at, bytes->data + at + count, bytes->count - at - count);
            bytes->count -= count;
        } else if (kind == 3 && bytes->count + count <= BYTES_MAX) {
            memmove(bytes->data + at + count, bytes->data + at, bytes->count - at);
            bytes->count += count;
        }
    }
}

Test(smf_memory, a_hundred_thousand_damaged_files_are_read_or_refused_within_the_memory_promised) {
    enum { FILES = 100000 };
    uint32_t random = 20240229;
    int read = 0;
    for (int i = 0; i < FILES; i++) {
        Bytes bytes = {.count = 0};
        SAMPLES[i % SAMPLE_COUNT].add(&bytes);
        mutate(&bytes, &random);
        Error error = {""};
        Smf *smf = parse(bytes.data, bytes.count, &error);
        assert_memory_is_bounded(&bytes);
        if (smf) {
            const char *flaw = smf_find_flaw(smf, RATE_HZ);
            cr_assert(flaw == NULL, "file %d: %s", i, flaw);
            smf_destroy(smf);
            read++;
        } else {
            cr_assert(strncmp(error.text, "song.mid: ", 10) == 0, "file %d: %s", i, error.text);
        }
    }
    cr_assert(read > FILES / 20 && read < FILES - FILES / 20, "%d of %d were read", read, (int)FILES);
}
