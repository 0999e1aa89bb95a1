// Bars of block characters, or of ASCII where a terminal shows no others.
#include "app/terminal/text_bar.h"

#include <string.h>

enum { EIGHTHS = 8 }; // that a block character resolves

size_t text_bar(char *text, double fraction, int cells, bool utf8) {
    static const char *const PARTS[EIGHTHS] = {" ", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    fraction = fraction > 0 ? fraction < 1 ? fraction : 1 : 0;
    char *start = text;
    int eighths = (int)(fraction * cells * EIGHTHS + 0.5);
    for (int cell = 0; cell < cells; cell++, eighths -= EIGHTHS) {
        const char *part = eighths >= EIGHTHS ? "█" : eighths > 0 ? PARTS[eighths] : " ";
        if (!utf8) {
            part = eighths >= EIGHTHS / 2 ? "#" : eighths > 0 ? "-" : " ";
        }
        size_t bytes = strlen(part);
        memcpy(text, part, bytes);
        text += bytes;
    }
    *text = '\0';
    return (size_t)(text - start);
}
