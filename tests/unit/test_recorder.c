// The recorder: all that is pushed is in the file, and trouble leaves a valid file and a word.
#include "app/recorder.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { RATE_HZ = 48000, BLOCK_FRAMES = 128, BLOCKS = 2000 };

static char folder[] = "/tmp/polycore-test-XXXXXX";
static char path[64];

static void make_path(const char *name) {
    cr_assert(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/%s", folder, name);
}

static void remove_all(void) {
    unlink(path);
    rmdir(folder);
}

// A ramp, so that a frame tells its place.
static void push_blocks(SoundRing *ring, int blocks) {
    float left[BLOCK_FRAMES], right[BLOCK_FRAMES];
    for (int block = 0; block < blocks; block++) {
        for (int i = 0; i < BLOCK_FRAMES; i++) {
            left[i] = (float)(block * BLOCK_FRAMES + i);
            right[i] = -left[i];
        }
        sound_ring_push(ring, left, right, BLOCK_FRAMES);
    }
}

Test(recorder, writes_every_frame_in_order, .fini = remove_all) {
    make_path("take.wav");
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

Test(recorder, replaces_no_file, .fini = remove_all) {
    make_path("take.wav");
    FILE *before = fopen(path, "w");
    fputs("precious", before);
    fclose(before);
    Error error = {""};
    cr_expect_null(recorder_create(path, RATE_HZ, &error));
    cr_expect(strstr(error.text, "exists"), "%s", error.text);
    cr_expect_eq(access(path, F_OK), 0);
}

Test(recorder, counts_what_a_slow_disk_loses, .fini = remove_all) {
    make_path("take.wav");
    SoundRing *ring = sound_ring_create(BLOCK_FRAMES * 3);
    push_blocks(ring, 5);
    cr_expect_eq(sound_ring_lost_frames(ring), 2 * BLOCK_FRAMES);
    float frames[BLOCK_FRAMES * 2 * 5];
    cr_expect_eq(sound_ring_pop(ring, frames, BLOCK_FRAMES * 5), BLOCK_FRAMES * 3);
    cr_expect_eq(frames[2 * (BLOCK_FRAMES * 3 - 1)], (float)(BLOCK_FRAMES * 3 - 1));
    sound_ring_destroy(ring);
}

Test(recorder, leaves_a_valid_file_when_the_disk_is_full, .fini = remove_all) {
    make_path("take.wav");
    signal(SIGXFSZ, SIG_IGN); // as the program has it
    struct rlimit limit = {200000, 200000};
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    Error error = {""};
    Recorder *recorder = recorder_create(path, RATE_HZ, &error);
    cr_assert(recorder, "%s", error.text);
    push_blocks(recorder_ring(recorder), BLOCKS);
    cr_expect_not(recorder_finish(recorder, NULL, &error));
    cr_expect(strstr(error.text, "take.wav: File too large"), "%s", error.text);
    SF_INFO info = {0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    cr_assert(file, "%s", sf_strerror(NULL));
    cr_expect_gt(info.frames, 20000);
    sf_close(file);
}
