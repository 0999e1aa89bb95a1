// The recorder on a disk that is full, which a limit on the size of files makes: a valid file and a word.
#include "app/live/recorder.h"

#include "tests/support/scratch_folder.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <sndfile.h>
#include <string.h>
#include <sys/resource.h>

enum { RATE_HZ = 48000, BLOCK_FRAMES = 128, BLOCKS = 2000 };

TestSuite(recorder_posix, .init = scratch_folder_enter, .fini = scratch_folder_leave);

Test(recorder_posix, leaves_a_valid_file_when_the_disk_is_full) {
    signal(SIGXFSZ, SIG_IGN); // as the program has it
    struct rlimit limit = {200000, 200000};
    cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
    Error error = {""};
    Recorder *recorder = recorder_create("take.wav", RATE_HZ, &error);
    cr_assert(recorder, "%s", error.text);
    static float silence[CHANNEL_COUNT][BLOCK_FRAMES];
    for (int block = 0; block < BLOCKS; block++) {
        sound_ring_push(recorder_ring(recorder), CHANNELS_AT(silence, 0), BLOCK_FRAMES);
    }
    cr_expect_not(recorder_finish(recorder, NULL, &error));
    cr_expect(strstr(error.text, "take.wav: File too large"), "%s", error.text);
    SF_INFO info = {0};
    SNDFILE *file = sf_open("take.wav", SFM_READ, &info);
    cr_assert(file, "%s", sf_strerror(NULL));
    cr_expect_gt(info.frames, 20000);
    sf_close(file);
}
