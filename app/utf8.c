// Checks UTF-8 byte by byte, as RFC 3629 section 4 lists it.
#include "app/utf8.h"

#include <stdint.h>

// Bytes that follow a leading byte, or -1; low and high bound the first of them, which rules out overlong
// forms, surrogates and what lies beyond U+10FFFF.
static int followers(uint8_t leading, uint8_t *low, uint8_t *high) {
    *low = leading == 0xE0 ? 0xA0 : leading == 0xF0 ? 0x90 : 0x80;
    *high = leading == 0xED ? 0x9F : leading == 0xF4 ? 0x8F : 0xBF;
    if (leading < 0x80) {
        return 0;
    }
    if (leading < 0xC2) {
        return -1;
    }
    return leading < 0xE0 ? 1 : leading < 0xF0 ? 2 : leading < 0xF5 ? 3 : -1;
}

bool utf8_valid(const char *text, size_t bytes) {
    size_t i = 0;
    while (i < bytes) {
        uint8_t low;
        uint8_t high;
        int more = followers((uint8_t)text[i++], &low, &high);
        if (more < 0 || (size_t)more > bytes - i) {
            return false;
        }
        for (; more > 0; more--, i++, low = 0x80, high = 0xBF) {
            uint8_t byte = (uint8_t)text[i];
            if (byte < low || byte > high) {
                return false;
            }
        }
    }
    return true;
}
