// Renumbers the pages of an Ogg stream (RFC 3533) and renews their checksums.
#include "app/files/ogg_pages.h"

#include <string.h>

enum {
    SERIAL_OFFSET = 14,
    CHECKSUM_OFFSET = 22,
    SEGMENT_COUNT_OFFSET = 26,
    HEADER_BYTES = 27,
    SERIAL = 1, // any number does: a file of ours holds one stream
};

void ogg_pages_init(OggPages *pages) {
    pages->filled_bytes = 0;
}

// CRC-32 with polynomial 0x04c11db7, most significant bit first, starting at 0 and not inverted.
static uint32_t checksum(const uint8_t *bytes, size_t count) {
    uint32_t crc = 0;
    for (size_t i = 0; i < count; i++) {
        crc ^= (uint32_t)bytes[i] << 24;
        for (int bit = 0; bit < 8; bit++) {
            crc = crc & 0x80000000u ? crc << 1 ^ 0x04c11db7u : crc << 1;
        }
    }
    return crc;
}

static void put_u32(uint8_t *bytes, uint32_t value) {
    for (int i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(value >> 8 * i);
    }
}

static void renumber(uint8_t *page, size_t bytes) {
    put_u32(page + SERIAL_OFFSET, SERIAL);
    put_u32(page + CHECKSUM_OFFSET, 0); // as it stands while the checksum is made
    put_u32(page + CHECKSUM_OFFSET, checksum(page, bytes));
}

// How large the page is, as far as its beginning tells.
static size_t wanted_bytes(const OggPages *pages) {
    if (pages->filled_bytes < HEADER_BYTES) {
        return HEADER_BYTES;
    }
    size_t segments = pages->page[SEGMENT_COUNT_OFFSET];
    size_t bytes = HEADER_BYTES + segments;
    if (pages->filled_bytes >= bytes) {
        for (size_t i = 0; i < segments; i++) {
            bytes += pages->page[HEADER_BYTES + i];
        }
    }
    return bytes;
}

size_t ogg_pages_take(OggPages *pages, const uint8_t *bytes, size_t byte_count, size_t *page_bytes) {
    size_t taken = 0;
    *page_bytes = 0;
    for (;;) {
        size_t wanted = wanted_bytes(pages);
        if (pages->filled_bytes == wanted) {
            renumber(pages->page, wanted);
            *page_bytes = wanted;
            pages->filled_bytes = 0;
            return taken;
        }
        size_t missing = wanted - pages->filled_bytes;
        size_t count = byte_count - taken < missing ? byte_count - taken : missing;
        if (count == 0) {
            return taken;
        }
        memcpy(pages->page + pages->filled_bytes, bytes + taken, count);
        pages->filled_bytes += count;
        taken += count;
    }
}
