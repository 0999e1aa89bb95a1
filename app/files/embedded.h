// Files that are part of the program: cmake/embed.cmake makes them from assets/.
#ifndef APP_FILES_EMBEDDED_H
#define APP_FILES_EMBEDDED_H

#include <stddef.h>

typedef struct EmbeddedFile {
    const char *name;           // without folders: "bass.patch"
    const unsigned char *bytes; // a 0 follows that size_bytes does not count
    size_t size_bytes;
} EmbeddedFile;

/// The patches that come with the program.
extern const EmbeddedFile BUILTIN_PATCHES[];
extern const size_t BUILTIN_PATCHES_COUNT;

#endif
