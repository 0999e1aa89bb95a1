// Fetches what every command starts from: the patches, the bank, a song; and prints its complaints.
#ifndef APP_SETUP_H
#define APP_SETUP_H

#include "app/files/patch_library.h"
#include "app/option_table.h"
#include "engine/engine.h"
#include "engine/midi/smf.h"
#include "platform/error.h"

#include <stdbool.h>

/// Prints "polycore: " and the text to standard error. [main-thread]
void setup_complain(const char *text);

/// Prints what an engine that was just made has to say of its workers, such as threads that the system
/// refused. [main-thread]
void setup_complain_of_workers(const Engine *engine);

/// The same of one worker for each core: once, before engines that are made by the dozen. [main-thread]
void setup_complain_of_all_workers(void);

/// The built-in and the user's patches; those that cannot be read are complained about. NULL with error
/// filled. Caller owns. [main-thread]
PatchLibrary *setup_library(Error *error);

/// Fills the bank, --patch first. False with error filled: no such patch, or a broken one. [main-thread]
bool setup_bank(const Options *options, PatchLibrary *library, Bank *bank, Error *error);

/// Reads a MIDI file. NULL with error filled. Caller owns. [main-thread]
Smf *setup_song(const char *path, Error *error);

#endif
