// Drives the engine through a song block by block, and decides when it has ended.
#include "app/commands/render.h"

#include "app/live/song_feed.h"
#include "app/setup.h"

#include <stdlib.h>

enum {
    SILENCE_CHECK_FRAMES =
        1024, // at multiples of this after the song's end, whatever the block, so that the length is the same
    PROGRESS_FRAMES = 8192, // between two calls of progress
};

typedef struct Render {
    const RenderConfig *config;
    SoundFile *file;
    RenderResult *result;
    Engine *engine;
    SongFeed feed;
    uint64_t last_frame; // the render ends here at the latest
    uint64_t progress_frame;
    uint32_t skip_frames; // not written: the sound begins after them
    float sound[CHANNEL_COUNT][ENGINE_BLOCK_MAX_FRAMES];
    float interleaved[ENGINE_BLOCK_MAX_FRAMES * CHANNEL_COUNT];
} Render;

uint64_t render_frames_max(const RenderConfig *config) {
    double rate_hz = config->engine.rate_hz;
    double tail = config->tail_seconds < 0 ? (int)RENDER_TAIL_MAX_SECONDS : config->tail_seconds;
    uint64_t frames = smf_length_frames(config->song, config->engine.rate_hz) + (uint64_t)(tail * rate_hz);
    uint64_t asked = (uint64_t)(config->seconds * rate_hz);
    return asked > 0 && asked < frames ? asked : frames;
}

// How many frames come next: at most a block, no further than the next place where the render may end.
static uint32_t next_frames(Render *render, uint64_t frame) {
    uint64_t until = frame + render->config->block_frames;
    uint64_t song_end = song_feed_end(&render->feed);
    if (until > song_end) {
        uint64_t check = song_end;
        if (frame >= song_end) {
            check += ((frame - song_end) / SILENCE_CHECK_FRAMES + 1) * SILENCE_CHECK_FRAMES;
        }
        until = check < until ? check : until;
    }
    until = until < render->last_frame ? until : render->last_frame;
    uint64_t known = song_feed_push(&render->feed, render->engine, EVENT_SOURCE_SONG, NULL, until);
    until = known < until ? known : until;
    // More events at one frame than the engine takes: the rest come a frame later.
    return until > frame ? (uint32_t)(until - frame) : 1;
}

static bool has_ended(const Render *render, uint64_t frame) {
    if (frame >= render->last_frame) {
        return true;
    }
    uint64_t song_end = song_feed_end(&render->feed);
    return render->config->tail_seconds < 0 && frame > song_end &&
           (frame - song_end) % SILENCE_CHECK_FRAMES == 0 && song_feed_done(&render->feed) &&
           engine_voices_sounding(render->engine) == 0;
}

// Writes what comes after the frames to skip: the sound is late by those.
static bool write_block(Render *render, uint32_t frames, Error *error) {
    float peak = render->result->peak;
    uint32_t first = frames < render->skip_frames ? frames : render->skip_frames;
    render->skip_frames -= first;
    for (uint32_t i = first; i < frames; i++) {
        for (uint32_t channel = 0; channel < CHANNEL_COUNT; channel++) {
            float sample = render->sound[channel][i];
            float size = sample < 0 ? -sample : sample;
            peak = size > peak ? size : peak;
            render->interleaved[CHANNEL_COUNT * (i - first) + channel] = sample;
        }
    }
    render->result->peak = peak;
    return sound_file_write(render->file, render->interleaved, frames - first, error);
}

static bool report_progress(Render *render, uint64_t frame, Error *error) {
    const RenderConfig *config = render->config;
    if (!config->progress || frame < render->progress_frame) {
        return true;
    }
    render->progress_frame = frame + PROGRESS_FRAMES;
    uint64_t end = song_feed_end(&render->feed);
    end = end < render->last_frame && end > 0 ? end : render->last_frame;
    double done = frame < end ? (double)frame / (double)end : 1;
    if (!config->progress(config->context, done, frame)) {
        error_set(error, "interrupted; nothing was written");
        return false;
    }
    return true;
}

static bool render_block(Render *render, uint32_t frames, Error *error) {
    engine_render(render->engine, CHANNELS_AT(render->sound, 0), frames, 0);
    return write_block(render, frames, error);
}

static bool run(Render *render, Error *error) {
    uint64_t frame = 0;
    uint32_t delay_frames = engine_delay_frames(render->engine);
    render->skip_frames = delay_frames;
    while (!has_ended(render, frame)) {
        uint32_t frames = next_frames(render, frame);
        frame += frames;
        if (!render_block(render, frames, error) || !report_progress(render, frame, error)) {
            return false;
        }
    }
    if (delay_frames > 0 && !render_block(render, delay_frames, error)) {
        return false;
    }
    render->result->frames = frame;
    render->result->tail_cut = render->config->tail_seconds < 0 && render->config->seconds <= 0 &&
                               engine_voices_sounding(render->engine) > 0;
    EngineFigures figures;
    engine_figures(render->engine, &figures);
    render->result->voices_stolen = figures.stolen;
    return true;
}

bool render_song(const RenderConfig *config, SoundFile *file, RenderResult *result, Error *error) {
    *result = (RenderResult){0};
    Render *render = calloc(1, sizeof *render);
    if (!render) {
        error_set(error, "out of memory; close other programs");
        return false;
    }
    render->config = config;
    render->file = file;
    render->result = result;
    song_feed_init(&render->feed, config->song, config->engine.rate_hz, 0, 0);
    render->last_frame = render_frames_max(config);
    render->engine = engine_create(&config->engine, config->bank, error);
    if (render->engine) {
        setup_complain_of_workers(render->engine);
    }
    bool rendered = render->engine && run(render, error);
    engine_destroy(render->engine);
    free(render);
    return rendered;
}
