// A field is found by its row's offset, and what may stand in it by the row's kind.
#include "app/option_value.h"

#include "app/nearest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *field_of(const Option *option, Options *options) {
    return (char *)options + option->offset;
}

static const void *const_field_of(const Option *option, const Options *options) {
    return (const char *)options + option->offset;
}

static bool is_text(const Option *option) {
    return option->kind == OPTION_TEXT || option->kind == OPTION_API || option->kind == OPTION_DEVICE;
}

static const char *unit_of(const Option *option) {
    return option->unit ? option->unit : "";
}

uint32_t option_number(const Option *option, const Options *options) {
    uint32_t number;
    memcpy(&number, const_field_of(option, options), sizeof number); // enumerations too
    return number;
}
_Static_assert(sizeof(SimdKind) == sizeof(uint32_t) && sizeof(WaitMode) == sizeof(uint32_t) &&
                   sizeof(PinMode) == sizeof(uint32_t) && sizeof(Quality) == sizeof(uint32_t),
               "an enumeration is a number");

void option_set_number(const Option *option, uint32_t number, Options *options) {
    memcpy(field_of(option, options), &number, sizeof number);
}

static bool read_count(const Option *option, const char *text, Options *options, Error *error) {
    char *end = NULL;
    double number = strtod(text, &end);
    // Written so that "nan" is refused as well.
    if (end == text || *end || !(number >= option->minimum && number <= option->maximum) ||
        number != (double)(uint32_t)number) {
        error_set(error, "--%s is '%s'; use a whole number from %.0f to %.0f%s%s", option->name, text,
                  option->minimum, option->maximum, unit_of(option),
                  option->kind == OPTION_WORKERS ? ", or auto" : "");
        return false;
    }
    option_set_number(option, (uint32_t)number, options);
    return true;
}

static bool read_seconds(const Option *option, const char *text, double *value, Error *error) {
    char *end = NULL;
    double number = strtod(text, &end);
    if (end == text || *end || !(number >= option->minimum && number <= option->maximum)) {
        error_set(error, "--%s is '%s'; use %g to %.0f%s", option->name, text, option->minimum,
                  option->maximum, unit_of(option));
        return false;
    }
    *value = number;
    return true;
}

static bool read_choice(const Option *option, const char *text, Options *options, Error *error) {
    char list[128] = "";
    uint32_t count = 0;
    for (; option->choices[count]; count++) {
        if (strcmp(text, option->choices[count]) == 0) {
            option_set_number(option, count, options);
            return true;
        }
        strcat(list, count ? ", " : "");
        strcat(list, option->choices[count]);
    }
    const char *near = nearest_name(text, option->choices, count);
    error_set(error, "--%s: there is no '%s'%s%s%s; use one of %s", option->name, text,
              near ? ", did you mean " : "", near ? near : "", near ? "?" : "", list);
    return false;
}

bool option_read(const Option *option, const char *text, Options *options, Error *error) {
    void *field = field_of(option, options);
    switch (option->kind) {
    case OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case OPTION_TEXT:
    case OPTION_API:
    case OPTION_DEVICE:
        if (!text[0]) {
            error_set(error, "--%s is empty; give a %s", option->name, option->argument);
            return false;
        }
        *(const char **)field = text;
        return true;
    case OPTION_MIDI:
        if (options->midi_count == OPTIONS_MIDI_MAX) {
            error_set(error, "--midi was given more than %d times; leave it out to listen to every input",
                      OPTIONS_MIDI_MAX);
            return false;
        }
        options->midi[options->midi_count++] = text;
        return true;
    case OPTION_WORKERS:
        if (strcmp(text, "auto") == 0) {
            option_set_number(option, POOL_WORKERS_AUTO, options);
            return true;
        }
        return read_count(option, text, options, error);
    case OPTION_COUNT:
        return read_count(option, text, options, error);
    case OPTION_SECONDS:
        return read_seconds(option, text, field, error);
    case OPTION_CHOICE:
        return read_choice(option, text, options, error);
    }
    return false;
}

const char *option_text(const Option *option, const Options *options, char room[OPTION_NUMBER_BYTES]) {
    if (is_text(option)) {
        const char *text = *(const char *const *)const_field_of(option, options);
        return text ? text : "";
    }
    uint32_t number = option_number(option, options);
    if (option->kind == OPTION_CHOICE) {
        return option->choices[number];
    }
    room[0] = '\0';
    if (number > 0) {
        snprintf(room, OPTION_NUMBER_BYTES, "%u", (unsigned)number);
    }
    return room;
}

void option_clear(const Option *option, Options *options) {
    if (is_text(option)) {
        *(const char **)field_of(option, options) = NULL;
    } else {
        option_set_number(option, 0, options);
    }
}

bool option_of_output(const Option *option) {
    size_t begin = offsetof(Options, audio);
    return option->offset >= begin && option->offset < begin + sizeof(OutputRequest);
}
