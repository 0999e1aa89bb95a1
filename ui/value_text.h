// Writes a parameter's value with its unit, reads one that was typed, and names the parameter for people.
#ifndef UI_VALUE_TEXT_H
#define UI_VALUE_TEXT_H

#include "engine/patch/params.h"

#include <stdbool.h>
#include <stddef.h>

/// "1.20 kHz", "350 ms", "+7 st", "50 %". [any-thread]
void value_text(ParamId param, float value, char *text, size_t capacity);
/// The bare number as one would type it: "0.35". [any-thread]
void value_typed(float value, char *text, size_t capacity);
/// Reads "1.2k", "350 ms", "-3", with or without the unit. False when it is no number; out of range is
/// brought into range.
bool value_parse(ParamId param, const char *text, float *value);
/// "Cutoff" for filter_cutoff: without what its family says already. [any-thread]
void value_label(ParamId param, char *text, size_t capacity);

#endif
