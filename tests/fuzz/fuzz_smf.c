// Fuzzes the MIDI file reader: any bytes are a sound song or an error in words.
#include "tests/support/smf_invariants.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t byte_count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t byte_count) {
    Error error = {""};
    Smf *smf = smf_parse(bytes, byte_count, "song.mid", &error);
    if (!smf) {
        if (strncmp(error.text, "song.mid: ", 10) != 0) {
            abort();
        }
        return 0;
    }
    if (smf_find_flaw(smf, 1) || smf_find_flaw(smf, 44100) || smf_find_flaw(smf, 384000)) {
        abort();
    }
    smf_destroy(smf);
    return 0;
}
