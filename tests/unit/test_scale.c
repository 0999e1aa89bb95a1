// How many pixels a unit takes at each display's scale and the user's zoom.
#include "ui/scale.h"

#include <criterion/criterion.h>

static void expect_scale(int width, int height, float pixels, float zoom, float scale) {
    float found = scale_find(width, height, pixels, zoom);
    cr_assert_float_eq(found, scale, 1e-4f, "%d x %d at %g, zoom %g: %g instead of %g", width, height,
                       (double)pixels, (double)zoom, (double)found, (double)scale);
}

Test(scale, follows_the_display) {
    static const float DISPLAYS[] = {1.0f, 1.25f, 1.5f, 2.0f};
    for (int i = 0; i < 4; i++) {
        float pixels = DISPLAYS[i];
        expect_scale((int)(1280.0f * pixels), (int)(800.0f * pixels), pixels, 1.0f, pixels);
        expect_scale((int)(800.0f * pixels), (int)(500.0f * pixels), pixels, 1.0f, pixels);
    }
}

Test(scale, grows_half_as_fast_as_the_window) {
    expect_scale(3840, 2160, 1.0f, 1.0f, 1.75f);
    expect_scale(3840, 2160, 2.0f, 1.0f, 2.0f);
    expect_scale(1920, 1200, 1.0f, 1.0f, 1.25f);
}

Test(scale, follows_the_zoom_until_the_desk_would_be_cut) {
    expect_scale(1280, 800, 1.0f, 1.25f, 1.25f);
    expect_scale(1280, 800, 1.0f, 2.5f, 1.5625f);
    expect_scale(800, 500, 1.0f, 2.5f, 1.0f);
    expect_scale(1600, 500, 1.0f, 1.5f, 1.0f);
    expect_scale(1280, 800, 1.0f, 0.75f, 0.75f);
}

Test(scale, gives_a_small_window_the_whole_desk) {
    expect_scale(600, 500, 1.0f, 1.0f, 0.75f);
    for (int width = 400; width < 4000; width += 37) {
        for (int height = 300; height < 2200; height += 41) {
            float scale = scale_find(width, height, 1.0f, 2.5f);
            cr_assert((float)width / scale >= (float)SCALE_WIDTH_MIN);
            cr_assert((float)height / scale >= (float)SCALE_HEIGHT_MIN);
        }
    }
}
