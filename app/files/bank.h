// Says which patch each General MIDI program plays.
#ifndef APP_FILES_BANK_H
#define APP_FILES_BANK_H

#include "app/files/patch_library.h"
#include "engine/engine.h"

/// Fills the bank with every patch of the library, each at its index there. Programs choose among the
/// built-in ones by their General MIDI family. first_patch: what plays before a program change, an index.
/// [main-thread]
void bank_fill(Bank *bank, const PatchLibrary *library, int32_t first_patch);

/// The patch that a new user hears. [main-thread]
int32_t bank_default_patch(const PatchLibrary *library);

#endif
