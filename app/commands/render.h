// Renders a song to a sound file, faster than it sounds.
#ifndef APP_COMMANDS_RENDER_H
#define APP_COMMANDS_RENDER_H

#include "app/files/sound_file.h"
#include "engine/engine.h"
#include "engine/midi/smf.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

enum { RENDER_TAIL_MAX_SECONDS = 60 }; // a sound that has not died by then never will

/// Told now and then how much is done, 0..1, and how many frames that is. Returns false to stop the render.
typedef bool RenderProgress(void *context, double done, uint64_t frames);

typedef struct RenderConfig {
    EngineConfig engine;
    const Bank *bank;
    const Smf *song;
    uint32_t block_frames;    // 1..ENGINE_BLOCK_MAX_FRAMES; the sound is the same for each
    double seconds;           // end after so long; 0: with the song
    double tail_seconds;      // go on for so long after the song; below 0: until the last sound has died
    RenderProgress *progress; // NULL: nobody
    void *context;
} RenderConfig;

typedef struct RenderResult {
    uint64_t frames;
    float peak; // linear, of either side
    uint64_t voices_stolen;
    bool tail_cut; // something still sounded RENDER_TAIL_MAX_SECONDS after the song's end
} RenderResult;

/// The most frames that a render will come to. rate_hz of config->engine must be set. [main-thread]
uint64_t render_frames_max(const RenderConfig *config);

/// Renders into file, which stays open. False with error filled: the engine or the disk refuses, or progress
/// stopped it. [main-thread]
bool render_song(const RenderConfig *config, SoundFile *file, RenderResult *result, Error *error);

#endif
