// Three digits that matter, in the unit that people say.
#include "ui/value_text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool has_unit(ParamId param, const char *unit) {
    return strcmp(PARAM_INFOS[param].unit, unit) == 0;
}

// Three digits that matter, whatever the size.
static int decimals(float size) {
    return size < 10.0f ? 2 : size < 100.0f ? 1 : 0;
}

void value_text(ParamId param, float value, char *text, size_t capacity) {
    const ParamInfo *info = &PARAM_INFOS[param];
    double number = (double)value;
    // A true minus, as wide as the plus.
    const char *sign = value < 0.0f ? "\xE2\x88\x92" : info->minimum < 0.0f && value > 0.0f ? "+" : "";
    number = number < 0.0 ? -number : number;
    if (has_unit(param, "Hz") && value >= 1000.0f) {
        snprintf(text, capacity, "%.*f kHz", decimals(value * 0.001f), number * 0.001);
    } else if (has_unit(param, "Hz")) {
        snprintf(text, capacity, "%.*f Hz", decimals(value), number);
    } else if (has_unit(param, "s") && value < 1.0f) {
        snprintf(text, capacity, "%.*f ms", value < 0.01f ? 1 : 0, number * 1000.0);
    } else if (has_unit(param, "s")) {
        snprintf(text, capacity, "%.*f s", decimals(value), number);
    } else if (has_unit(param, "dB")) {
        snprintf(text, capacity, "%s%.1f dB", sign, number);
    } else if (has_unit(param, "semitones")) {
        snprintf(text, capacity, "%s%.0f st", sign, number);
    } else if (has_unit(param, "cents")) {
        snprintf(text, capacity, "%s%.0f ct", sign, number);
    } else if (info->unit[0]) {
        snprintf(text, capacity, "%s%.0f %s", sign, number, info->unit);
    } else {
        snprintf(text, capacity, "%s%.*f", sign, info->curve == PARAM_STEPPED ? 0 : 2, number);
    }
}

void value_typed(float value, char *text, size_t capacity) {
    snprintf(text, capacity, "%.4g", (double)value);
}

bool value_parse(ParamId param, const char *text, float *value) {
    char number[64];
    size_t length = 0;
    for (; *text && length + 1 < sizeof number;
         text++) { // a decimal comma is a point, a true minus is a minus
        if (strncmp(text, "\xE2\x88\x92", 3) == 0) {
            number[length++] = '-';
            text += 2;
        } else {
            number[length++] = *text == ',' ? '.' : *text;
        }
    }
    number[length] = '\0';
    char *end = NULL;
    double parsed = strtod(number, &end);
    if (end == number || parsed != parsed) {
        return false;
    }
    while (*end == ' ') {
        end++;
    }
    if (tolower((unsigned char)*end) == 'k') {
        parsed *= 1000.0;
    } else if (has_unit(param, "s") && strncmp(end, "ms", 2) == 0) {
        parsed *= 0.001;
    }
    float bounded = parsed > 1e9 ? 1e9f : parsed < -1e9 ? -1e9f : (float)parsed;
    *value = param_clamp(param, bounded);
    return true;
}

void value_label(ParamId param, char *text, size_t capacity) {
    const char *name = PARAM_INFOS[param].name;
    const char *first = strchr(name, '_');
    // osc1_saw and filter_cutoff stand under a heading that says so; pan_key_spread does not.
    static const char *const HEADS[] = {"osc1_", "osc2_", "osc_", "filter_", "amp_", "lfo_", "wheel_"};
    for (size_t i = 0; first && i < sizeof HEADS / sizeof HEADS[0]; i++) {
        if (strncmp(name, HEADS[i], strlen(HEADS[i])) == 0) {
            name += strlen(HEADS[i]);
            break;
        }
    }
    snprintf(text, capacity, "%s", name);
    for (char *letter = text; *letter; letter++) {
        *letter = *letter == '_' ? ' ' : *letter;
    }
    text[0] = (char)toupper((unsigned char)text[0]);
}
