// Bytes beyond A-Z, those of UTF-8 too, are compared as they are.
#include "app/text_match.h"

char text_lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
}

static bool begins_with(const char *text, const char *part) {
    while (*part && text_lower(*text) == text_lower(*part)) {
        text++;
        part++;
    }
    return !*part;
}

bool text_same(const char *one, const char *other) {
    while (*one && text_lower(*one) == text_lower(*other)) {
        one++;
        other++;
    }
    return text_lower(*one) == text_lower(*other);
}

bool text_contains(const char *text, const char *part) {
    for (; *part && *text; text++) {
        if (begins_with(text, part)) {
            return true;
        }
    }
    return false;
}
