// Escapes text for JSON (RFC 8259).
#include "app/json_text.h"

#include "app/utf8.h"

#include <string.h>

// The whole character at text, 1 for a byte that begins none.
static size_t character_bytes(const char *text) {
    for (size_t bytes = 1; bytes <= 4 && memchr(text, 0, bytes) == NULL; bytes++) {
        if (utf8_valid(text, bytes)) {
            return bytes;
        }
    }
    return 0;
}

void json_print_text(FILE *file, const char *text) {
    fputc('"', file);
    while (*text) {
        unsigned char c = (unsigned char)*text;
        size_t bytes = character_bytes(text);
        if (bytes == 0) {
            fputc('?', file);
            bytes = 1;
        } else if (c == '"' || c == '\\') {
            fprintf(file, "\\%c", c);
        } else if (c < 0x20) {
            fprintf(file, "\\u%04x", c);
        } else {
            fwrite(text, 1, bytes, file);
        }
        text += bytes;
    }
    fputc('"', file);
}
