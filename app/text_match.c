// Compares names without regard to the case of A-Z; other characters are compared byte by byte.
#include "app/text_match.h"

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool begins_with(const char *text, const char *part) {
    while (*part && lower(*text) == lower(*part)) {
        text++;
        part++;
    }
    return !*part;
}

bool text_same(const char *one, const char *other) {
    while (*one && lower(*one) == lower(*other)) {
        one++;
        other++;
    }
    return lower(*one) == lower(*other);
}

bool text_contains(const char *text, const char *part) {
    for (; *part && *text; text++) {
        if (begins_with(text, part)) {
            return true;
        }
    }
    return false;
}
