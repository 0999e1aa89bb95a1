// Gives every page of an Ogg stream a serial number of our own in place of a random one, so that the same
// sound is the same bytes.
#ifndef APP_FILES_OGG_PAGES_H
#define APP_FILES_OGG_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OGG_PAGE_MAX_BYTES = 27 + 255 + 255 * 255 }; // header, segment table, segments (RFC 3533)

/// Collects bytes until a page is whole.
typedef struct OggPages {
    size_t filled_bytes;
    uint8_t page[OGG_PAGE_MAX_BYTES];
} OggPages;

/// [any-thread]
void ogg_pages_init(OggPages *pages);

/// Takes up to byte_count bytes of the stream and returns how many it took; *page_bytes is then the size of
/// the page that became whole in pages->page, renumbered, or 0 for none yet. Valid until the next call. [any
/// one thread]
size_t ogg_pages_take(OggPages *pages, const uint8_t *bytes, size_t byte_count, size_t *page_bytes);

#endif
