// Tests that every General MIDI program plays a patch of its kind.
#include "app/files/bank.h"

#include <criterion/criterion.h>

static const char *family_of(const Bank *bank, int program) {
    return bank->patches[bank->program_patch[program]].family;
}

Test(bank, gives_each_general_midi_family_its_kind_of_patch) {
    PatchLibrary *library = patch_library_create(NULL, NULL, NULL, NULL);
    cr_assert_not_null(library);
    static Bank bank;
    bank_fill(&bank, library, bank_default_patch(library));
    cr_assert_eq(bank.patch_count, (uint32_t)patch_library_count(library));
    for (int program = 0; program < 128; program++) {
        cr_assert_lt(bank.program_patch[program], bank.patch_count);
    }
    cr_assert_str_eq(family_of(&bank, 0), "Keys");
    cr_assert_str_eq(family_of(&bank, 7), "Keys");
    cr_assert_str_eq(family_of(&bank, 8), "Pluck");
    cr_assert_str_eq(family_of(&bank, 19), "Organ");
    cr_assert_str_eq(family_of(&bank, 25), "Pluck");
    cr_assert_str_eq(family_of(&bank, 33), "Bass");
    cr_assert_str_eq(family_of(&bank, 40), "Strings");
    cr_assert_str_eq(family_of(&bank, 46), "Pluck");
    cr_assert_str_eq(family_of(&bank, 47), "Drums");
    cr_assert_str_eq(family_of(&bank, 48), "Strings");
    cr_assert_str_eq(family_of(&bank, 61), "Brass");
    cr_assert_str_eq(family_of(&bank, 73), "Lead");
    cr_assert_str_eq(family_of(&bank, 81), "Lead");
    cr_assert_str_eq(family_of(&bank, 89), "Pad");
    cr_assert_str_eq(family_of(&bank, 118), "Drums");
    cr_assert_str_eq(family_of(&bank, 127), "Pad");
    cr_assert_str_eq(bank.patches[bank.drum_patch].family, "Drums");
    cr_assert_str_eq(bank.patches[bank.first_patch].family, "Keys");
    patch_library_destroy(library);
}
