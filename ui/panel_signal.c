// Peak and RMS meters, the waveform and the spectrum.
#include "ui/panels.h"
#include "ui/widgets.h"

#include <math.h>
#include <stdio.h>

enum { PLOT_COLUMNS_MAX = 4096 };
static const float METER_FLOOR_DB = -60.0f;
static const float SPECTRUM_FLOOR_DB = -90.0f;

static float place(float db, float floor_db) {
    return float_clamp(1.0f - db / floor_db, 0.0f, 1.0f);
}

static void db_text(float db, char *text, size_t capacity) {
    if (db <= METER_FLOOR_DB) {
        snprintf(text, capacity, "\xE2\x88\x92\xE2\x88\x9E");
    } else {
        snprintf(text, capacity, "%s%.1f", db < -0.05f ? "\xE2\x88\x92" : "", fabs((double)db));
    }
}

static void clip_lamp(Desk *desk, Rect rect, bool clipped) {
    Ui *ui = &desk->ui;
    const Theme *theme = ui->theme;
    UiState state = ui_widget(ui, ui_id(ui, "clip"), rect, 0);
    ui_tip(ui, "Lights when the output reaches full scale, and stays until it is clicked.");
    if (state.clicked) {
        signal_reset(desk->signal);
    }
    draw_round(ui->draw, rect, ui_px(ui, 3.0f), clipped ? theme->bad : theme->raised);
    ui_label(ui, rect, FONT_SMALL, ALIGN_CENTER, clipped ? theme->on_bad : theme->dim,
             clipped ? "CLIP" : "clip");
    ui_focus_ring(ui, state, rect);
}

// Peak as a thin bar over RMS as a thick one, the held peak as a mark.
static void level_across(Ui *ui, Rect rect, const char *name, const SignalChannel *channel) {
    const Theme *theme = ui->theme;
    char text[16];
    ui_label(ui, rect_cut_left(&rect, ui_px(ui, 16.0f)), FONT_STRONG, ALIGN_LEFT, theme->text, name);
    db_text(channel->hold_db, text, sizeof text);
    ui_label(ui, rect_cut_right(&rect, ui_px(ui, 44.0f)), FONT_STRONG, ALIGN_RIGHT, theme->text, text);
    rect_cut_right(&rect, ui_px(ui, 6.0f));
    int height = ui_px(ui, 9.0f);
    rect = rect_center(rect, rect.w, height);
    draw_round(ui->draw, rect, ui_px(ui, 2.0f), theme->raised);
    int peak = (int)((float)rect.w * place(channel->peak_db, METER_FLOOR_DB));
    int rms = (int)((float)rect.w * place(channel->rms_db, METER_FLOOR_DB));
    int hold = (int)((float)rect.w * place(channel->hold_db, METER_FLOOR_DB));
    Color color = channel->peak_db > -1.0f   ? theme->bad
                  : channel->peak_db > -6.0f ? theme->warn
                                             : theme->accent;
    draw_round(ui->draw, (Rect){rect.x, rect.y, peak, rect.h}, ui_px(ui, 2.0f), color_alpha(color, 0.45f));
    draw_round(ui->draw, (Rect){rect.x, rect.y, rms, rect.h}, ui_px(ui, 2.0f), color);
    if (hold > 0) {
        draw_fill(ui->draw, (Rect){rect.x + hold - ui_px(ui, 2.0f), rect.y, ui_px(ui, 2.0f), rect.h},
                  theme->text);
    }
}

static void level_upright(Ui *ui, Rect rect, const char *name, const SignalChannel *channel) {
    const Theme *theme = ui->theme;
    char text[16];
    db_text(channel->hold_db, text, sizeof text);
    ui_label(ui, rect_cut_top(&rect, ui_px(ui, 16.0f)), FONT_SMALL, ALIGN_CENTER, theme->text, text);
    ui_label(ui, rect_cut_bottom(&rect, ui_px(ui, 16.0f)), FONT_STRONG, ALIGN_CENTER, theme->dim, name);
    rect = rect_center(rect, ui_px(ui, 16.0f), rect.h);
    draw_round(ui->draw, rect, ui_px(ui, 3.0f), theme->raised);
    int peak = (int)((float)rect.h * place(channel->peak_db, METER_FLOOR_DB));
    int rms = (int)((float)rect.h * place(channel->rms_db, METER_FLOOR_DB));
    int hold = (int)((float)rect.h * place(channel->hold_db, METER_FLOOR_DB));
    Color color = channel->peak_db > -1.0f   ? theme->bad
                  : channel->peak_db > -6.0f ? theme->warn
                                             : theme->accent;
    draw_round(ui->draw, (Rect){rect.x, rect.y + rect.h - peak, rect.w, peak}, ui_px(ui, 3.0f),
               color_alpha(color, 0.45f));
    draw_round(ui->draw, (Rect){rect.x, rect.y + rect.h - rms, rect.w, rms}, ui_px(ui, 3.0f), color);
    if (hold > 0) {
        draw_fill(ui->draw, (Rect){rect.x, rect.y + rect.h - hold, rect.w, ui_px(ui, 2.0f)}, theme->text);
    }
}

void panel_level(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    const SignalChannel *channels = desk->signal->channels;
    ui_push(ui, "level", 0);
    ui->group++;
    Rect inside = ui_panel(ui, rect, NULL);
    Rect title = rect_cut_top(&inside, ui_px(ui, 20.0f));
    clip_lamp(desk, rect_cut_right(&title, ui_px(ui, 40.0f)), channels[0].clipped || channels[1].clipped);
    ui_label(ui, title, FONT_STRONG, ALIGN_LEFT, ui->theme->text, "Output");
    rect_cut_top(&inside, ui_px(ui, 4.0f));
    char left[16];
    char right[16];
    char text[64];
    db_text(channels[0].rms_db, left, sizeof left);
    db_text(channels[1].rms_db, right, sizeof right);
    Rect line = rect_cut_bottom(&inside, ui_px(ui, 16.0f));
    if (rect.w > rect.h) {
        snprintf(text, sizeof text, "RMS %s  %s dBFS", left, right);
        ui_label(ui, line, FONT_SMALL, ALIGN_RIGHT, ui->theme->dim, text);
        level_across(ui, rect_row(inside, 0, 2, 0), "L", &channels[0]);
        level_across(ui, rect_row(inside, 1, 2, 0), "R", &channels[1]);
    } else {
        Rect above = rect_cut_bottom(&inside, ui_px(ui, 16.0f));
        ui_label(ui, above, FONT_SMALL, ALIGN_CENTER, ui->theme->dim, "RMS, dBFS");
        snprintf(text, sizeof text, "%s  %s", left, right);
        ui_label(ui, line, FONT_SMALL, ALIGN_CENTER, ui->theme->text, text);
        level_upright(ui, rect_column(inside, 0, 2, 0), "L", &channels[0]);
        level_upright(ui, rect_column(inside, 1, 2, 0), "R", &channels[1]);
    }
    ui_pop(ui);
}

static Rect titled_plot(Ui *ui, Rect rect, const char *title, const char *note) {
    Rect inside = ui_panel(ui, rect, NULL);
    Rect line = rect_cut_top(&inside, ui_px(ui, 18.0f));
    int width = draw_text_width(ui->draw, FONT_STRONG, title) + ui_px(ui, 8.0f);
    ui_label(ui, rect_cut_left(&line, width), FONT_STRONG, ALIGN_LEFT, ui->theme->text, title);
    ui_label(ui, line, FONT_SMALL, ALIGN_RIGHT, ui->theme->dim, note);
    rect_cut_top(&inside, ui_px(ui, 4.0f));
    return inside;
}

// Steps of 1/256 are too small to see, and let a quiet line keep still.
static float quantise(float share) {
    return (float)(int)(float_clamp(share, 0.0f, 1.0f) * 256.0f + 0.5f) / 256.0f;
}

// Doubles a quiet wave until it is seen; held peaks change slowly, and so does this.
static float wave_gain(const Signal *signal) {
    float loudest = signal->channels[0].hold_db > signal->channels[1].hold_db ? signal->channels[0].hold_db
                                                                              : signal->channels[1].hold_db;
    float gain = 1.0f;
    for (float room = -loudest - 1.0f; room > 6.0f && gain < 16.0f && loudest > METER_FLOOR_DB;
         room -= 6.0f) {
        gain *= 2.0f;
    }
    return gain;
}

void panel_scope(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    uint32_t rate_hz = desk->host->rate_hz(desk->host->user);
    char note[32];
    float gain = wave_gain(desk->signal);
    snprintf(note, sizeof note, "%.0f ms \xC2\xB7 \xC3\x97%.0f",
             rate_hz > 0 ? SIGNAL_WAVE_FRAMES * 1000.0 / rate_hz : 0.0, (double)gain);
    Rect plot = titled_plot(ui, rect, "Waveform", note);
    plot.w = int_min(plot.w, PLOT_COLUMNS_MAX);
    draw_fill(ui->draw, (Rect){plot.x, plot.y + plot.h / 2, plot.w, 1}, ui->theme->line);
    static float low[PLOT_COLUMNS_MAX]; // of the main thread alone
    static float high[PLOT_COLUMNS_MAX];
    float half_line = 0.75f * (float)ui_px(ui, 1.0f) / (float)int_max(plot.h, 1);
    const float *wave = desk->signal->wave;
    for (int x = 0; x < plot.w; x++) {
        float from = (float)x * (SIGNAL_WAVE_FRAMES - 1) / (float)int_max(plot.w, 1);
        float to = (float)(x + 1) * (SIGNAL_WAVE_FRAMES - 1) / (float)int_max(plot.w, 1);
        float begin =
            wave[(int)from] + (wave[int_min((int)from + 1, SIGNAL_WAVE_FRAMES - 1)] - wave[(int)from]) *
                                  (from - (float)(int)from);
        float end = wave[(int)to] + (wave[int_min((int)to + 1, SIGNAL_WAVE_FRAMES - 1)] - wave[(int)to]) *
                                        (to - (float)(int)to);
        float least = begin < end ? begin : end;
        float most = begin < end ? end : begin;
        for (int i = (int)from + 1; i <= (int)to; i++) {
            least = wave[i] < least ? wave[i] : least;
            most = wave[i] > most ? wave[i] : most;
        }
        low[x] = quantise(0.5f + 0.5f * gain * least) - half_line;
        high[x] = quantise(0.5f + 0.5f * gain * most) + half_line;
    }
    draw_columns(ui->draw, plot, low, high, plot.w, ui->theme->accent);
}

static void frequency_lines(Ui *ui, Rect plot, Rect labels) {
    static const float HZ[] = {50.0f, 100.0f, 200.0f, 500.0f, 1000.0f, 2000.0f, 5000.0f, 10000.0f};
    static const char *const NAMES[] = {"", "100", "", "", "1k", "", "", "10k"};
    for (int i = 0; i < 8; i++) {
        int x = plot.x + (int)((float)plot.w * logf(HZ[i] / 20.0f) / logf(1000.0f));
        draw_fill(ui->draw, (Rect){x, plot.y, 1, plot.h}, NAMES[i][0] ? ui->theme->line : ui->theme->raised);
        int half = ui_px(ui, 20.0f);
        ui_label(ui, (Rect){x - half, labels.y, 2 * half, labels.h}, FONT_SMALL, ALIGN_CENTER, ui->theme->dim,
                 NAMES[i]);
    }
}

void panel_spectrum(Desk *desk, Rect rect) {
    Ui *ui = &desk->ui;
    Rect plot = titled_plot(ui, rect, "Spectrum",
                            "0 to \xE2\x88\x92"
                            "90 dB, Hz");
    if (!desk->signal->spectrum) {
        draw_paragraph(ui->draw, plot, FONT_SMALL, ui->theme->dim, "No memory for the spectrum.", true);
        return;
    }
    plot.w = int_min(plot.w, PLOT_COLUMNS_MAX);
    Rect labels = rect_cut_bottom(&plot, ui_px(ui, 14.0f));
    frequency_lines(ui, plot, labels);
    for (int db = 30; db <= 60; db += 30) {
        draw_fill(ui->draw, (Rect){plot.x, plot.y + plot.h * db / 90, plot.w, 1}, ui->theme->raised);
    }
    static float low[PLOT_COLUMNS_MAX]; // of the main thread alone
    static float edge[PLOT_COLUMNS_MAX];
    static float high[PLOT_COLUMNS_MAX];
    float line = (float)ui_px(ui, 1.5f) / (float)int_max(plot.h, 1);
    for (int x = 0; x < plot.w; x++) {
        float band = (float)x * (SIGNAL_BANDS - 1) / (float)int_max(plot.w - 1, 1);
        int index = int_min((int)band, SIGNAL_BANDS - 2);
        const float *db = desk->signal->bands_db + index;
        high[x] = quantise(place(db[0] + (db[1] - db[0]) * (band - (float)index), SPECTRUM_FLOOR_DB));
        low[x] = 0.0f;
    }
    for (int x = 0; x < plot.w; x++) { // down to the lower neighbour, so that the line has no gaps
        float before = high[int_max(x - 1, 0)];
        float after = high[int_min(x + 1, plot.w - 1)];
        float lower = before < after ? before : after;
        edge[x] = (lower < high[x] ? lower : high[x]) - line;
    }
    draw_columns(ui->draw, plot, low, high, plot.w, color_alpha(ui->theme->accent, 0.3f));
    draw_columns(ui->draw, plot, edge, high, plot.w, ui->theme->accent);
}
