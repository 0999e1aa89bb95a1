// Writes the fuzzers' first inputs into a folder: the hand-built songs, and the MIDI stream of one of each
// message.
#include "tests/support/smf_samples.h"

#include <stdlib.h>

static void stream(Bytes *bytes) {
    bytes_add(
        bytes,
        "90 3C 40 3C 00 A0 3C 10 B0 07 64 0A 00 40 7F 65 00 64 00 06 0C 60 00 79 00 C0 05 D0 20 E0 00 40 "
        "F0 7E 7F 09 01 F7 F0 7F 7F 04 01 00 40 F7 F0 41 10 42 12 40 00 7F 00 41 F7 "
        "F0 43 10 4C 00 00 7E 00 F7 F8 F2 00 00 FF");
}

static int write_seed(const char *folder, Sample sample) {
    Bytes bytes = {.count = 0};
    sample.add(&bytes);
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, sample.name);
    FILE *file = fopen(path, "wb");
    if (!file) {
        perror(path);
        return EXIT_FAILURE;
    }
    size_t written = fwrite(bytes.data, 1, bytes.count, file);
    return fclose(file) == 0 && written == bytes.count ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argument_count, char **arguments) {
    if (argument_count != 2) {
        fprintf(stderr, "usage: make_seeds FOLDER\n");
        return 2;
    }
    int status = write_seed(arguments[1], (Sample){"stream", stream});
    for (int i = 0; i < SAMPLE_COUNT && status == EXIT_SUCCESS; i++) {
        status = write_seed(arguments[1], SAMPLES[i]);
    }
    return status;
}
