// Renders a MIDI file to a sound file, which appears whole or not at all.
#include "app/commands/commands.h"

#include "app/commands/render.h"
#include "app/files/sound_file.h"
#include "app/setup.h"
#include "app/terminal/meters.h"
#include "platform/clock.h"
#include "platform/console.h"
#include "platform/file.h"
#include "platform/paths.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    RATE_HZ = 48000,    // unless --rate says otherwise
    BLOCK_FRAMES = 512, // large enough that the cost of a block does not matter
    COPY_BYTES = 64 * 1024,
    BAR_CELLS = 30,
    DRAW_NS = 100 * 1000 * 1000, // ten times a second
};

static const double NS_PER_SECOND = 1e9;

// What shows how far it is.
typedef struct Progress {
    bool shown;
    uint32_t rate_hz;
    uint64_t begin_ns;
    uint64_t next_draw_ns;
} Progress;

static double times_real(const Progress *progress, uint64_t frames) {
    double seconds = (double)(clock_now_ns() - progress->begin_ns) / NS_PER_SECOND;
    return seconds > 0 ? (double)frames / progress->rate_hz / seconds : 0;
}

static bool on_progress(void *context, double done, uint64_t frames) {
    Progress *progress = context;
    uint64_t now_ns = clock_now_ns();
    if (progress->shown && now_ns >= progress->next_draw_ns) {
        progress->next_draw_ns = now_ns + DRAW_NS;
        char bar[BAR_CELLS + 1];
        int filled = (int)(done * (int)BAR_CELLS);
        memset(bar, '.', BAR_CELLS);
        memset(bar, '#', (size_t)filled);
        bar[BAR_CELLS] = '\0';
        fprintf(stderr, "\r[%s] %3.0f %%  %.0f times real time\033[K", bar, done * 100,
                times_real(progress, frames));
    }
    return !console_interrupted();
}

// "folder/Song.MID" becomes "Song.wav" in this folder. Caller owns; NULL when memory is out.
static char *default_output(const char *song) {
    const char *name = paths_base_name(song);
    const char *dot = strrchr(name, '.');
    size_t stem = dot && dot != name ? (size_t)(dot - name) : strlen(name);
    char *output = malloc(stem + sizeof ".wav");
    if (output) {
        memcpy(output, name, stem);
        memcpy(output + stem, ".wav", sizeof ".wav");
    }
    return output;
}

static bool copy_stream(FILE *from, FILE *to, const char *name, Error *error) {
    static char bytes[COPY_BYTES];
    rewind(from);
    for (size_t count; (count = fread(bytes, 1, sizeof bytes, from)) > 0;) {
        if (fwrite(bytes, 1, count, to) != count) {
            error_set(error, "%s: %s", name, strerror(errno));
            return false;
        }
    }
    if (ferror(from) || fflush(to) != 0) {
        error_set(error, "%s: %s", name, strerror(errno));
        return false;
    }
    return true;
}

// Renders into stream; when that is a pipe, by way of a temporary file, as a sound file's header tells its
// length.
static bool render_to(FILE *stream, const char *name, SoundFormat format, const RenderConfig *config,
                      RenderResult *result, uint64_t *clipped_frames, Error *error) {
    bool seekable = fseek(stream, 0, SEEK_CUR) == 0 && stream != stdout;
    FILE *target = seekable ? stream : tmpfile();
    if (!target) {
        error_set(error, "%s: no temporary file: %s; write to a file by -o", name, strerror(errno));
        return false;
    }
    SoundFile *file =
        sound_file_create(target, name, format, config->engine.rate_hz, render_frames_max(config), error);
    bool rendered = file && render_song(config, file, result, error);
    *clipped_frames = file ? sound_file_clipped_frames(file) : 0;
    rendered = sound_file_finish(file, rendered ? error : NULL) && rendered;
    if (!seekable) {
        rendered = rendered && copy_stream(target, stream, name, error);
        fclose(target);
    }
    return rendered;
}

static bool render_to_file(const char *path, const RenderConfig *config, RenderResult *result,
                           uint64_t *clipped_frames, Error *error) {
    SoundFormat format;
    // What is no regular file (/dev/null) has no ending to go by.
    bool existing_special = file_exists(path) && !sound_format_of_path(path, SOUND_WAV_24, &format, NULL);
    if (existing_special) {
        format = SOUND_WAV_24;
    } else if (!sound_format_of_path(path, SOUND_WAV_24, &format, error)) {
        return false;
    }
    FileDraft *draft = file_draft_create(path, error);
    if (!draft) {
        return false;
    }
    if (!render_to(file_draft_stream(draft), path, format, config, result, clipped_frames, error)) {
        file_draft_discard(draft);
        return false;
    }
    return file_draft_commit(draft, error);
}

static void print_result(FILE *file, const char *path, const Progress *progress, const RenderResult *result,
                         uint64_t clipped_frames) {
    char peak[24];
    meters_format_peak(result->peak, peak);
    fprintf(file, "%s: %.1f s at %.0f times real time, peak %s", path,
            (double)result->frames / progress->rate_hz, times_real(progress, result->frames), peak);
    if (result->voices_stolen > 0) {
        fprintf(file, ", %" PRIu64 " voices stolen", result->voices_stolen);
    }
    fputc('\n', file);
    if (clipped_frames > 0) {
        fprintf(file, "%" PRIu64 " frames were louder than a file of whole numbers holds and are clipped.\n",
                clipped_frames);
    }
    if (result->tail_cut) {
        fprintf(
            file,
            "Something still sounded %d s after the song's end, and was cut there; --tail sets that time.\n",
            RENDER_TAIL_MAX_SECONDS);
    }
    if (result->peak <= 0) {
        fprintf(file, "Nothing in this song sounds.\n");
    }
}

static bool render(const Options *options, const char *path, const Bank *bank, const Smf *song,
                   Error *error) {
    bool to_stdout = strcmp(path, "-") == 0;
    if (to_stdout && console_is_terminal(stdout)) {
        error_set(error, "a terminal shows no sound; send standard output to a file or a program");
        return false;
    }
    RenderConfig config = {.engine = options->engine,
                           .bank = bank,
                           .song = song,
                           .block_frames =
                               options->audio.block_frames ? options->audio.block_frames : BLOCK_FRAMES,
                           .seconds = options->seconds,
                           .tail_seconds = options->tail_seconds,
                           .progress = on_progress};
    config.engine.rate_hz = options->audio.rate_hz ? options->audio.rate_hz : RATE_HZ;
    Progress progress = {
        .shown = console_is_terminal(stderr), .rate_hz = config.engine.rate_hz, .begin_ns = clock_now_ns()};
    config.context = &progress;
    RenderResult result;
    uint64_t clipped_frames;
    bool rendered = to_stdout ? render_to(stdout, "standard output", SOUND_WAV_24, &config, &result,
                                          &clipped_frames, error)
                              : render_to_file(path, &config, &result, &clipped_frames, error);
    if (progress.shown) {
        fputs("\r\033[K", stderr);
    }
    if (rendered) {
        print_result(to_stdout ? stderr : stdout, to_stdout ? "standard output" : path, &progress, &result,
                     clipped_frames);
    }
    return rendered;
}

// Finds out what to write; without -o nothing is replaced that the user may have meant to keep.
static char *choose_output(const Options *options, Error *error) {
    if (options->output) {
        return strdup(options->output);
    }
    char *path = default_output(options->song);
    if (path && file_exists(path)) {
        error_set(error, "%s exists; to replace it: -o %s", path, path);
        free(path);
        return NULL;
    }
    return path;
}

int command_render(const Options *options, uint64_t start_ns) {
    (void)start_ns;
    Error error;
    error_set(&error, "out of memory; close other programs");
    if (!console_catch_interrupts(&error)) {
        setup_complain(error.text);
    }
    Bank *bank = calloc(1, sizeof *bank);
    PatchLibrary *library = NULL;
    Smf *song = setup_song(options->song, &error);
    char *path = song && bank ? choose_output(options, &error) : NULL;
    bool done = path && (library = setup_library(&error)) && setup_bank(options, library, bank, &error) &&
                render(options, path, bank, song, &error);
    if (!done) {
        setup_complain(error.text);
    }
    free(path);
    patch_library_destroy(library);
    smf_destroy(song);
    free(bank);
    return done ? EXIT_DONE : EXIT_FAILED;
}
