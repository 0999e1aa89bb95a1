// Whole names win over parts of names, which must be unmistakable.
#include "app/choose.h"

#include "app/nearest.h"
#include "app/text_match.h"

#include <stdbool.h>
#include <stdlib.h>

static int32_t refuse(const Choosable *things, size_t count, const char *wanted, const char *noun,
                      Error *error) {
    const char **names = calloc(count + 1, sizeof *names);
    for (size_t i = 0; names && i < count; i++) {
        names[i] = things[i].name;
    }
    const char *near = names ? nearest_name(wanted, names, count) : NULL;
    if (near) {
        error_set(error, "there is no %s '%s'; did you mean '%s'?", noun, wanted, near);
    } else if (count > 0) {
        error_set(error, "there is no %s '%s'; polycore devices lists them", noun, wanted);
    } else {
        error_set(error, "there is no %s '%s', nor any other; connect one, then look at polycore devices",
                  noun, wanted);
    }
    free(names);
    return CHOOSE_NONE;
}

int32_t choose_thing(const Choosable *things, size_t count, const char *wanted, const char *noun,
                     Error *error) {
    char *end;
    long number = strtol(wanted, &end, 10);
    bool is_number = end != wanted && !*end;
    int32_t part = CHOOSE_NONE;
    int32_t other_part = CHOOSE_NONE;
    for (size_t i = 0; i < count; i++) {
        if ((is_number && things[i].number == number) || text_same(wanted, things[i].name)) {
            return (int32_t)i;
        }
        if (!is_number && text_contains(things[i].name, wanted)) {
            other_part = part;
            part = (int32_t)i;
        }
    }
    if (part == CHOOSE_NONE) {
        return refuse(things, count, wanted, noun, error);
    }
    if (other_part != CHOOSE_NONE) {
        error_set(error, "'%s' may be %s %d (%s) or %d (%s); give the number", wanted, noun,
                  things[other_part].number, things[other_part].name, things[part].number, things[part].name);
        return CHOOSE_NONE;
    }
    return part;
}
