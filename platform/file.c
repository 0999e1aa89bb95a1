// Reads and writes whole files over what each system offers.
#include "platform/file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const size_t FIRST_READ_BYTES = 64 * 1024; // patches and most songs in one step

/// Makes room for at least one more byte and a final 0, at most limit_bytes + 1. False when memory is out.
static bool grow(uint8_t **bytes, size_t *capacity, size_t limit_bytes) {
    size_t most = limit_bytes + 1; // one byte over tells that the file is too large
    size_t wanted = *capacity == 0 ? FIRST_READ_BYTES : *capacity > most / 2 ? most : *capacity * 2;
    wanted = wanted > most ? most : wanted;
    uint8_t *grown = realloc(*bytes, wanted + 1);
    if (!grown) {
        return false;
    }
    *bytes = grown;
    *capacity = wanted;
    return true;
}

uint8_t *file_read(const char *path, size_t limit_bytes, size_t *size_bytes, Error *error) {
    FILE *stream = file_open(path, "rb", error);
    if (!stream) {
        return NULL;
    }
    uint8_t *bytes = NULL;
    size_t size = 0;
    size_t capacity = 0;
    do {
        if (size == capacity && !grow(&bytes, &capacity, limit_bytes)) {
            error_set(error, "%s: no memory for it; end other programs", path);
            goto fail;
        }
        size += fread(bytes + size, 1, capacity - size, stream);
        if (ferror(stream)) {
            error_set(error, "%s: %s; name a file that can be read", path, strerror(errno));
            goto fail;
        }
        if (size > limit_bytes) {
            error_set(error, "%s: larger than %zu bytes; is it the right file?", path, limit_bytes);
            goto fail;
        }
    } while (!feof(stream));
    fclose(stream);
    bytes[size] = 0;
    *size_bytes = size;
    return bytes;

fail:
    free(bytes);
    fclose(stream);
    return NULL;
}

bool file_write(const char *path, const void *bytes, size_t size_bytes, Error *error) {
    FileDraft *draft = file_draft_create(path, error);
    if (!draft) {
        return false;
    }
    if (fwrite(bytes, 1, size_bytes, file_draft_stream(draft)) != size_bytes) {
        error_set(error, "%s: %s; the file is as it was", path, strerror(errno));
        file_draft_discard(draft);
        return false;
    }
    return file_draft_commit(draft, error);
}

void file_list_destroy(FileList *list) {
    if (!list) {
        return;
    }
    for (int32_t i = 0; i < list->count; i++) {
        free(list->names[i]);
    }
    free(list->names);
    free(list);
}
