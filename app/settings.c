// Keeps the settings in the order of their file, which is read once and written whole.
#include "app/settings.h"

#include "platform/file.h"
#include "platform/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FILE_BYTES_MAX = 256 * 1024, // a few hundred lines; what is larger is something else
    LINE_BYTES = SETTINGS_NAME_BYTES + SETTINGS_TEXT_BYTES + 4,
};
static const char HEADING[] = "# What Polycore remembers between starts.\n";
static const char BAD_ENDING[] = ".bad";

typedef struct Setting {
    char name[SETTINGS_NAME_BYTES];
    char text[SETTINGS_TEXT_BYTES]; // "" is forgotten
    bool changed;                   // since the file was read
} Setting;

struct Settings {
    char *path;
    Setting *items; // in the order of the file
    size_t count, capacity;
    bool changed;
};

static Setting *find(const Settings *settings, const char *name) {
    for (size_t i = 0; i < settings->count; i++) {
        if (strcmp(settings->items[i].name, name) == 0) {
            return &settings->items[i];
        }
    }
    return NULL;
}

static bool is_clean(const char *text, size_t capacity) {
    size_t length = strlen(text);
    for (size_t i = 0; i < length; i++) {
        if ((unsigned char)text[i] < ' ') {
            return false;
        }
    }
    return length < capacity;
}

static bool put(Settings *settings, const char *name, const char *text) {
    Setting *setting = find(settings, name);
    if (!setting) {
        if (settings->count == settings->capacity) {
            size_t capacity = settings->capacity ? 2 * settings->capacity : 32;
            Setting *grown = realloc(settings->items, capacity * sizeof *grown);
            if (!grown) {
                return false;
            }
            settings->items = grown;
            settings->capacity = capacity;
        }
        setting = &settings->items[settings->count++];
        setting->changed = false;
        snprintf(setting->name, sizeof setting->name, "%s", name);
    }
    snprintf(setting->text, sizeof setting->text, "%s", text);
    return true;
}

static char *trim(char *text) {
    while (*text == ' ' || *text == '\t') {
        text++;
    }
    size_t length = strlen(text);
    while (length > 0 && strchr(" \t\r", text[length - 1])) {
        text[--length] = '\0';
    }
    return text;
}

// False when the line is neither a setting nor a comment nor empty.
static bool read_line(Settings *settings, char *line) {
    line = trim(line);
    char *equals = strchr(line, '=');
    if (line[0] == '\0' || line[0] == '#') {
        return true;
    }
    if (!equals) {
        return false;
    }
    *equals = '\0';
    char *name = trim(line);
    char *text = trim(equals + 1);
    return name[0] && is_clean(name, SETTINGS_NAME_BYTES) && is_clean(text, SETTINGS_TEXT_BYTES) &&
           put(settings, name, text);
}

// Returns the number of the first line that is none, 0 when all are good.
static int read_lines(Settings *settings, char *text, size_t bytes) {
    int first_bad = strlen(text) < bytes ? 1 : 0; // a zero byte: no text file
    int number = 0;
    for (char *line = text; line;) {
        char *end = strchr(line, '\n');
        if (end) {
            *end = '\0';
        }
        number++;
        if (!read_line(settings, line) && first_bad == 0) {
            first_bad = number;
        }
        line = end ? end + 1 : NULL;
    }
    return first_bad;
}

static void set_aside(const char *path, const void *bytes, size_t size, const char *why, Error *trouble) {
    size_t length = strlen(path) + sizeof BAD_ENDING;
    char *bad_path = malloc(length);
    if (bad_path) {
        snprintf(bad_path, length, "%s%s", path, BAD_ENDING);
    }
    if (bad_path && file_write(bad_path, bytes, size, NULL)) {
        error_set(trouble, "%s: %s; what could be read is used, and the file as it was is kept as %s", path,
                  why, bad_path);
    } else {
        error_set(trouble, "%s: %s; what could be read is used", path, why);
    }
    free(bad_path);
}

static void read_file(Settings *settings, Error *trouble) {
    size_t bytes = 0;
    if (!file_exists(settings->path)) {
        return;
    }
    char *text = (char *)file_read(settings->path, FILE_BYTES_MAX, &bytes, trouble);
    if (!text) {
        return; // trouble says why
    }
    char *whole = malloc(bytes + 1);
    if (whole) {
        memcpy(whole, text, bytes + 1);
        int bad_line = read_lines(settings, text, bytes);
        if (bad_line > 0) {
            char why[48];
            snprintf(why, sizeof why, "line %d is no `name = text`", bad_line);
            set_aside(settings->path, whole, bytes, why, trouble);
        }
    }
    free(whole);
    free(text);
}

Settings *settings_create(const char *path, Error *trouble, Error *error) {
    trouble->text[0] = '\0';
    Settings *settings = calloc(1, sizeof *settings);
    if (settings) {
        settings->path = paths_join("", path);
    }
    if (!settings || !settings->path) {
        error_set(error, "%s: out of memory; close other programs", path);
        free(settings);
        return NULL;
    }
    read_file(settings, trouble);
    return settings;
}

void settings_destroy(Settings *settings) {
    if (settings) {
        free(settings->path);
        free(settings->items);
        free(settings);
    }
}

const char *settings_get(const Settings *settings, const char *name) {
    const Setting *setting = find(settings, name);
    return setting && setting->text[0] ? setting->text : NULL;
}

bool settings_set(Settings *settings, const char *name, const char *text) {
    Setting *setting = find(settings, name);
    if (setting ? strcmp(setting->text, text) == 0 : text[0] == '\0') {
        return true;
    }
    if (!name[0] || strchr(name, '=') || !is_clean(name, SETTINGS_NAME_BYTES) ||
        !is_clean(text, SETTINGS_TEXT_BYTES)) {
        return false;
    }
    if (!put(settings, name, text)) {
        return false;
    }
    find(settings, name)->changed = true;
    settings->changed = true;
    return true;
}

void settings_each(const Settings *settings, const char *prefix,
                   void (*visit)(void *user, const char *name, const char *text), void *user) {
    for (size_t i = 0; i < settings->count; i++) {
        const Setting *setting = &settings->items[i];
        if (setting->text[0] && strncmp(setting->name, prefix, strlen(prefix)) == 0) {
            visit(user, settings->items[i].name, settings->items[i].text);
        }
    }
}

static bool make_folder(const char *path, Error *error) {
    char *folder = paths_join("", path);
    if (!folder) {
        error_set(error, "%s: out of memory; close other programs", path);
        return false;
    }
    folder[paths_base_name(path) - path] = '\0';
    bool made = !folder[0] || file_make_folders(folder, error);
    free(folder);
    return made;
}

// Another program may have saved since: what was not changed here is as the file has it now. A file that
// cannot be read is written anew. False when memory is refused.
static bool take_over_file(Settings *settings) {
    Settings there = {0};
    Error ignored;
    size_t bytes = 0;
    char *text = file_exists(settings->path)
                     ? (char *)file_read(settings->path, FILE_BYTES_MAX, &bytes, &ignored)
                     : NULL;
    if (text) {
        read_lines(&there, text, bytes);
    }
    bool taken = true;
    for (size_t i = 0; i < there.count && taken; i++) {
        const Setting *mine = find(settings, there.items[i].name);
        if (!mine || !mine->changed) {
            taken = put(settings, there.items[i].name, there.items[i].text);
        }
    }
    free(there.items);
    free(text);
    return taken;
}

bool settings_save(Settings *settings, Error *error) {
    if (!settings->changed) {
        return true;
    }
    if (!take_over_file(settings)) {
        error_set(error, "%s: out of memory; close other programs", settings->path);
        return false;
    }
    size_t capacity = sizeof HEADING + settings->count * LINE_BYTES;
    char *text = malloc(capacity);
    if (!text) {
        error_set(error, "%s: out of memory; close other programs", settings->path);
        return false;
    }
    size_t bytes = (size_t)snprintf(text, capacity, "%s", HEADING);
    for (size_t i = 0; i < settings->count; i++) {
        if (settings->items[i].text[0]) {
            bytes += (size_t)snprintf(text + bytes, capacity - bytes, "%s = %s\n", settings->items[i].name,
                                      settings->items[i].text);
        }
    }
    bool saved = make_folder(settings->path, error) && file_write(settings->path, text, bytes, error);
    settings->changed = !saved;
    free(text);
    return saved;
}
