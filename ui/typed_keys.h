// The keys of the computer's keyboard that play: where they lie, and what is written on them.
#ifndef UI_TYPED_KEYS_H
#define UI_TYPED_KEYS_H

#include <SDL_scancode.h>

#define TYPED_KEY_OCTAVE_UP   SDL_SCANCODE_EQUALS
#define TYPED_KEY_OCTAVE_DOWN SDL_SCANCODE_MINUS

enum { TYPED_KEYS_NAME_BYTES = 48 };

/// Keys that are found by their place, whatever a layout writes on them.
typedef enum TypedKeys {
    TYPED_KEYS_LOWER, // the lower octave
    TYPED_KEYS_UPPER,
    TYPED_KEYS_OCTAVE_UP,
    TYPED_KEYS_OCTAVE_DOWN,
} TypedKeys;

/// Semitones above the lower row's first key, or -1 for a key that plays none. [any-thread]
int typed_keys_step(SDL_Scancode scancode);
/// What this keyboard's layout writes on them; of an octave the first three and the last. [main-thread]
void typed_keys_name(TypedKeys keys, char text[TYPED_KEYS_NAME_BYTES]);

#endif
