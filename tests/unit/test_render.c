// Offline render: the same sound whatever the block, the end where it should be, and errors that leave a
// word.
#include "app/commands/render.h"
#include "tests/support/tiny_song.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

enum { RATE_HZ = 48000, BYTES_MAX = 4 << 20 };

typedef struct Rendered {
    uint8_t *bytes;
    size_t count;
    RenderResult result;
} Rendered;

static RenderConfig config_of(const Smf *song) {
    RenderConfig config = {.engine = engine_config_default(),
                           .bank = tiny_bank(),
                           .song = song,
                           .block_frames = 512,
                           .tail_seconds = -1};
    config.engine.rate_hz = RATE_HZ;
    return config;
}

static Rendered render(const RenderConfig *config) {
    Rendered rendered = {0};
    Error error = {""};
    FILE *stream = tmpfile();
    SoundFile *file =
        sound_file_create(stream, "test.wav", SOUND_WAV_24, RATE_HZ, render_frames_max(config), &error);
    cr_assert(render_song(config, file, &rendered.result, &error), "%s", error.text);
    cr_assert(sound_file_finish(file, &error), "%s", error.text);
    rewind(stream);
    rendered.bytes = malloc(BYTES_MAX);
    rendered.count = fread(rendered.bytes, 1, BYTES_MAX, stream);
    fclose(stream);
    return rendered;
}

Test(render, is_the_same_bytes_for_every_block_size) {
    Smf *song = tiny_song();
    RenderConfig config = config_of(song);
    Rendered reference = render(&config);
    cr_assert_gt(reference.count, 2 * RATE_HZ * 6);
    cr_assert_gt(reference.result.peak, 0.01f);
    const uint32_t blocks[] = {1, 7, 64, 100, 1000, 1024, 4096};
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++) {
        config.block_frames = blocks[i];
        Rendered other = render(&config);
        cr_expect_eq(other.count, reference.count, "%u frames a block: %zu bytes, not %zu", blocks[i],
                     other.count, reference.count);
        cr_expect_eq(memcmp(other.bytes, reference.bytes, reference.count), 0, "%u frames a block",
                     blocks[i]);
        free(other.bytes);
    }
    free(reference.bytes);
    smf_destroy(song);
}

Test(render, is_the_same_bytes_with_one_worker_and_with_four) {
    Smf *song = tiny_song();
    RenderConfig config = config_of(song);
    config.engine.pool.workers = 1;
    Rendered one = render(&config);
    config.engine.pool.workers = 4;
    Rendered four = render(&config);
    cr_assert_gt(one.result.peak, 0.01f);
    cr_expect_eq(one.count, four.count);
    cr_expect_eq(memcmp(one.bytes, four.bytes, one.count), 0);
    free(one.bytes);
    free(four.bytes);
    smf_destroy(song);
}

Test(render, goes_on_until_the_last_sound_has_died) {
    Smf *song = tiny_song_held();
    RenderConfig config = config_of(song);
    Bank bank = *tiny_bank();
    bank.patches[0].values[PARAM_AMP_RELEASE] = 2;
    config.bank = &bank;
    Rendered rendered = render(&config);
    uint64_t song_frames = smf_length_frames(song, RATE_HZ);
    cr_expect_geq(rendered.result.frames, song_frames + 2 * RATE_HZ, "%lu",
                  (unsigned long)rendered.result.frames);
    cr_expect_leq(rendered.result.frames, song_frames + 10 * RATE_HZ, "%lu",
                  (unsigned long)rendered.result.frames);
    cr_expect_not(rendered.result.tail_cut);
    free(rendered.bytes);
    smf_destroy(song);
}

// Sample `frame` of the left channel, found from the file's end, as its header may be of any length.
static double left_of(const Rendered *rendered, size_t frame) {
    const uint8_t *bytes = rendered->bytes + rendered->count - (rendered->result.frames - frame) * 6;
    uint32_t bits = (uint32_t)bytes[0] << 8 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 24;
    return (double)(int32_t)bits / 2147483648.0;
}

static double difference(const Rendered *live, const Rendered *offline, size_t frames, int late) {
    double sum = 0.0;
    for (size_t frame = 8; frame < frames; frame++) {
        double off = left_of(live, frame) - left_of(offline, (size_t)((int64_t)frame + late));
        sum += off * off;
    }
    return sum;
}

Test(render, in_offline_quality_everything_is_where_it_is_in_live) {
    Smf *song = tiny_song();
    RenderConfig config = config_of(song);
    Rendered live = render(&config);
    config.engine.quality = QUALITY_OFFLINE;
    Rendered offline = render(&config);
    config.block_frames = 1;
    Rendered frame_by_frame = render(&config);
    cr_expect_eq(offline.result.frames, live.result.frames);
    cr_expect_eq(frame_by_frame.count, offline.count);
    cr_expect_eq(memcmp(frame_by_frame.bytes, offline.bytes, offline.count), 0);
    size_t frames = (size_t)live.result.frames - 16;
    double sum = 0.0;
    for (size_t frame = 0; frame < frames; frame++) {
        sum += left_of(&live, frame) * left_of(&live, frame);
    }
    cr_assert_gt(sum, 1.0);
    double in_place = difference(&live, &offline, frames, 0);
    cr_expect(in_place < 0.01 * sum, "%.4f of the power differs", in_place / sum);
    for (int late = -2; late <= 2; late++) {
        cr_expect(late == 0 || difference(&live, &offline, frames, late) > in_place, "late by %d", late);
    }
    free(live.bytes);
    free(offline.bytes);
    free(frame_by_frame.bytes);
    smf_destroy(song);
}

Test(render, takes_exactly_the_tail_or_the_seconds_asked_for) {
    Smf *song = tiny_song();
    RenderConfig config = config_of(song);
    config.tail_seconds = 0.25;
    Rendered with_tail = render(&config);
    cr_expect_eq(with_tail.result.frames, smf_length_frames(song, RATE_HZ) + RATE_HZ / 4);
    config.seconds = 0.75;
    Rendered with_end = render(&config);
    cr_expect_eq(with_end.result.frames, RATE_HZ * 3 / 4);
    free(with_tail.bytes);
    free(with_end.bytes);
    smf_destroy(song);
}

static bool stop_half_way(void *context, double done, uint64_t frames) {
    (void)frames;
    *(double *)context = done;
    return done < 0.5;
}

Test(render, stops_when_it_is_told_to) {
    Smf *song = tiny_song();
    RenderConfig config = config_of(song);
    double seen = -1;
    config.progress = stop_half_way;
    config.context = &seen;
    Error error = {""};
    RenderResult result;
    FILE *stream = tmpfile();
    SoundFile *file = sound_file_create(stream, "test.wav", SOUND_WAV_24, RATE_HZ, RATE_HZ, &error);
    cr_expect_not(render_song(&config, file, &result, &error));
    cr_expect(strstr(error.text, "interrupted"));
    cr_expect(seen >= 0.5 && seen < 0.7, "%g", seen);
    sound_file_finish(file, NULL);
    fclose(stream);
    smf_destroy(song);
}

Test(render, says_what_the_engine_refuses) {
    Smf *song = tiny_song();
    RenderConfig config = config_of(song);
    config.engine.polyphony = 0;
    Error error = {""};
    RenderResult result;
    FILE *stream = tmpfile();
    SoundFile *file = sound_file_create(stream, "test.wav", SOUND_WAV_24, RATE_HZ, RATE_HZ, &error);
    cr_expect_not(render_song(&config, file, &result, &error));
    cr_expect(strlen(error.text) > 10, "%s", error.text);
    sound_file_finish(file, NULL);
    fclose(stream);
    smf_destroy(song);
}
