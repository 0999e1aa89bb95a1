// Tests what is painted of a frame: no more than has changed, and the same picture as if all of it were.
#include "ui/columns.h"
#include "ui/draw.h"
#include "ui/draw_text.h"

#include <SDL.h>
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 320, HEIGHT = 240, PLOT_WIDTH = 200, STEPS = 24 };
static const Rect PLOT = {60, 40, PLOT_WIDTH, 150};
static const Color GROUND = {13, 16, 21, 255};
static const Color PANEL = {21, 25, 32, 255};
static const Color LINE = {91, 184, 245, 255};
static const Color AREA = {91, 184, 245, 90};

typedef struct Canvas {
    SDL_Surface *surface;
    SDL_Renderer *renderer;
    Draw *draw;
} Canvas;

static Canvas open_canvas(void) {
    Error error;
    Canvas canvas = {.draw = draw_create(1.0f, &error)};
    if (!canvas.draw) {
        cr_skip_test("%s", error.text);
    }
    canvas.surface = SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 32, SDL_PIXELFORMAT_XRGB8888);
    canvas.renderer = SDL_CreateSoftwareRenderer(canvas.surface);
    draw_set_renderer(canvas.draw, canvas.renderer, canvas.surface);
    return canvas;
}

static void close_canvas(Canvas *canvas) {
    draw_set_renderer(canvas->draw, NULL, NULL);
    draw_destroy(canvas->draw);
    SDL_DestroyRenderer(canvas->renderer);
    SDL_FreeSurface(canvas->surface);
}

static void plot(Draw *draw, float phase, float height) {
    float low[PLOT_WIDTH];
    float high[PLOT_WIDTH];
    float zero[PLOT_WIDTH] = {0};
    for (int x = 0; x < PLOT_WIDTH; x++) {
        high[x] = 0.5f + height * sinf(0.07f * (float)x + phase);
        low[x] = high[x] - 0.01f;
    }
    draw_columns(draw, PLOT, zero, high, PLOT_WIDTH, AREA);
    draw_columns(draw, PLOT, low, high, PLOT_WIDTH, LINE);
}

static void scene(Draw *draw, int step) {
    char text[32];
    draw_fill(draw, (Rect){0, 0, WIDTH, HEIGHT}, GROUND);
    draw_round(draw, (Rect){8, 8, 300, 220}, 8, PANEL);
    plot(draw, 0.3f * (float)(step / 3), 0.1f + 0.01f * (float)(step % 5));
    draw_hatch(draw, (Rect){20, 200, 10 + step * 7, 14}, AREA);
    snprintf(text, sizeof text, "Step %d", step / 2);
    draw_text(draw, (Rect){12, 12, 120, 20}, FONT_TITLE, ALIGN_LEFT, LINE, text);
    draw_arc(draw, (Rect){260, 12, 40, 40}, 5, 0.1f, 0.02f * (float)step, LINE);
    draw_push_clip(draw, (Rect){12, 60, 40, 100});
    draw_disc(draw, 30, 60 + step * 4, 30, LINE);
    draw_pop_clip(draw);
    if (step % 6 >= 4) {
        draw_set_layer(draw, LAYER_POPUP);
        draw_round(draw, (Rect){40 + step, 60, 150, 90}, 6, GROUND);
        draw_text(draw, (Rect){60 + step, 70, 100, 20}, FONT_BODY, ALIGN_LEFT, LINE, "Menu");
        draw_set_layer(draw, LAYER_BASE);
    }
}

static int frame(const Canvas *canvas, int step, Rect damage[DRAW_DAMAGE_MAX]) {
    draw_begin(canvas->draw);
    scene(canvas->draw, step);
    return draw_end(canvas->draw, damage);
}

static int pixels(const Rect *damage, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
        sum += damage[i].w * damage[i].h;
    }
    return sum;
}

Test(draw, paints_what_changed_as_if_it_painted_all) {
    Canvas canvas = open_canvas();
    Canvas whole = open_canvas();
    Rect damage[DRAW_DAMAGE_MAX];
    int painted = 0;
    for (int step = 0; step < STEPS; step++) {
        int count = frame(&canvas, step, damage);
        painted += pixels(damage, count);
        cr_assert(count > 0);
        draw_set_renderer(whole.draw, whole.renderer, whole.surface); // forgets what was shown
        cr_assert_eq(pixels(damage, frame(&whole, step, damage)), WIDTH * HEIGHT);
        for (int y = 0; y < HEIGHT; y++) {
            const uint8_t *row = (const uint8_t *)canvas.surface->pixels + y * canvas.surface->pitch;
            const uint8_t *expected = (const uint8_t *)whole.surface->pixels + y * whole.surface->pitch;
            cr_assert_eq(memcmp(row, expected, WIDTH * 4), 0, "step %d differs in row %d", step, y);
        }
    }
    cr_assert_lt(painted, STEPS * WIDTH * HEIGHT / 2);
    close_canvas(&canvas);
    close_canvas(&whole);
}

Test(draw, paints_nothing_when_nothing_has_changed) {
    Canvas canvas = open_canvas();
    Rect damage[DRAW_DAMAGE_MAX];
    cr_assert_gt(frame(&canvas, 4, damage), 0);
    cr_assert_eq(frame(&canvas, 4, damage), 0);
    close_canvas(&canvas);
}

Test(draw, of_a_plot_paints_only_where_its_line_moved) {
    Canvas canvas = open_canvas();
    Rect damage[DRAW_DAMAGE_MAX];
    for (int step = 0; step < 2; step++) {
        draw_begin(canvas.draw);
        plot(canvas.draw, 0.2f * (float)step, 0.05f);
        int count = draw_end(canvas.draw, damage);
        for (int i = 0; step == 1 && i < count; i++) { // a cell's height around the middle, both ways
            cr_assert_geq(damage[i].y, PLOT.y + PLOT.h / 2 - 40);
            cr_assert_leq(damage[i].y + damage[i].h, PLOT.y + PLOT.h / 2 + 40);
        }
        cr_assert_gt(count, 0);
    }
    close_canvas(&canvas);
}

Test(draw, a_column_covers_a_pixel_by_its_share) {
    Canvas canvas = open_canvas();
    Rect damage[DRAW_DAMAGE_MAX];
    Rect rect = {10, 20, 3, 100};
    const float low[3] = {0.0f, 0.105f, 0.5f};
    const float high[3] = {0.1f, 0.115f, 0.5f}; // ten pixels from the bottom; halves of two; nothing
    draw_begin(canvas.draw);
    draw_fill(canvas.draw, (Rect){0, 0, WIDTH, HEIGHT}, (Color){0, 0, 0, 255});
    draw_columns(canvas.draw, rect, low, high, 3, (Color){200, 100, 0, 255});
    draw_end(canvas.draw, damage);
    int full = 0;
    int half = 0;
    for (int y = 0; y < HEIGHT; y++) {
        const uint32_t *row = (const uint32_t *)(const void *)((const uint8_t *)canvas.surface->pixels +
                                                               y * canvas.surface->pitch);
        full += (row[10] & 0xFFFFFF) == 0xC86400;
        half += (row[11] & 0xFFFFFF) == 0x643200;
        cr_assert_eq(row[12] & 0xFFFFFF, 0);
        cr_assert_eq(row[13] & 0xFFFFFF, 0);
    }
    cr_assert_eq(full, 10);
    cr_assert_eq(half, 2);
    close_canvas(&canvas);
}

Test(draw, changes_of_columns_that_make_up_for_each_other_are_seen) {
    enum { COUNT = 32 };
    Column columns[COUNT];
    for (int i = 0; i < COUNT; i++) {
        columns[i] = (Column){512, 600};
    }
    ColumnsExtent extent = columns_extent(columns, COUNT);
    uint64_t before = columns_hash(columns, COUNT, extent, 0, HEIGHT);
    columns[10].top += 16;
    columns[11].top -= 32;
    columns[12].top += 16;
    extent = columns_extent(columns, COUNT);
    cr_expect(columns_hash(columns, COUNT, extent, 0, HEIGHT) != before);
}
