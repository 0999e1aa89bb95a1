// Names how much work a sound is worth.
#ifndef ENGINE_QUALITY_H
#define ENGINE_QUALITY_H

typedef enum Quality {
    QUALITY_DRAFT, // two thirds of the work, for more aliases and controls that follow half as often
    QUALITY_LIVE,
    QUALITY_OFFLINE, // twice the rate inside, for twice the work, fewer aliases and more of the highest tones
    QUALITY_COUNT,
} Quality;

/// "draft", "live", "offline", and NULL after the last.
extern const char *const QUALITY_NAMES[QUALITY_COUNT + 1];

#endif
