// The recorder: all that is pushed is in the file, and no file that was there before is replaced.
#include "app/live/recorder.h"

#include "platform/file.h"

#include "tests/support/scratch_folder.h"

#include <criterion/criterion.h>
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>

enum { RATE_HZ = 48000, BLOCK_FRAMES = 128, BLOCKS = 2000 };

static const char path[] = "take.wav";

TestSuite(recorder, .init = scratch_folder_enter, .fini = scratch_folder_leave);

// A ramp, so that a frame tells its place.
static void push_blocks(SoundRing *ring, int blocks) {
    float sound[CHANNEL_COUNT][BLOCK_FRAMES];
    for (int block = 0; block < blocks; block++) {
        for (int i = 0; i < BLOCK_FRAMES; i++) {
            sound[CHANNEL_LEFT][i] = (float)(block * BLOCK_FRAMES + i);
            sound[CHANNEL_RIGHT][i] = -sound[CHANNEL_LEFT][i];
        }
        sound_ring_push(ring, CHANNELS_AT(sound, 0), BLOCK_FRAMES);
    }
}

Test(recorder, writes_every_frame_in_order) {
    Error error = {""};
    Recorder *recorder = recorder_create(path, RATE_HZ, &error);
    cr_assert(recorder, "%s", error.text);
    push_blocks(recorder_ring(recorder), BLOCKS);
    RecorderFigures figures;
    cr_assert(recorder_finish(recorder, &figures, &error), "%s", error.text);
    cr_expect_eq(figures.lost_frames, 0);
    cr_expect_eq(figures.frames, BLOCKS * BLOCK_FRAMES);
    SF_INFO info = {0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    cr_assert(file);
    cr_assert_eq(info.frames, BLOCKS * BLOCK_FRAMES);
    for (int frame = 0; frame < BLOCKS * BLOCK_FRAMES; frame++) {
        float pair[2];
        cr_assert_eq(sf_readf_float(file, pair, 1), 1);
        cr_assert(pair[0] == (float)frame && pair[1] == (float)-frame, "frame %d", frame);
    }
    sf_close(file);
}

Test(recorder, replaces_no_file) {
    Error error = {""};
    cr_assert(file_write(path, "precious", 8, &error), "%s", error.text);
    cr_expect_null(recorder_create(path, RATE_HZ, &error));
    cr_expect(strstr(error.text, "exists"), "%s", error.text);
    size_t size;
    char *kept = (char *)file_read(path, 100, &size, &error);
    cr_assert(kept, "%s", error.text);
    cr_expect_str_eq(kept, "precious");
    free(kept);
}

Test(recorder, counts_what_a_slow_disk_loses) {
    SoundRing *ring = sound_ring_create(BLOCK_FRAMES * 3);
    push_blocks(ring, 5);
    cr_expect_eq(sound_ring_lost_frames(ring), 2 * BLOCK_FRAMES);
    float frames[BLOCK_FRAMES * 2 * 5];
    cr_expect_eq(sound_ring_pop(ring, frames, BLOCK_FRAMES * 5), BLOCK_FRAMES * 3);
    cr_expect_eq(frames[2 * (BLOCK_FRAMES * 3 - 1)], (float)(BLOCK_FRAMES * 3 - 1));
    sound_ring_destroy(ring);
}
