// Finds a system font, measures text and keeps its glyphs as textures.
#ifndef UI_FONT_H
#define UI_FONT_H

#include "platform/error.h"

#include <stdint.h>

/// The type scale: everything written in the window is one of these.
typedef enum FontStyle {
    FONT_SMALL,  // labels, units
    FONT_BODY,   // what is read
    FONT_STRONG, // the same, bold
    FONT_TITLE,  // panel and patch names, bold
    FONT_FIGURE, // the one number of a panel, bold
    FONT_STYLE_COUNT,
} FontStyle;

typedef struct Font Font;
struct SDL_Renderer;

/// Opens the first system font found; the environment variable POLYCORE_FONT names another file. scale:
/// pixels a unit, > 0. NULL with error filled when there is none. [main-thread]
Font *font_create(float scale, Error *error);
void font_destroy(Font *font);

/// Glyph textures belong to this renderer from now on; the ones before are forgotten. [main-thread]
void font_set_renderer(Font *font, struct SDL_Renderer *renderer);

/// Width in pixels of UTF-8 text. [main-thread]
int font_width(Font *font, FontStyle style, const char *text);
/// Pixels from the top of a line to its bottom. [main-thread]
int font_height(const Font *font, FontStyle style);
/// Pixels from the top of a line to the top of a digit, and a digit's height: for aligning numbers.
/// [main-thread]
int font_digit_top(const Font *font, FontStyle style);
int font_digit_height(const Font *font, FontStyle style);

/// Draws one line with its top left corner at x, y. [main-thread]
void font_draw(Font *font, FontStyle style, int x, int y, const char *text, uint8_t red, uint8_t green,
               uint8_t blue);

#endif
