// Maps the 128 programs of General MIDI Level 1 to the built-in patches.
#include "app/files/bank.h"

#include <assert.h>
#include <string.h>

static_assert((int)PATCH_LIBRARY_MAX == (int)BANK_PATCHES_MAX, "a library fits in a bank");

static const char DEFAULT_ID[] = "keys";
static const char DRUM_ID[] = "drums";

typedef struct ProgramRun {
    uint8_t first_program; // up to the next run's
    const char *id;
} ProgramRun;

static const ProgramRun PROGRAM_RUNS[] = {
    {0, "keys"},      // pianos
    {8, "pluck"},     // chromatic percussion
    {16, "organ"},    // organs
    {24, "pluck"},    // guitars
    {32, "bass"},     // basses
    {40, "strings"},  // bowed
    {45, "pluck"},    // pizzicato, harp
    {47, "drums"},    // timpani
    {48, "strings"},  // ensembles
    {52, "pad"},      // voices
    {55, "brass"},    // orchestra hit
    {56, "brass"},    // brass
    {64, "lead"},     // reeds, pipes, synth leads
    {88, "pad"},      // synth pads and effects
    {104, "pluck"},   // sitar to kalimba
    {109, "lead"},    // bagpipe
    {110, "strings"}, // fiddle
    {111, "lead"},    // shanai
    {112, "pluck"},   // bells, steel drums
    {115, "drums"},   // woodblock, drums, cymbal
    {120, "pad"},     // sound effects
};
enum { PROGRAM_RUN_COUNT = sizeof PROGRAM_RUNS / sizeof PROGRAM_RUNS[0], PROGRAM_COUNT = 128 };

static int32_t builtin(const PatchLibrary *library, const char *id) {
    int32_t index = patch_library_find(library, id);
    assert(index != PATCH_NONE);
    return index;
}

int32_t bank_default_patch(const PatchLibrary *library) {
    return builtin(library, DEFAULT_ID);
}

void bank_fill(Bank *bank, const PatchLibrary *library, int32_t first_patch) {
    memset(bank, 0, sizeof *bank);
    bank->patch_count = (uint32_t)patch_library_count(library);
    for (int32_t i = 0; i < patch_library_count(library); i++) {
        bank->patches[i] = patch_library_entry(library, i)->patch;
    }
    for (int run = 0; run < PROGRAM_RUN_COUNT; run++) {
        int end = run + 1 < PROGRAM_RUN_COUNT ? PROGRAM_RUNS[run + 1].first_program : PROGRAM_COUNT;
        uint8_t patch = (uint8_t)builtin(library, PROGRAM_RUNS[run].id);
        memset(&bank->program_patch[PROGRAM_RUNS[run].first_program], patch,
               (size_t)(end - PROGRAM_RUNS[run].first_program));
    }
    bank->drum_patch = (uint8_t)builtin(library, DRUM_ID);
    bank->first_patch = (uint8_t)first_patch;
}
