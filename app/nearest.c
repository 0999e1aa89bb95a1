// Compares names by optimal string alignment distance (Damerau 1964, restricted to swaps of neighbours).
#include "app/nearest.h"

#include "app/text_match.h"

#include <string.h>

enum {
    NAME_BYTES_MAX = 63, // longer names are compared by their beginning
    SWAP_ROWS = 3,       // a swap looks two rows back
};

static size_t shorter(const char *name) {
    size_t bytes = strlen(name);
    return bytes < NAME_BYTES_MAX ? bytes : NAME_BYTES_MAX;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

static size_t distance(const char *a, const char *b) {
    size_t rows[SWAP_ROWS][NAME_BYTES_MAX + 1];
    size_t a_bytes = shorter(a);
    size_t b_bytes = shorter(b);
    for (size_t j = 0; j <= b_bytes; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a_bytes; i++) {
        size_t *row = rows[i % SWAP_ROWS];
        const size_t *above = rows[(i + SWAP_ROWS - 1) % SWAP_ROWS];
        const size_t *two_above = rows[(i + SWAP_ROWS - 2) % SWAP_ROWS];
        row[0] = i;
        for (size_t j = 1; j <= b_bytes; j++) {
            char letter_a = text_lower(a[i - 1]);
            char letter_b = text_lower(b[j - 1]);
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (letter_a != letter_b));
            if (i > 1 && j > 1 && letter_a == text_lower(b[j - 2]) && text_lower(a[i - 2]) == letter_b) {
                row[j] = least(row[j], two_above[j - 2] + 1);
            }
        }
    }
    return rows[a_bytes % SWAP_ROWS][b_bytes];
}

const char *nearest_name(const char *wanted, const char *const *names, size_t count) {
    const char *nearest = NULL;
    size_t fewest = shorter(wanted) / 3 + 2; // one more than a third, and one slip even in the shortest name
    for (size_t i = 0; i < count; i++) {
        size_t wrong = distance(wanted, names[i]);
        if (wrong < fewest) {
            fewest = wrong;
            nearest = names[i];
        }
    }
    return nearest;
}
