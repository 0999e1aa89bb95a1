// Numbers the library's patches twice: below BANK_PATCHES_MAX a program chose one, above it this module did.
#include "app/live/parts.h"

#include <string.h>

enum { CHOICE_FRAMES = 2 * ENGINE_BLOCK_MAX_FRAMES }; // the block under way, and the one that applies it

static uint32_t tag_of(int32_t index) {
    return BANK_PATCHES_MAX + (uint32_t)index;
}

static int32_t index_of(uint32_t tag) {
    return (int32_t)(tag < BANK_PATCHES_MAX ? tag : tag - BANK_PATCHES_MAX);
}

void parts_init(Parts *parts, const Bank *bank) {
    memset(parts, 0, sizeof *parts);
    parts->bank = *bank;
    parts->known = bank->patch_count;
}

// values NULL: the patch's own.
static bool push_choice(Parts *parts, Engine *engine, uint64_t frame, int part, int32_t index,
                        const float *values, Error *error) {
    if (index < 0 || (uint32_t)index >= parts->known) {
        error_set(error, "there is no patch %d; choose one of the list", index);
        return false;
    }
    const Patch *patch = &parts->bank.patches[index];
    const Event event = {.kind = EVENT_PATCH, .part = (uint8_t)part, .frame = frame};
    if (!engine_push_patch(engine, &event, values ? values : patch->values, tag_of(index))) {
        error_set(error,
                  "%s: more was asked of the engine than it takes at once; choose it again in a moment",
                  patch->name);
        return false;
    }
    parts->choices[part] = (PartChoice){.waits = true, .tag = tag_of(index), .frame = frame};
    return true;
}

bool parts_choose(Parts *parts, Engine *engine, uint64_t frame, int part, int32_t index, Error *error) {
    return push_choice(parts, engine, frame, part, index, NULL, error);
}

bool parts_rename(Parts *parts, Engine *engine, uint64_t frame, int part, int32_t index, Error *error) {
    float values[PARAM_COUNT];
    engine_part_values(engine, part, values);
    return push_choice(parts, engine, frame, part, index, values, error);
}

bool parts_replace(Parts *parts, Engine *engine, uint64_t frame, int32_t index, const Patch *patch,
                   Error *error) {
    parts->bank.patches[index] = *patch;
    if ((uint32_t)index >= parts->known) {
        parts->known = (uint32_t)index + 1;
    }
    if ((uint32_t)index >= parts->bank.patch_count) {
        return true; // no program means it
    }
    const Event event = {.kind = EVENT_BANK, .part = (uint8_t)index, .frame = frame};
    bool pushed = engine_push_patch(engine, &event, patch->values, 0);
    if (!pushed) {
        error_set(error, "%s is saved, but program changes play it as it was; save it again", patch->name);
    }
    return pushed;
}
_Static_assert(BANK_PATCHES_MAX <= UINT8_MAX + 1, "an event's part holds a bank index");

// Until a choice has been applied the engine tells of the patch before it.
static uint32_t tag_now(PartChoice *choice, const Engine *engine, int part) {
    uint32_t tag = engine_part_patch(engine, part);
    choice->waits =
        choice->waits && tag != choice->tag && engine_frame(engine) <= choice->frame + CHOICE_FRAMES;
    return choice->waits ? choice->tag : tag;
}

int32_t parts_playing(Parts *parts, const Engine *engine, int part, Patch *patch) {
    int32_t index = index_of(tag_now(&parts->choices[part], engine, part));
    const Patch *known = &parts->bank.patches[index];
    memcpy(patch->name, known->name, sizeof patch->name);
    memcpy(patch->family, known->family, sizeof patch->family);
    engine_part_values(engine, part, patch->values);
    return index;
}

void parts_restart(Parts *parts) {
    memset(parts->choices, 0, sizeof parts->choices);
}
