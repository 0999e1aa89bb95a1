// Keeps the controllers that were learned from one start to the next.
#ifndef APP_LIVE_LEARNED_H
#define APP_LIVE_LEARNED_H

#include "app/settings.h"
#include "engine/engine.h"
#include "platform/error.h"

#include <stdbool.h>
#include <stdint.h>

enum { LEARNED_TEXT_BYTES = 48 };

/// What the settings say, and what the engine was last seen to do. Only learned.c looks inside.
typedef struct Learned {
    Settings *settings; // NULL: nothing is kept
    ControllerRow rows[PARAM_COUNT];
    uint64_t told_frame; // the engine knows the rows some frames later
    bool known;
    uint32_t refusals;
    Error *notice; // while the settings are read
    bool all_read;
} Learned;

/// Reads what the settings tell, which must outlive it. False with notice filled when a line of theirs means
/// no parameter or no controller: it is left out. [main-thread]
bool learned_init(Learned *learned, Settings *settings, Error *notice);

/// The event that has the engine turn a parameter by what was read. False where nothing was. [main-thread]
bool learned_event(const Learned *learned, ParamId param, Event *event);

/// Notes that all of these events have been pushed for that frame. [main-thread]
void learned_told(Learned *learned, uint64_t frame);

/// Puts into the settings what was learned or forgotten since, and saves them. True with notice filled when a
/// controller was refused, or the settings cannot be saved. [main-thread]
bool learned_watch(Learned *learned, const Engine *engine, Error *notice);

/// A row as the settings have it, "74" or "74 channel 3 from 20 to 80"; "" for none. [any-thread]
void learned_text(ControllerRow row, char text[LEARNED_TEXT_BYTES]);

/// False when the text means no row that may be. [any-thread]
bool learned_read(const char *text, ControllerRow *row);

#endif
