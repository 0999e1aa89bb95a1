// Reads patches line by line and says what is wrong with them; writes them so that they read back the same.
#include "app/files/patch_text.h"

#include "app/nearest.h"
#include "app/number_text.h"
#include "app/utf8.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const double VALUE_MAX = 1e9; // beyond every parameter, and within a float

static const char NAME_KEY[] = "name";
static const char FAMILY_KEY[] = "family";
static const char BYTE_ORDER_MARK[] = "\xEF\xBB\xBF"; // some editors begin UTF-8 with it
static const char HEX_DIGITS[] = "0123456789ABCDEF";

enum {
    KEY_NAME = PARAM_COUNT, // keys that are no parameters
    KEY_FAMILY,
    KEY_COUNT,
    FORMAT_COLUMN = 24, // where values begin in a formatted patch
    LINE_BYTES = 200,   // with the ending zero; longer lines are no patch's
};

typedef struct Reader {
    const char *at; // next line
    const char *end;
    const char *origin;
    Error *error;
    Patch patch;
    int line;                   // being read, from 1
    int error_line;             // of the first complaint, 0 while there is none
    int line_of_key[KEY_COUNT]; // where each was set, 0 when it was not
} Reader;

// One alias is multiplier / divisor of the unit: two whole numbers, because 0.001 is none that a double
// holds.
typedef struct UnitAlias {
    const char *alias;
    const char *unit;
    double multiplier;
    double divisor;
} UnitAlias;

static const UnitAlias UNIT_ALIASES[] = {{"ms", "s", 1.0, 1000.0}, {"kHz", "Hz", 1000.0, 1.0}};

// Keeps the first complaint, which is about the earliest line.
static void complain(Reader *reader, const char *format, ...) ERROR_FORMAT;
static void complain(Reader *reader, const char *format, ...) {
    if (reader->error_line) {
        return;
    }
    reader->error_line = reader->line;
    char text[ERROR_TEXT_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    error_set(reader->error, "%s:%d: %s", reader->origin, reader->line, text);
}

static bool same_unit(const char *a, const char *b) {
    for (; *a && (*a | 0x20) == (*b | 0x20); a++, b++) {
    }
    return *a == *b;
}

static int find_key(const char *key) {
    if (strcmp(key, NAME_KEY) == 0) {
        return KEY_NAME;
    }
    if (strcmp(key, FAMILY_KEY) == 0) {
        return KEY_FAMILY;
    }
    ParamId id = param_find(key);
    return id == PARAM_COUNT ? KEY_COUNT : (int)id;
}

static void complain_of_unknown_key(Reader *reader, const char *key) {
    const char *names[KEY_COUNT];
    for (int id = 0; id < PARAM_COUNT; id++) {
        names[id] = PARAM_INFOS[id].name;
    }
    names[KEY_NAME] = NAME_KEY;
    names[KEY_FAMILY] = FAMILY_KEY;
    const char *nearest = nearest_name(key, names, KEY_COUNT);
    if (nearest) {
        complain(reader, "there is no parameter '%s'; did you mean '%s'?", key, nearest);
    } else {
        complain(reader, "there is no parameter '%s'; remove the line (a saved patch shows every parameter)",
                 key);
    }
}

static void complain_of_range(Reader *reader, const ParamInfo *info, const char *value) {
    char minimum[NUMBER_TEXT_BYTES];
    char maximum[NUMBER_TEXT_BYTES];
    number_format(info->minimum, minimum);
    number_format(info->maximum, maximum);
    complain(reader, "%s is %s; use %s to %s %s", info->name, value, minimum, maximum, info->unit);
}

// Converts a value given in `unit` to the parameter's own; false when the unit is another quantity's.
static bool convert_unit(const ParamInfo *info, const char *unit, double *value) {
    if (*unit == '\0' || same_unit(unit, info->unit)) {
        return true;
    }
    for (size_t i = 0; i < sizeof UNIT_ALIASES / sizeof UNIT_ALIASES[0]; i++) {
        const UnitAlias *alias = &UNIT_ALIASES[i];
        if (strcmp(info->unit, alias->unit) == 0 && same_unit(unit, alias->alias)) {
            *value = *value * alias->multiplier / alias->divisor;
            return true;
        }
    }
    return false;
}

static void cut_comment(char *value) {
    char *comment = strchr(value, '#');
    if (comment) {
        *comment = '\0';
    }
    size_t bytes = strlen(value);
    while (bytes > 0 && (value[bytes - 1] == ' ' || value[bytes - 1] == '\t')) {
        value[--bytes] = '\0';
    }
}

static void set_param(Reader *reader, int id, const char *text) {
    const ParamInfo *info = &PARAM_INFOS[id];
    char value_text[ERROR_TEXT_BYTES];
    snprintf(value_text, sizeof value_text, "%s", text);
    cut_comment(value_text);
    if (value_text[0] == '\0') {
        complain(reader, "%s has no value; write a number of %s", info->name, info->unit);
        return;
    }
    double value;
    const char *unit = number_parse(value_text, &value);
    if (!unit || !convert_unit(info, unit + strspn(unit, " \t"), &value)) {
        complain(reader, "%s is '%s'; write a number of %s", info->name, value_text, info->unit);
        return;
    }
    float rounded = (float)(value > VALUE_MAX ? VALUE_MAX : value < -VALUE_MAX ? -VALUE_MAX : value);
    if (!(rounded >= info->minimum && rounded <= info->maximum)) {
        complain_of_range(reader, info, value_text);
    } else if (info->curve == PARAM_STEPPED && value != (double)(int64_t)value) {
        complain(reader, "%s is %s; use a whole number", info->name, value_text);
    } else {
        reader->patch.values[id] = rounded;
    }
}

static int hex_digit(char letter) {
    const char *digit =
        letter ? strchr(HEX_DIGITS, letter >= 'a' && letter <= 'f' ? letter - 'a' + 'A' : letter) : NULL;
    return digit ? (int)(digit - HEX_DIGITS) : -1;
}

static void set_label(Reader *reader, const char *key, const char *text, char label[PATCH_NAME_BYTES]) {
    char plain[PATCH_NAME_BYTES];
    size_t bytes = 0;
    while (*text) {
        char letter = *text++;
        if (letter == '\\') {
            int high = hex_digit(text[0]);
            int low = high < 0 ? -1 : hex_digit(text[1]);
            if (low < 0 || high + low == 0) {
                complain(reader,
                         "%s has a \\ that no two hexadecimal digits follow; write \\5C for the \\ itself",
                         key);
                return;
            }
            letter = (char)(high * 16 + low);
            text += 2;
        }
        if (bytes == sizeof plain - 1) {
            complain(reader, "%s is longer than %d bytes; shorten it", key, PATCH_NAME_BYTES - 1);
            return;
        }
        plain[bytes++] = letter;
    }
    plain[bytes] = '\0';
    if (bytes == 0) {
        complain(reader, "%s has no value; write some text", key);
    } else if (!utf8_valid(plain, bytes)) {
        complain(reader, "%s is not UTF-8; mend the bytes written with a \\", key);
    } else {
        memset(label, 0, PATCH_NAME_BYTES);
        memcpy(label, plain, bytes);
    }
}

static void set_value(Reader *reader, const char *key, const char *value) {
    int id = find_key(key);
    if (id == KEY_COUNT) {
        complain_of_unknown_key(reader, key);
        return;
    }
    if (reader->line_of_key[id]) {
        complain(reader, "%s is already set in line %d; keep one of them", key, reader->line_of_key[id]);
    } else if (id == KEY_NAME) {
        set_label(reader, key, value, reader->patch.name);
    } else if (id == KEY_FAMILY) {
        set_label(reader, key, value, reader->patch.family);
    } else {
        set_param(reader, id, value);
    }
    if (!reader->line_of_key[id]) {
        reader->line_of_key[id] = reader->line;
    }
}

static bool is_blank(char letter) {
    return letter == ' ' || letter == '\t';
}

// Cuts blanks off the end of a text and returns where it begins after those at its start.
static char *trim(char *text) {
    size_t bytes = strlen(text);
    while (bytes > 0 && is_blank(text[bytes - 1])) {
        text[--bytes] = '\0';
    }
    return text + strspn(text, " \t");
}

// A semicolon after a blank begins a comment behind any value; # may be part of a name.
static void cut_semicolon_comment(char *value) {
    for (char *at = value; *at; at++) {
        if (*at == ';' && at > value && is_blank(at[-1])) {
            *at = '\0';
            return;
        }
    }
}

// Takes one line apart: a comment, nothing, or `key = value` (the equals sign may be a colon).
static void take_line(Reader *reader, char *line) {
    line = trim(line);
    if (*line == '\0' || *line == '#' || *line == ';') {
        return;
    }
    char *separator = strpbrk(line, "=:");
    if (*line == '[') {
        complain(reader, "patches have no sections; remove %s", line);
    } else if (!separator) {
        complain(reader, "the line is not of the form name = value; begin a comment with #");
    } else {
        *separator = '\0';
        char *value = separator + 1 + strspn(separator + 1, " \t");
        cut_semicolon_comment(value);
        set_value(reader, trim(line), trim(value));
    }
}

static bool has_control(const char *text, size_t bytes) {
    for (size_t i = 0; i < bytes; i++) {
        if (((unsigned char)text[i] < 0x20 && text[i] != '\t') || text[i] == 0x7F) {
            return true;
        }
    }
    return false;
}

// Copies the next line to buffer. This is where lines are counted and bytes judged. False ends the reading.
static bool next_line(Reader *reader, char buffer[LINE_BYTES]) {
    if (reader->at == reader->end || reader->error_line) {
        return false;
    }
    const char *line = reader->at;
    size_t left = (size_t)(reader->end - line);
    const char *line_end = memchr(line, '\n', left);
    size_t bytes = line_end ? (size_t)(line_end - line) : left;
    reader->at += bytes + (line_end != NULL);
    reader->line++;
    if (bytes > 0 && line[bytes - 1] == '\r') {
        bytes--;
    }
    if (reader->line == 1 && bytes >= sizeof BYTE_ORDER_MARK - 1 &&
        memcmp(line, BYTE_ORDER_MARK, sizeof BYTE_ORDER_MARK - 1) == 0) {
        line += sizeof BYTE_ORDER_MARK - 1;
        bytes -= sizeof BYTE_ORDER_MARK - 1;
    }
    if (has_control(line, bytes)) {
        complain(reader, "the line holds a zero or another control character; is this a patch?");
        return false;
    }
    if (!utf8_valid(line, bytes)) {
        complain(reader, "the line is not UTF-8; save the file in that encoding");
        return false;
    }
    if (bytes >= LINE_BYTES) {
        complain(reader, "the line is longer than %d bytes; shorten it", LINE_BYTES - 1);
        return false;
    }
    memcpy(buffer, line, bytes);
    buffer[bytes] = '\0';
    return true;
}

bool patch_parse(Patch *patch, const char *text, size_t bytes, const char *origin, Error *error) {
    Reader reader = {.at = text, .end = text + bytes, .origin = origin, .error = error};
    patch_init(&reader.patch);
    char line[LINE_BYTES];
    while (next_line(&reader, line)) {
        take_line(&reader, line);
    }
    if (reader.error_line) {
        return false;
    }
    if (!reader.line_of_key[KEY_NAME]) {
        error_set(error, "%s: the patch has no name; add a line such as name = Warm bass", origin);
        return false;
    }
    *patch = reader.patch;
    return true;
}

typedef struct Writer {
    char *text;
    size_t capacity;
    size_t bytes; // needed so far
} Writer;

static void write_text(Writer *writer, const char *text) {
    for (; *text; text++, writer->bytes++) {
        if (writer->bytes < writer->capacity) {
            writer->text[writer->bytes] = *text;
        }
    }
}

static void write_key(Writer *writer, const char *key) {
    write_text(writer, key);
    for (size_t column = strlen(key); column < FORMAT_COLUMN; column++) {
        write_text(writer, " ");
    }
    write_text(writer, "= ");
}

// Writes as \HH what would be taken for a comment, an escape or mere space, or is no visible character.
static void write_label(Writer *writer, const char *key, const char *label) {
    write_key(writer, key);
    for (const char *at = label; *at; at++) {
        bool edge = at == label || at[1] == '\0';
        if ((unsigned char)*at < 0x20 || *at == 0x7F || *at == '\\' || *at == ';' || (*at == ' ' && edge)) {
            write_text(writer, (char[]){'\\', HEX_DIGITS[*at / 16], HEX_DIGITS[*at % 16], '\0'});
        } else {
            write_text(writer, (char[]){*at, '\0'});
        }
    }
    write_text(writer, "\n");
}

size_t patch_format(const Patch *patch, char *text, size_t capacity) {
    // First the length alone, so that a text that does not fit is not begun.
    Writer writer = {.text = text, .capacity = 0, .bytes = 0};
    for (int pass = 0; pass < 2; pass++) {
        writer.bytes = 0;
        write_label(&writer, NAME_KEY, patch->name);
        write_label(&writer, FAMILY_KEY, patch->family);
        const char *family = "";
        for (int id = 0; id < PARAM_COUNT; id++) {
            const ParamInfo *info = &PARAM_INFOS[id];
            if (strcmp(family, info->family) != 0) {
                family = info->family;
                write_text(&writer, "\n# ");
                write_text(&writer, family);
                write_text(&writer, "\n");
            }
            char number[NUMBER_TEXT_BYTES];
            number_format(patch->values[id], number);
            write_key(&writer, info->name);
            write_text(&writer, number);
            write_text(&writer, *info->unit ? " " : "");
            write_text(&writer, info->unit);
            write_text(&writer, "\n");
        }
        if (writer.bytes >= capacity) {
            return writer.bytes;
        }
        writer.capacity = capacity;
    }
    text[writer.bytes] = '\0';
    return writer.bytes;
}
