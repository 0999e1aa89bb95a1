// Reads and writes one option's value in words, as the command line, the settings file and the window have
// it.
#ifndef APP_OPTION_VALUE_H
#define APP_OPTION_VALUE_H

#include "app/option_table.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

enum { OPTION_NUMBER_BYTES = 16 };

/// Reads text into the option's field, which keeps a pointer to it where it is a text. text: not used for
/// OPTION_FLAG, which becomes true. False with error filled when it is no such value: the field stays.
/// [any-thread]
bool option_read(const Option *option, const char *text, Options *options, Error *error);

/// The field as option_read takes it: the text itself, or a name or a number, for which it may use room; ""
/// for a text or a number that is not asked for. option: one with a key. [any-thread]
const char *option_text(const Option *option, const Options *options, char room[OPTION_NUMBER_BYTES]);

/// The field of an OPTION_COUNT, OPTION_WORKERS or OPTION_CHOICE. [any-thread]
uint32_t option_number(const Option *option, const Options *options);
void option_set_number(const Option *option, uint32_t number, Options *options);

/// Asks for no text and no number. option: one with a key. [any-thread]
void option_clear(const Option *option, Options *options);

/// Does it say what plays, and not what is played? Its field is then in Options.audio. [any-thread]
bool option_of_output(const Option *option);

#endif
