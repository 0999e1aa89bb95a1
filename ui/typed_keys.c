// Two rows of a piano, each on two rows of letters.
#include "ui/typed_keys.h"

#include <SDL_keyboard.h>
#include <stdio.h>

// By position, so that every layout plays: the lower letters and what lies between them, then the upper.
static const SDL_Scancode LOWER[] = {
    SDL_SCANCODE_Z, SDL_SCANCODE_S, SDL_SCANCODE_X, SDL_SCANCODE_D, SDL_SCANCODE_C, SDL_SCANCODE_V,
    SDL_SCANCODE_G, SDL_SCANCODE_B, SDL_SCANCODE_H, SDL_SCANCODE_N, SDL_SCANCODE_J, SDL_SCANCODE_M,
};
static const SDL_Scancode UPPER[] = {
    SDL_SCANCODE_Q, SDL_SCANCODE_2, SDL_SCANCODE_W, SDL_SCANCODE_3, SDL_SCANCODE_E, SDL_SCANCODE_R,
    SDL_SCANCODE_5, SDL_SCANCODE_T, SDL_SCANCODE_6, SDL_SCANCODE_Y, SDL_SCANCODE_7, SDL_SCANCODE_U,
    SDL_SCANCODE_I, SDL_SCANCODE_9, SDL_SCANCODE_O, SDL_SCANCODE_0, SDL_SCANCODE_P,
};

int typed_keys_step(SDL_Scancode scancode) {
    for (int i = 0; i < (int)(sizeof LOWER / sizeof LOWER[0]); i++) {
        if (LOWER[i] == scancode) {
            return i;
        }
    }
    for (int i = 0; i < (int)(sizeof UPPER / sizeof UPPER[0]); i++) {
        if (UPPER[i] == scancode) {
            return 12 + i;
        }
    }
    return -1;
}

// What the keyboard's layout writes on a key, or, where there is no layout, its usual name.
static void name_key(SDL_Scancode scancode, char name[TYPED_KEYS_NAME_BYTES]) {
    snprintf(name, TYPED_KEYS_NAME_BYTES, "%s", SDL_GetKeyName(SDL_GetKeyFromScancode(scancode)));
    if (!name[0]) {
        snprintf(name, TYPED_KEYS_NAME_BYTES, "%s", SDL_GetScancodeName(scancode));
    }
}

static void name_row(const SDL_Scancode *row, size_t count, char text[TYPED_KEYS_NAME_BYTES]) {
    char names[4][TYPED_KEYS_NAME_BYTES];
    for (size_t i = 0; i < 3; i++) {
        name_key(row[i], names[i]);
    }
    name_key(row[count - 1], names[3]);
    snprintf(text, TYPED_KEYS_NAME_BYTES, "%.6s %.6s %.6s \xE2\x80\xA6 %.6s", names[0], names[1], names[2],
             names[3]);
}

void typed_keys_name(TypedKeys keys, char text[TYPED_KEYS_NAME_BYTES]) {
    switch (keys) {
    case TYPED_KEYS_LOWER:
        name_row(LOWER, sizeof LOWER / sizeof LOWER[0], text);
        break;
    case TYPED_KEYS_UPPER:
        name_row(UPPER, sizeof UPPER / sizeof UPPER[0], text);
        break;
    case TYPED_KEYS_OCTAVE_UP:
        name_key(TYPED_KEY_OCTAVE_UP, text);
        break;
    case TYPED_KEYS_OCTAVE_DOWN:
        name_key(TYPED_KEY_OCTAVE_DOWN, text);
        break;
    }
}
