// Draws every page at several sizes, core counts and both themes, and checks by the rectangles themselves
// that no text is cut and nothing overlaps. With a folder as its argument it leaves a picture of each there.
#include "tests/support/synthetic_host.h"
#include "ui/desk_commands.h"
#include "ui/draw_text.h"
#include "ui/frame.h"

#include <SDL.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Size {
    int width, height;
    float scale;
} Size;

static const Size SIZES[] = {
    {800, 500, 1.0f},       {1280, 800, 1.0f},      {1000, 625, 1.25f}, {1920, 1080, 1.25f},
    {3840, 2160, 1.75f},    {1280, 800, 0.703125f}, // the smallest zoom that Control and minus lead to
    {1280, 800, 1.423828f},                         // and the largest at which all has room
};
static const int CORES[] = {1, 2, 8, 16, 64};
enum {
    SCENE_HELP = PAGE_COUNT,
    SCENE_SAVE,
    SCENE_TIP,
    SCENE_DROP_DOWN,
    SCENE_LEARN_MENU,
    SCENE_LEARNING,
    SCENE_MESSAGE,
    SCENE_COUNT,
    POPUP_CORES = 16, // where scenes that do not depend on the cores are looked at
    READINGS = 30,    // three seconds: meters and peaks are where they stay
    WHOLE_HISTORY_READINGS = HISTORY_STEPS + READINGS,
};
static const char *const SCENES[SCENE_COUNT] = {"play", "sound",    "xruns",     "setup",    "help",   "save",
                                                "tip",  "dropdown", "learnmenu", "learning", "message"};

static int failures;
static int texts_seen, widgets_seen;

static void fail(const char *scene, const char *what, const char *first, const char *second) {
    if (++failures <= 40) {
        fprintf(stderr, "%s: %s: \"%s\"%s%s%s\n", scene, what, first, second ? " and \"" : "",
                second ? second : "", second ? "\"" : "");
    }
}

// A line of text without the room above its letters and below: that of two lines may meet.
static Rect letters(const Draw *draw, DrawnText text) {
    Rect rect = rect_intersect(text.rect, text.clip);
    int slack = draw_px(draw, 3.0f);
    return (Rect){rect.x, rect.y + slack, rect.w, int_max(rect.h - 2 * slack, 0)};
}

// A view with a scroll bar cuts lines at its upper and lower edge; nothing else may.
static bool scrolls(const Ui *ui, Rect view) {
    for (int i = 0; i < ui->widget_count; i++) {
        Rect bar = ui->widgets[i].rect;
        if (!ui->widgets[i].focusable && bar.w == ui_px(ui, 8.0f) && bar.x + bar.w == view.x + view.w &&
            bar.y >= view.y && bar.y + bar.h <= view.y + view.h) {
            return true;
        }
    }
    return false;
}

static void check_height(const Ui *ui, DrawnText text, const char *scene) {
    int slack = ui_px(ui, 3.0f);
    Rect clip = text.clip;
    bool seen = !rect_empty(rect_intersect(text.rect, clip));
    bool inside = text.rect.y + slack >= clip.y && text.rect.y + text.rect.h - slack <= clip.y + clip.h;
    if (seen && !inside && !scrolls(ui, clip)) {
        fail(scene, "text is cut above or below", text.text, NULL);
    }
}

static void check_texts(const Ui *ui, const char *scene) {
    Draw *draw = ui->draw;
    int count = draw_text_count(draw);
    DrawnText *texts = calloc((size_t)count + 1, sizeof *texts);
    for (int i = 0; i < count; i++) {
        texts[i] = draw_text_at(draw, i);
        Rect rect = texts[i].rect;
        Rect clip = texts[i].clip;
        texts_seen++;
        if (texts[i].cut) {
            fail(scene, "text is cut", texts[i].text, NULL);
        }
        if (!rect_empty(rect_intersect(rect, clip)) &&
            (rect.x < clip.x || rect.x + rect.w > clip.x + clip.w)) {
            fail(scene, "text leaves its panel", texts[i].text, NULL);
        }
        check_height(ui, texts[i], scene);
        for (int j = 0; j < i; j++) {
            if (texts[i].layer == texts[j].layer &&
                !rect_empty(rect_intersect(letters(draw, texts[i]), letters(draw, texts[j])))) {
                fail(scene, "texts overlap", texts[i].text, texts[j].text);
            }
        }
    }
    free(texts);
}

static void name_widget(const UiWidget *widget, int index, char text[64]) {
    snprintf(text, 64, "widget %d at %d,%d %dx%d", index, widget->rect.x, widget->rect.y, widget->rect.w,
             widget->rect.h);
}

static void check_pair(const Ui *ui, const char *scene, int index, int before) {
    const UiWidget *a = &ui->widgets[index];
    const UiWidget *b = &ui->widgets[before];
    // A list's scroll bar lies in the list, and is placed right after it.
    bool own_bar = before == index - 1 && rect_equal(rect_intersect(a->rect, b->rect), a->rect);
    Rect shared = rect_intersect(rect_intersect(a->rect, a->clip), rect_intersect(b->rect, b->clip));
    bool overlap = a->layer == b->layer && !own_bar && !rect_empty(shared);
    if (overlap || a->id == b->id) {
        char name[64];
        char other[64];
        name_widget(a, index, name);
        name_widget(b, before, other);
        fail(scene, overlap ? "widgets overlap" : "two widgets of one name", name, other);
    }
}

static void check_widgets(const Ui *ui, const char *scene) {
    Rect window = {0, 0, draw_width(ui->draw), draw_height(ui->draw)};
    for (int i = 0; i < ui->widget_count; i++) {
        const UiWidget *widget = &ui->widgets[i];
        Rect seen = rect_intersect(widget->rect, widget->clip);
        char name[64];
        name_widget(widget, i, name);
        widgets_seen++;
        if (rect_empty(widget->rect)) {
            fail(scene, "widget without room", name, NULL);
        }
        if (!rect_equal(rect_intersect(seen, window), seen)) {
            fail(scene, "widget outside the window", name, NULL);
        }
        for (int j = 0; j < i; j++) {
            check_pair(ui, scene, i, j);
        }
    }
}

static Rect place_of(const Desk *desk, UiId id, const char *scene) {
    for (int i = 0; i < desk->ui.widget_count; i++) {
        if (desk->ui.widgets[i].id == id) {
            return desk->ui.widgets[i].rect;
        }
    }
    fail(scene, "a widget is not to be seen", "that which the scene is about", NULL);
    return (Rect){0};
}

// The id of a widget by the names that lead to it; the last is its own.
static UiId id_of(Ui *ui, const char *const *names, int count) {
    for (int i = 0; i + 1 < count; i++) {
        ui_push(ui, names[i], 0);
    }
    UiId id = ui_id(ui, names[count - 1]);
    for (int i = 0; i + 1 < count; i++) {
        ui_pop(ui);
    }
    return id;
}

static void point_at(UiInput *input, Rect rect) {
    input->x = rect.x + rect.w / 2;
    input->y = rect.y + rect.h / 2;
}

// What opens over a page, opened as a musician does.
static void open_popup(Desk *desk, SyntheticHost *host, int scene, UiInput *input) {
    Ui *ui = &desk->ui;
    const char *name = SCENES[scene];
    if (scene == SCENE_TIP) {
        point_at(input, place_of(desk, id_of(ui, (const char *const[]){"cores", "core", "meter"}, 3), name));
        frame_draw(desk, input);
        input->now_seconds = host->seconds += 1.0;
        frame_draw(desk, input);
        if (!ui->tip[0]) {
            fail(name, "no tip is shown", "core", NULL);
        }
    } else if (scene == SCENE_DROP_DOWN) {
        ui_set_focus(ui, id_of(ui, (const char *const[]){"setup", "settings", "Output"}, 3), true);
        input->key = UI_KEY_ENTER;
        frame_draw(desk, input);
        if (!ui->menu) {
            fail(name, "no drop-down opens", "Output", NULL);
        }
    } else if (scene == SCENE_LEARN_MENU) {
        const char *const names[] = {"params", "knobs", PARAM_INFOS[0].name, "knob"};
        point_at(input, place_of(desk, id_of(ui, names, 4), name));
        input->right_pressed = true;
        frame_draw(desk, input);
        if (desk->menu_param != 0) {
            fail(name, "no menu opens", PARAM_INFOS[0].name, NULL);
        }
    }
    input->key = UI_KEY_NONE;
    input->right_pressed = false;
}

static void run_scene(Desk *desk, SyntheticHost *host, int scene) {
    UiInput input = {.x = -1, .y = -1};
    desk->page = scene < PAGE_COUNT ? (Page)scene : scene == SCENE_DROP_DOWN ? PAGE_SETUP : PAGE_SOUND;
    int readings = desk->page == PAGE_PLAY ? WHOLE_HISTORY_READINGS : READINGS;
    for (int reading = 0; reading < readings; reading++) {
        host->seconds += 0.1;
        desk_read(desk, host->seconds);
    }
    desk->help = scene == SCENE_HELP;
    if (scene == SCENE_SAVE) {
        desk_command(desk, DESK_SAVE_AS);
    }
    host->learning = scene == SCENE_LEARNING ? PARAM_FILTER_CUTOFF : PARAM_COUNT;
    if (scene == SCENE_MESSAGE) {
        desk_say(desk, true, "USB interface 4x4: it does not open; look at its cable, or choose another");
        desk_say(desk, true, "a second one");
    }
    input.now_seconds = host->seconds;
    frame_draw(desk, &input);
    open_popup(desk, host, scene, &input);
    for (int frame = 0; frame < 3; frame++) { // a popup needs two to open
        input.now_seconds = host->seconds;
        frame_draw(desk, &input);
    }
}

static void check_scene(Size size, int cores, bool busy, const Theme *theme, int scene, const char *folder) {
    char name[128];
    snprintf(name, sizeof name, "%s-%dx%d-%dcores-%s-%s", SCENES[scene], size.width, size.height, cores,
             busy ? "busy" : "idle", theme->name);
    SDL_Surface *surface =
        SDL_CreateRGBSurfaceWithFormat(0, size.width, size.height, 32, SDL_PIXELFORMAT_XRGB8888);
    SDL_Renderer *renderer = SDL_CreateSoftwareRenderer(surface);
    Error error;
    Draw *draw = draw_create(size.scale, &error);
    if (!draw) {
        fprintf(stderr, "%s\n", error.text);
        exit(77);
    }
    draw_set_renderer(draw, renderer, surface);
    SyntheticHost host;
    synthetic_host_init(&host, cores, busy);
    Desk *desk = desk_create(draw, &host.host, &error);
    desk->ui.theme = theme;
    run_scene(desk, &host, scene);
    check_texts(&desk->ui, name);
    check_widgets(&desk->ui, name);
    if (folder) {
        char path[1024];
        Rect damage[DRAW_DAMAGE_MAX];
        draw_end(draw, damage);
        snprintf(path, sizeof path, "%s/%s.bmp", folder, name);
        SDL_SaveBMP(surface, path);
    }
    desk_destroy(desk);
    draw_set_renderer(draw, NULL, NULL);
    SDL_DestroyRenderer(renderer);
    draw_destroy(draw);
    SDL_FreeSurface(surface);
}

int main(int count, char **arguments) {
    const char *folder = count > 1 ? arguments[1] : NULL;
    for (size_t size = 0; size < sizeof SIZES / sizeof SIZES[0]; size++) {
        for (size_t cores = 0; cores < sizeof CORES / sizeof CORES[0]; cores++) {
            for (int scene = 0; scene < SCENE_COUNT; scene++) {
                if (scene > SCENE_TIP && CORES[cores] != POPUP_CORES) {
                    continue;
                }
                check_scene(SIZES[size], CORES[cores], true, &THEME_DARK, scene, folder);
                check_scene(SIZES[size], CORES[cores], false, &THEME_LIGHT, scene, folder);
            }
        }
    }
    printf("%d texts and %d widgets looked at, %d faults\n", texts_seen, widgets_seen, failures);
    return failures > 0 || texts_seen < 1000 || widgets_seen < 1000 ? 1 : 0;
}
