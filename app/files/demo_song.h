// The song that --demo plays, a Standard MIDI File within the program.
#ifndef APP_FILES_DEMO_SONG_H
#define APP_FILES_DEMO_SONG_H

#include "app/files/embedded.h"

/// One file: DEMO_SONG[0].bytes, DEMO_SONG[0].size_bytes. [any-thread]
extern const EmbeddedFile DEMO_SONG[];
extern const size_t DEMO_SONG_COUNT;

#endif
