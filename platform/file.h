// Reads, writes and lists files. All paths are UTF-8, all errors name the file.
#ifndef PLATFORM_FILE_H
#define PLATFORM_FILE_H

#include "platform/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/// Reads a whole file or pipe of at most limit_bytes. Caller owns the bytes (free); a 0 follows them that
/// *size_bytes does not count. NULL with error filled: unreadable, a folder, too large, out of memory. [any
/// thread but audio and workers]
uint8_t *file_read(const char *path, size_t limit_bytes, size_t *size_bytes, Error *error);

/// Opens as fopen does, and reads and writes bytes as they are on every system. NULL with error filled.
/// [main-thread]
FILE *file_open(const char *path, const char *mode, Error *error);

bool file_exists(const char *path);
bool file_is_folder(const char *path);

/// Makes a folder and those above it; true when it exists afterwards. [main-thread]
bool file_make_folders(const char *path, Error *error);

/// A file being written beside its destination, which it replaces in one step: others see the old file or the
/// whole new one. A destination that exists and is no regular file (a device, a pipe) is written directly.
typedef struct FileDraft FileDraft;

/// Starts a draft "path.N.part" in the same folder. NULL with error filled: a folder, not writable, no such
/// folder. [main-thread]
FileDraft *file_draft_create(const char *path, Error *error);

/// The open stream, seekable unless the destination is a pipe. Owned by the draft; valid until commit or
/// discard.
FILE *file_draft_stream(const FileDraft *draft);

/// The file that is written now, to be named in an error. Valid as long as the draft.
const char *file_draft_path(const FileDraft *draft);

/// Brings everything to the disk, then takes the destination's place. Frees the draft in any case.
/// False with error filled (disk full, for one); the destination is then as it was and the draft is removed.
/// [main-thread]
bool file_draft_commit(FileDraft *draft, Error *error);

/// Removes what was written. NULL is harmless. [main-thread]
void file_draft_discard(FileDraft *draft);

/// Writes a whole file by a draft. [main-thread]
bool file_write(const char *path, const void *bytes, size_t size_bytes, Error *error);

typedef struct FileList {
    char **names; // within the folder, sorted by their bytes
    int32_t count;
} FileList;

/// Lists the regular files of a folder whose name ends in suffix (".patch"; "" for all; case of A-Z is
/// ignored); hidden files
/// (".name") are left out. NULL with error filled. Caller owns. [main-thread]
FileList *file_list_create(const char *folder, const char *suffix, Error *error);

/// The same for the folders within a folder.
FileList *file_list_folders(const char *folder, Error *error);

/// NULL is harmless.
void file_list_destroy(FileList *list);

#endif
