// Glyphs are rendered once, white, and coloured as they are drawn.
#include "ui/font.h"

#include <SDL.h>
#include <SDL_ttf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    GLYPHS = 1024, // a style's glyphs in a patch browser full of accents, twice over; a power of two
    PAIRS = 2048,  // of neighbours in what one frame says, several times over; a power of two
    PATH_BYTES = 1024,
    REPLACEMENT = 0xFFFD,
};

// Units of the scale: one em of each style.
static const float STYLE_SIZE[FONT_STYLE_COUNT] = {11.0f, 12.5f, 12.5f, 15.0f, 21.0f};
static const bool STYLE_BOLD[FONT_STYLE_COUNT] = {false, false, true, true, true};

typedef struct Glyph {
    uint32_t code; // 0: free
    int advance;
    int left; // pixels that it reaches left of the pen, <= 0
    int width, height;
    SDL_Texture *texture; // NULL until it is drawn, and for blanks
} Glyph;

// How much closer two neighbours stand. A font takes longer to look it up than to draw them.
typedef struct Pair {
    uint32_t before, code; // 0: free
    int kerning;
} Pair;

typedef struct Face {
    TTF_Font *ttf;
    int height, digit_top, digit_height;
    Glyph glyphs[GLYPHS];
    uint32_t used;
    Pair pairs[PAIRS]; // each in the one place that it can have
} Face;

struct Font {
    SDL_Renderer *renderer;
    Face faces[FONT_STYLE_COUNT];
};

typedef struct FontFile {
    const char *regular;
    const char *bold;
} FontFile;

// All of them have digits of one width, so that numbers stay in line.
static const FontFile FILES[] = {
#if defined(_WIN32)
    {"C:/Windows/Fonts/segoeui.ttf", "C:/Windows/Fonts/segoeuib.ttf"},
    {"C:/Windows/Fonts/arial.ttf", "C:/Windows/Fonts/arialbd.ttf"},
    {"C:/Windows/Fonts/tahoma.ttf", "C:/Windows/Fonts/tahomabd.ttf"},
#elif defined(__APPLE__)
    {"/System/Library/Fonts/Supplemental/Arial.ttf", "/System/Library/Fonts/Supplemental/Arial Bold.ttf"},
    {"/Library/Fonts/Arial.ttf", "/Library/Fonts/Arial Bold.ttf"},
    {"/System/Library/Fonts/Helvetica.ttc", "/System/Library/Fonts/Helvetica.ttc"},
#endif
    {"/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
     "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"},
    {"/usr/share/fonts/dejavu-sans-fonts/DejaVuSans.ttf",
     "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans-Bold.ttf"},
    {"/usr/share/fonts/TTF/DejaVuSans.ttf", "/usr/share/fonts/TTF/DejaVuSans-Bold.ttf"},
    {"/usr/share/fonts/dejavu/DejaVuSans.ttf", "/usr/share/fonts/dejavu/DejaVuSans-Bold.ttf"},
    {"/usr/local/share/fonts/dejavu/DejaVuSans.ttf", "/usr/local/share/fonts/dejavu/DejaVuSans-Bold.ttf"},
    {"/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
     "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf"},
    {"/usr/share/fonts/noto/NotoSans-Regular.ttf", "/usr/share/fonts/noto/NotoSans-Bold.ttf"},
    {"/usr/share/fonts/google-noto/NotoSans-Regular.ttf", "/usr/share/fonts/google-noto/NotoSans-Bold.ttf"},
    {"/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
     "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf"},
    {"/usr/share/fonts/liberation-sans/LiberationSans-Regular.ttf",
     "/usr/share/fonts/liberation-sans/LiberationSans-Bold.ttf"},
};

static bool is_file(const char *path) {
    SDL_RWops *file = SDL_RWFromFile(path, "rb");
    if (file) {
        SDL_RWclose(file);
    }
    return file != NULL;
}

static bool find_files(FontFile *found, Error *error) {
    const char *named = getenv("POLYCORE_FONT");
    if (named && named[0]) {
        *found = (FontFile){named, named};
        if (!is_file(named)) {
            error_set(error, "POLYCORE_FONT: %s cannot be read; name a TrueType file or unset it", named);
            return false;
        }
        return true;
    }
    for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++) {
        if (is_file(FILES[i].regular)) {
            *found = FILES[i];
            if (!is_file(found->bold)) {
                found->bold = found->regular;
            }
            return true;
        }
    }
    error_set(
        error,
        "no font found for the window; install DejaVu Sans (Debian: fonts-dejavu-core) or set POLYCORE_FONT "
        "to a TrueType file");
    return false;
}

static bool open_face(Face *face, const FontFile *files, FontStyle style, float scale, Error *error) {
    const char *path = STYLE_BOLD[style] ? files->bold : files->regular;
    face->ttf = TTF_OpenFont(path, (int)(STYLE_SIZE[style] * scale + 0.5f));
    if (!face->ttf) {
        error_set(error, "%s: %s; set POLYCORE_FONT to another TrueType file", path, TTF_GetError());
        return false;
    }
    if (STYLE_BOLD[style] && files->bold == files->regular) {
        TTF_SetFontStyle(face->ttf, TTF_STYLE_BOLD);
    }
    TTF_SetFontHinting(face->ttf, TTF_HINTING_LIGHT);
    int top = 0;
    int bottom = 0;
    face->height = TTF_FontHeight(face->ttf);
    if (TTF_GlyphMetrics32(face->ttf, '8', NULL, NULL, &bottom, &top, NULL) == 0) {
        face->digit_height = top - bottom;
        face->digit_top = TTF_FontAscent(face->ttf) - top;
    }
    return true;
}

Font *font_create(float scale, Error *error) {
    FontFile files;
    if (!find_files(&files, error)) {
        return NULL;
    }
    Font *font = calloc(1, sizeof *font);
    if (!font) {
        error_set(error, "out of memory for the font");
        return NULL;
    }
    if (TTF_Init() != 0) {
        error_set(error, "SDL_ttf does not start: %s", TTF_GetError());
        free(font);
        return NULL;
    }
    for (int style = 0; style < FONT_STYLE_COUNT; style++) {
        if (!open_face(&font->faces[style], &files, (FontStyle)style, scale, error)) {
            font_destroy(font);
            return NULL;
        }
    }
    return font;
}

static void forget_textures(Font *font) {
    for (int style = 0; style < FONT_STYLE_COUNT; style++) {
        for (int i = 0; i < GLYPHS; i++) {
            Glyph *glyph = &font->faces[style].glyphs[i];
            if (glyph->texture) {
                SDL_DestroyTexture(glyph->texture);
                glyph->texture = NULL;
            }
        }
    }
}

void font_destroy(Font *font) {
    if (!font) {
        return;
    }
    forget_textures(font);
    for (int style = 0; style < FONT_STYLE_COUNT; style++) {
        if (font->faces[style].ttf) {
            TTF_CloseFont(font->faces[style].ttf);
        }
    }
    TTF_Quit();
    free(font);
}

void font_set_renderer(Font *font, SDL_Renderer *renderer) {
    forget_textures(font);
    font->renderer = renderer;
}

// Reads one code point and moves text past it; bytes that are no UTF-8 give the replacement character.
static uint32_t next_code(const char **text) {
    const uint8_t *bytes = (const uint8_t *)*text;
    uint32_t code = bytes[0];
    int more = code < 0x80 ? 0 : code >= 0xF0 ? 3 : code >= 0xE0 ? 2 : code >= 0xC0 ? 1 : -1;
    if (more < 0) {
        *text += 1;
        return REPLACEMENT;
    }
    code &= more == 0 ? 0x7Fu : 0x3Fu >> more;
    for (int i = 1; i <= more; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            *text += i;
            return REPLACEMENT;
        }
        code = code << 6 | (bytes[i] & 0x3Fu);
    }
    *text += more + 1;
    return code;
}

static void empty_face(Face *face) {
    for (int i = 0; i < GLYPHS; i++) {
        if (face->glyphs[i].texture) {
            SDL_DestroyTexture(face->glyphs[i].texture);
        }
    }
    SDL_memset(face->glyphs, 0, sizeof face->glyphs);
    face->used = 0;
}

static Glyph *find_glyph(Face *face, uint32_t code) {
    uint32_t place = code * 2654435761u >> 22 & (GLYPHS - 1);
    while (face->glyphs[place].code && face->glyphs[place].code != code) {
        place = (place + 1) & (GLYPHS - 1);
    }
    Glyph *glyph = &face->glyphs[place];
    if (glyph->code == code) {
        return glyph;
    }
    if (face->used > GLYPHS / 2) {
        empty_face(face);
        return find_glyph(face, code);
    }
    int left = 0;
    glyph->code = code;
    face->used++;
    if (TTF_GlyphMetrics32(face->ttf, code, &left, NULL, NULL, NULL, &glyph->advance) == 0) {
        glyph->left = left < 0 ? left : 0;
    }
    return glyph;
}

static SDL_Texture *glyph_texture(Font *font, Face *face, Glyph *glyph) {
    if (glyph->texture || glyph->code == ' ' || !font->renderer) {
        return glyph->texture;
    }
    SDL_Surface *surface = TTF_RenderGlyph32_Blended(face->ttf, glyph->code, (SDL_Color){255, 255, 255, 255});
    if (surface) {
        glyph->width = surface->w;
        glyph->height = surface->h;
        glyph->texture = SDL_CreateTextureFromSurface(font->renderer, surface);
        SDL_FreeSurface(surface);
    }
    return glyph->texture;
}

static int kerning(Face *face, uint32_t before, uint32_t code) {
    if (!before) {
        return 0;
    }
    Pair *pair = &face->pairs[(before * 31u + code) * 2654435761u >> 21 & (PAIRS - 1)];
    if (pair->before != before || pair->code != code) {
        *pair = (Pair){before, code, TTF_GetFontKerningSizeGlyphs32(face->ttf, before, code)};
    }
    return pair->kerning;
}

int font_width(Font *font, FontStyle style, const char *text) {
    Face *face = &font->faces[style];
    int width = 0;
    uint32_t before = 0;
    while (*text) {
        uint32_t code = next_code(&text);
        width += kerning(face, before, code) + find_glyph(face, code)->advance;
        before = code;
    }
    return width;
}

int font_height(const Font *font, FontStyle style) {
    return font->faces[style].height;
}

int font_digit_top(const Font *font, FontStyle style) {
    return font->faces[style].digit_top;
}

int font_digit_height(const Font *font, FontStyle style) {
    return font->faces[style].digit_height;
}

void font_draw(Font *font, FontStyle style, int x, int y, const char *text, uint8_t red, uint8_t green,
               uint8_t blue) {
    Face *face = &font->faces[style];
    uint32_t before = 0;
    while (*text) {
        uint32_t code = next_code(&text);
        Glyph *glyph = find_glyph(face, code);
        x += kerning(face, before, code);
        SDL_Texture *texture = glyph_texture(font, face, glyph);
        if (texture) {
            SDL_SetTextureColorMod(texture, red, green, blue);
            SDL_RenderCopy(font->renderer, texture, NULL,
                           &(SDL_Rect){x + glyph->left, y, glyph->width, glyph->height});
        }
        x += glyph->advance;
        before = code;
    }
}
