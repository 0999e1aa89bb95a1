// Puts what was remembered where the command line says nothing.
#ifndef APP_RECALL_H
#define APP_RECALL_H

#include "app/options.h"
#include "app/settings.h"

/// Opens the user's settings. trouble is empty, or tells what is wrong with the file. NULL when the system
/// names no folder for them or memory is refused: then nothing is remembered, and trouble says so. Caller
/// owns. [main-thread]
Settings *recall_settings(Error *trouble);

/// Fills the options that have a key and that the command line does not give; texts point into settings. A
/// device and its API, rate and block are recalled only where neither device nor API is given. Values that
/// are none count as not remembered. [main-thread]
void recall_options(const Settings *settings, Options *options);

/// Takes the remembered output out again, for when it does not open. True when there was one. [main-thread]
bool recall_forget_output(Options *options);

#endif
