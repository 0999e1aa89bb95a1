// Channels, wheels and keys: what sounds now, and playing with mouse and fingers.
#include "ui/desk_commands.h"
#include "ui/keys.h"
#include "ui/panels.h"
#include "ui/typed_keys.h"
#include "ui/widgets.h"

#include <stdio.h>

static const float WHITE_KEY_UNITS = 22.0f; // as narrow as a finger still hits
static const float BLACK_HEIGHT = 0.62f;    // share of a white key's
static const float BLACK_WIDTH = 0.62f;
static const double ACTIVE_SECONDS = 0.15; // a channel's lamp after each message

static bool is_black(int key) {
    return (1 << key % 12 & 0x54A) != 0; // C#, D#, F#, G#, A#
}

static int white_before(int key) { // white keys below this one
    static const int COUNT[12] = {0, 1, 1, 2, 2, 3, 4, 4, 5, 5, 6, 6};
    return key / 12 * 7 + COUNT[key % 12];
}

static int white_key(int index) { // the key of the index-th white one
    static const int STEP[7] = {0, 2, 4, 5, 7, 9, 11};
    return index / 7 * 12 + STEP[index % 7];
}

typedef struct Piano {
    Rect rect;
    int first; // white key at the left edge
    int count; // white keys shown
} Piano;

static Rect white_rect(const Piano *piano, int index) {
    int begin = piano->rect.w * index / piano->count;
    int end = piano->rect.w * (index + 1) / piano->count;
    return (Rect){piano->rect.x + begin, piano->rect.y, end - begin, piano->rect.h};
}

static Rect key_rect(const Piano *piano, int key) {
    int index = white_before(key) - piano->first;
    if (!is_black(key)) {
        return white_rect(piano, index);
    }
    Rect after = white_rect(piano, index);
    int width = (int)((float)after.w * BLACK_WIDTH);
    return (Rect){after.x - width / 2, piano->rect.y, width, (int)((float)piano->rect.h * BLACK_HEIGHT)};
}

// The key under a point, KEY_NONE outside; velocity by how far down the key the point is.
static int key_at(const Piano *piano, int x, int y, int *velocity) {
    if (!rect_has(piano->rect, x, y)) {
        return KEY_NONE;
    }
    int index = piano->first + (x - piano->rect.x) * piano->count / piano->rect.w;
    int white = white_key(index);
    int found = white;
    for (int key = white - 1; key <= white + 1; key += 2) {
        if (key >= 0 && is_black(key) && rect_has(key_rect(piano, key), x, y)) {
            found = key;
        }
    }
    Rect rect = key_rect(piano, found);
    *velocity = 30 + (y - rect.y) * 97 / int_max(rect.h, 1);
    return found > 127 ? KEY_NONE : found;
}

static void find_down(const Desk *desk, bool down[128]) {
    for (int key = 0; key < 128; key++) {
        down[key] = desk->activity.key_velocity[key] > 0;
    }
    for (int source = 0; source < KEY_SOURCE_COUNT; source++) {
        if (desk->keys.held[source] != KEY_NONE) {
            down[desk->keys.held[source]] = true;
        }
    }
}

static void follow_point(Desk *desk, const Piano *piano, int source, bool touching, int x, int y) {
    int velocity = 0;
    int key = touching ? key_at(piano, x, y, &velocity) : KEY_NONE;
    if (key == desk->keys.held[source]) {
        return;
    }
    if (key == KEY_NONE) {
        keys_release(desk, source);
    } else {
        keys_press(desk, source, key, velocity); // a glide over the keys plays each
    }
}

static void play(Desk *desk, const Piano *piano) {
    Ui *ui = &desk->ui;
    UiState state = ui_widget(ui, ui_id(ui, "keys"), piano->rect, UI_NO_FOCUS);
    follow_point(desk, piano, KEY_SOURCE_MOUSE, state.held && ui->in.down && !ui->in.from_touch, ui->in.x,
                 ui->in.y);
    for (int i = 0; i < UI_FINGERS_MAX; i++) {
        const UiFinger *finger = i < ui->in.finger_count ? &ui->in.fingers[i] : NULL;
        // One that slides in from a knob plays nothing.
        bool touching = finger && ui_enabled(ui) && rect_has(piano->rect, finger->begin_x, finger->begin_y);
        follow_point(desk, piano, KEY_SOURCE_FINGER + i, touching, finger ? finger->x : 0,
                     finger ? finger->y : 0);
    }
    if (state.hover && ui->in.wheel != 0.0f) {
        desk->keys.first_key = float_clamp(desk->keys.first_key - ui->in.wheel * 2.0f, 0.0f, 127.0f);
        ui->in.wheel = 0.0f;
    }
}

static void draw_key(Ui *ui, const Piano *piano, int key, bool down) {
    const Theme *theme = ui->theme;
    Rect rect = key_rect(piano, key);
    int round = ui_px(ui, 3.0f);
    Color color = is_black(key) ? theme->key_black : theme->key_white;
    rect.w -= is_black(key) ? 0 : ui_px(ui, 1.0f);
    draw_push_clip(ui->draw, rect);
    rect.y -= round; // only the lower corners are round
    rect.h += round;
    draw_round(ui->draw, rect, round, down ? theme->accent : color);
    draw_pop_clip(ui->draw);
    if (down) { // a dot as well: told without colour
        draw_disc(ui->draw, rect.x + rect.w / 2, rect.y + rect.h - ui_px(ui, key % 12 == 0 ? 22.0f : 9.0f),
                  ui_px(ui, 6.0f), theme->on_accent);
    }
    if (key % 12 == 0) {
        char name[16];
        snprintf(name, sizeof name, "C%d", key / 12 - 1);
        Rect label = {rect.x, rect.y + rect.h - ui_px(ui, 16.0f), rect.w, ui_px(ui, 14.0f)};
        ui_label(ui, label, FONT_SMALL, ALIGN_CENTER, color_blend(theme->key_black, theme->key_white, 0.45f),
                 name);
    }
}

static void piano(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    int most = 75; // white keys of MIDI
    int count = int_clamp(rect.w / ui_px(ui, WHITE_KEY_UNITS), 7, most);
    // The lower octave of the computer's keyboard is always in sight.
    int lowest = white_before(desk->keys.octave * 12 + 12);
    int first = white_before((int)desk->keys.first_key);
    first = int_clamp(first, lowest + 14 - count, lowest);
    first = int_clamp(first, 0, most - count);
    Piano shown = {rect, first, count};
    play(desk, &shown);
    bool down[128];
    find_down(desk, down);
    draw_fill(ui->draw, rect, ui->theme->key_line);
    draw_push_clip(ui->draw, rect);
    for (int pass = 0; pass < 2; pass++) {
        for (int key = int_max(white_key(first) - 1, 0);
             key <= int_min(white_key(first + count - 1) + 1, 127); key++) {
            if (is_black(key) == (pass == 1)) {
                draw_key(ui, &shown, key, down[key]);
            }
        }
    }
    // Which keys the computer's keyboard plays.
    Rect from = key_rect(&shown, int_min(desk->keys.octave * 12 + 12, 127));
    Rect to = key_rect(&shown, int_min(desk->keys.octave * 12 + 12 + 23, 127));
    draw_fill(ui->draw, (Rect){from.x, rect.y, to.x + to.w - from.x, ui_px(ui, 3.0f)}, ui->theme->accent);
    draw_pop_clip(ui->draw);
}

// One wheel as an upright fader; returns the new value, -1..1 or 0..1.
static float wheel(Desk *desk, Rect rect, const char *name, float value, bool springs) {
    Ui *ui = &desk->ui;
    const Theme *theme = ui->theme;
    UiState state = ui_widget(ui, ui_id(ui, name), rect, 0);
    ui_tip(ui, springs ? "Pitch wheel: springs back" : "Modulation wheel");
    float low = springs ? -1.0f : 0.0f;
    Rect track = rect_center(rect, ui_px(ui, 18.0f), rect.h);
    if (state.held) {
        float share = 1.0f - (float)(ui->in.y - track.y) / (float)int_max(track.h, 1);
        value = float_clamp(low + (1.0f - low) * share, low, 1.0f);
        value = ui->in.released && springs ? 0.0f : value;
    } else if (state.focused) {
        value += ui_take_key(ui, UI_KEY_UP) ? 0.1f : ui_take_key(ui, UI_KEY_DOWN) ? -0.1f : 0.0f;
        value = ui_take_key(ui, UI_KEY_DELETE) || ui_take_key(ui, UI_KEY_BACKSPACE) ? 0.0f : value;
    }
    draw_round(ui->draw, track, ui_px(ui, 5.0f), theme->raised);
    float share = (value - low) / (1.0f - low);
    int height = ui_px(ui, 6.0f);
    int y = track.y + (int)((float)(track.h - height) * (1.0f - share));
    draw_round(ui->draw, (Rect){track.x, y, track.w, height}, ui_px(ui, 2.0f),
               value != 0.0f ? theme->accent : theme->dim);
    ui_focus_ring(ui, state, track);
    return value;
}

static void channels(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    const Theme *theme = ui->theme;
    for (int channel = 0; channel < PART_COUNT; channel++) {
        Rect cell = rect_column(rect, channel, PART_COUNT, ui_px(ui, 2.0f));
        ui_push(ui, "channel", channel);
        UiState state = ui_widget(ui, ui_id(ui, "lamp"), cell, 0);
        char text[96];
        if (ui_tip_due(ui)) {
            snprintf(text, sizeof text, "MIDI channel %d: %u keys held. Click to play and shape it.",
                     channel + 1, desk->activity.channel_notes[channel]);
            ui_tip(ui, text);
        }
        if (state.clicked && desk->part != channel) {
            keys_release_all(desk);
            desk->part = channel;
            desk->edit = &desk->edits[channel];
        }
        bool active = desk->activity.channel_notes[channel] > 0 ||
                      (desk->channel_at[channel] > 0.0 &&
                       desk->now_seconds - desk->channel_at[channel] < ACTIVE_SECONDS);
        bool chosen = desk->part == channel;
        if (active || chosen || state.hover) {
            draw_round(ui->draw, cell, ui_px(ui, 4.0f),
                       active   ? theme->accent
                       : chosen ? theme->hover
                                : theme->raised);
        }
        snprintf(text, sizeof text, "%d", channel + 1);
        ui_label(ui, cell, chosen ? FONT_STRONG : FONT_SMALL, ALIGN_CENTER,
                 active   ? theme->on_accent
                 : chosen ? theme->text
                          : theme->dim,
                 text);
        ui_focus_ring(ui, state, cell);
        ui_pop(ui);
    }
}

// One arrow of the octave, which says what it does and what is played now.
static void octave_arrow(Desk *desk, Rect rect, DeskCommand command, DrawPoint point) {
    Ui *ui = &desk->ui;
    if (ui_arrow(ui, rect, desk_command_name(command), point)) {
        desk_command(desk, command);
    }
    if (ui_tip_due(ui)) {
        char key[TYPED_KEYS_NAME_BYTES];
        char tip[UI_TEXT_BYTES];
        typed_keys_name(command == DESK_OCTAVE_UP ? TYPED_KEYS_OCTAVE_UP : TYPED_KEYS_OCTAVE_DOWN, key);
        snprintf(tip, sizeof tip, "%s (%s). The computer's keyboard plays from C%d to B%d now.",
                 desk_command_name(command), key, desk->keys.octave, desk->keys.octave + 1);
        ui_tip(ui, tip);
    }
}

static void controls(Desk *desk, Rect line) {
    Ui *ui = &desk->ui;
    bool wide = desk_is_wide(desk);
    int gap = ui_px(ui, 8.0f);
    int size = line.h;
    ui_label(ui, rect_cut_left(&line, ui_px(ui, 46.0f)), FONT_SMALL, ALIGN_LEFT, ui->theme->dim, "Octave");
    octave_arrow(desk, rect_cut_left(&line, size), DESK_OCTAVE_DOWN, POINT_LEFT);
    char text[16];
    snprintf(text, sizeof text, "C%d", desk->keys.octave);
    ui_label(ui, rect_cut_left(&line, ui_px(ui, 30.0f)), FONT_STRONG, ALIGN_CENTER, ui->theme->text, text);
    octave_arrow(desk, rect_cut_left(&line, size), DESK_OCTAVE_UP, POINT_RIGHT);
    rect_cut_left(&line, 2 * gap);
    if (ui_button(ui, rect_cut_right(&line, ui_px(ui, 56.0f)), "Panic", BUTTON_PLAIN)) {
        desk_command(desk, DESK_PANIC);
    }
    ui_tip(ui, "Every note off, controllers back (F8)");
    rect_cut_right(&line, gap);
    bool sustain = desk->keys.sustain || desk->activity.sustain;
    if (ui_toggle(ui, rect_cut_right(&line, ui_px(ui, 88.0f)), "Sustain", sustain)) {
        keys_sustain(desk, !sustain);
    }
    ui_tip(ui, "Sustain pedal (hold Space)");
    rect_cut_right(&line, gap);
    if (wide) {
        ui_label(ui, rect_cut_left(&line, ui_px(ui, 56.0f)), FONT_SMALL, ALIGN_LEFT, ui->theme->dim,
                 "Channels");
    }
    channels(desk, rect_cut_left(&line, int_min(line.w, ui_px(ui, 16.0f * 26.0f))));
}

void panel_keyboard(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    ui_push(ui, "keyboard", 0);
    Rect inside = ui_panel(ui, rect, NULL);
    controls(desk, rect_cut_top(&inside, ui_px(ui, 22.0f)));
    rect_cut_top(&inside, ui_px(ui, 6.0f));
    keys_bend(desk, wheel(desk, rect_cut_left(&inside, ui_px(ui, 24.0f)), "bend", desk->keys.bend, true));
    rect_cut_left(&inside, ui_px(ui, 4.0f));
    keys_wheel(desk, wheel(desk, rect_cut_left(&inside, ui_px(ui, 24.0f)), "wheel", desk->keys.wheel, false));
    rect_cut_left(&inside, ui_px(ui, 8.0f));
    piano(desk, inside);
    ui_pop(ui);
    ui->group++;
}
