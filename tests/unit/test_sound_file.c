// Sound files: exact samples, the same bytes twice, and what a full disk leaves.
#include "app/files/sound_file.h"

#include "tests/support/scratch_folder.h"

#include <criterion/criterion.h>
#include <sndfile.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RATE_HZ = 48000, FRAMES = 30000 };

TestSuite(sound_file, .init = scratch_folder_enter, .fini = scratch_folder_leave);

static float samples[FRAMES * 2];

static void fill_samples(void) {
    for (int i = 0; i < FRAMES * 2; i++) {
        samples[i] = (float)((i * 7919) % 20011) / 20011.f - 0.5f;
    }
}

static char *temporary_path(void) {
    static int number;
    char path[16];
    snprintf(path, sizeof path, "%d", number++);
    return strdup(path);
}

static char *write_file(SoundFormat format) {
    char *path = temporary_path();
    FILE *stream = fopen(path, "wb");
    Error error = {""};
    SoundFile *file = sound_file_create(stream, path, format, RATE_HZ, FRAMES, &error);
    cr_assert(file, "%s", error.text);
    cr_assert(sound_file_write(file, samples, FRAMES, &error), "%s", error.text);
    cr_assert(sound_file_finish(file, &error), "%s", error.text);
    fclose(stream);
    return path;
}

static size_t read_bytes(const char *path, uint8_t *bytes, size_t capacity) {
    FILE *file = fopen(path, "rb");
    size_t count = fread(bytes, 1, capacity, file);
    fclose(file);
    return count;
}

Test(sound_file, is_chosen_by_its_ending) {
    SoundFormat format;
    Error error;
    cr_expect(sound_format_of_path("a.WAV", SOUND_WAV_FLOAT, &format, &error));
    cr_expect_eq(format, SOUND_WAV_FLOAT);
    cr_expect(sound_format_of_path("a/b.flac", SOUND_WAV_24, &format, &error));
    cr_expect_eq(format, SOUND_FLAC);
    cr_expect_not(sound_format_of_path("a.mp3", SOUND_WAV_24, &format, &error));
    cr_expect(strstr(error.text, ".wav, .flac or .ogg"), "%s", error.text);
}

Test(sound_file, holds_the_samples_to_24_bits) {
    fill_samples();
    const SoundFormat formats[] = {SOUND_WAV_24, SOUND_FLAC, SOUND_WAV_FLOAT};
    for (int k = 0; k < 3; k++) {
        char *path = write_file(formats[k]);
        SF_INFO info = {0};
        SNDFILE *file = sf_open(path, SFM_READ, &info);
        cr_assert(file);
        cr_expect_eq(info.frames, FRAMES);
        cr_expect_eq(info.samplerate, RATE_HZ);
        static float back[FRAMES * 2];
        cr_expect_eq(sf_readf_float(file, back, FRAMES), FRAMES);
        for (int i = 0; i < FRAMES * 2; i++) {
            float error = back[i] - samples[i];
            cr_assert(error <= 1 / 16777216.f && error >= -1 / 16777216.f, "sample %d is off by %g", i,
                      (double)error);
        }
        sf_close(file);
        unlink(path);
        free(path);
    }
}

Test(sound_file, is_a_plain_riff_file_when_small) {
    fill_samples();
    char *path = write_file(SOUND_WAV_24);
    uint8_t bytes[16];
    cr_assert_eq(read_bytes(path, bytes, sizeof bytes), 16);
    cr_expect_eq(memcmp(bytes, "RIFF", 4), 0);
    cr_expect_eq(memcmp(bytes + 8, "WAVE", 4), 0);
    unlink(path);
    free(path);
}

Test(sound_file, is_the_same_bytes_a_second_later) {
    fill_samples();
    static uint8_t first[1 << 20], second[1 << 20];
    const SoundFormat formats[] = {SOUND_WAV_24, SOUND_FLAC, SOUND_OGG};
    char *paths[3];
    for (int i = 0; i < 3; i++) {
        paths[i] = write_file(formats[i]);
    }
    sleep(1); // time stamps count seconds
    for (int i = 0; i < 3; i++) {
        char *again = write_file(formats[i]);
        size_t count = read_bytes(paths[i], first, sizeof first);
        cr_expect_gt(count, 1000);
        cr_expect_eq(read_bytes(again, second, sizeof second), count);
        cr_expect_eq(memcmp(first, second, count), 0, "format %d differs", formats[i]);
        unlink(paths[i]);
        unlink(again);
        free(paths[i]);
        free(again);
    }
}

Test(sound_file, ogg_is_still_ogg_after_renumbering) {
    fill_samples();
    char *path = write_file(SOUND_OGG);
    SF_INFO info = {0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    cr_assert(file, "%s", sf_strerror(NULL));
    static float back[FRAMES * 2];
    cr_expect_eq(sf_readf_float(file, back, FRAMES), FRAMES);
    sf_close(file);
    unlink(path);
    free(path);
}

Test(sound_file, counts_frames_cut_at_full_scale) {
    char *path = temporary_path();
    FILE *stream = fopen(path, "wb");
    Error error;
    SoundFile *file = sound_file_create(stream, path, SOUND_WAV_24, RATE_HZ, FRAMES, &error);
    const float loud[] = {1.5f, 0, 0.5f, -0.5f, 0, -1.25f, -1.f, 0.f};
    cr_assert(sound_file_write(file, loud, 4, &error));
    cr_expect_eq(sound_file_clipped_frames(file), 2);
    sound_file_finish(file, &error);
    fclose(stream);
    unlink(path);
    free(path);
}

Test(sound_file, says_when_the_disk_is_full) {
    fill_samples();
    for (int format = 0; format < 4; format++) {
        FILE *stream = fopen("/dev/full", "r+b"); // makes no file of that name where there is no such device
        if (!stream) {
            cr_skip_test("this system has no /dev/full");
        }
        Error error = {""};
        SoundFile *file =
            sound_file_create(stream, "/dev/full", (SoundFormat)format, RATE_HZ, FRAMES, &error);
        bool written = file && sound_file_write(file, samples, FRAMES, &error);
        written = sound_file_finish(file, file && written ? &error : NULL) && written;
        cr_expect_not(written, "format %d", format);
        cr_expect(strstr(error.text, "No space left"), "format %d says: %s", format, error.text);
        fclose(stream);
    }
}

Test(sound_file, flushed_is_valid_before_it_is_finished) {
    fill_samples();
    char *path = temporary_path();
    FILE *stream = fopen(path, "wb");
    Error error;
    SoundFile *file = sound_file_create(stream, path, SOUND_WAV_FLOAT, RATE_HZ, FRAMES, &error);
    cr_assert(sound_file_write(file, samples, FRAMES, &error));
    cr_assert(sound_file_flush(file, &error));
    SF_INFO info = {0};
    SNDFILE *reader = sf_open(path, SFM_READ, &info);
    cr_expect(reader);
    cr_expect_eq(info.frames, FRAMES);
    sf_close(reader);
    sound_file_finish(file, &error);
    fclose(stream);
    unlink(path);
    free(path);
}
