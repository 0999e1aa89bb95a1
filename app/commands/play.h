// Live play as a command sets it up: what is remembered, the patches, the song and the output.
#ifndef APP_COMMANDS_PLAY_H
#define APP_COMMANDS_PLAY_H

#include "app/files/patch_library.h"
#include "app/live/live.h"
#include "app/option_table.h"
#include "app/settings.h"
#include "engine/midi/smf.h"
#include "platform/error.h"

#include <stdbool.h>

typedef struct Play {
    Options options;
    Settings
        *settings; // NULL when the system keeps none; learned controllers alone are of use without a window
    Error settings_trouble;
    PatchLibrary *library;
    Bank bank;
    Smf *song;
    Live *live; // NULL until play_begin
} Play;

/// Takes the options, with what is remembered where there is a window, and catches interrupts. NULL when
/// memory is refused, which is printed. [main-thread]
Play *play_create(const Options *options);

/// Opens everything, starts to play and prints what it plays on. False with error filled. [main-thread]
bool play_begin(Play *play, Error *error);

/// Prints what play has to say, such as a device that went away. [main-thread]
void play_print_notices(Play *play);

/// Ends play and frees all. False with error filled when a recording lost anything. [main-thread]
bool play_destroy(Play *play, Error *error);

#endif
