// Tests that the user's patches are found, win over the built-in ones, and are never lost.
#include "app/files/patch_library.h"

#include "app/files/patch_text.h"
#include "platform/file.h"
#include "platform/paths.h"

#include "tests/support/scratch_folder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h> // mkdtemp on macOS

static const char folder[] = ".";
static char troubles[2048];
static int trouble_count;

TestSuite(patch_library, .init = scratch_folder_enter, .fini = scratch_folder_leave);

static void note_trouble(void *context, const char *text) {
    (void)context;
    trouble_count++;
    strncat(troubles, text, sizeof troubles - strlen(troubles) - 1);
}

static PatchLibrary *open_library(void) {
    Error error = {""};
    PatchLibrary *library = patch_library_create(folder, note_trouble, NULL, &error);
    cr_assert_not_null(library, "%s", error.text);
    return library;
}

static void write_file(const char *name, const char *text) {
    char *path = paths_join(folder, name);
    Error error = {""};
    cr_assert(file_write(path, text, strlen(text), &error), "%s", error.text);
    free(path);
}

static const char *name_at(const PatchLibrary *library, int32_t index) {
    return index == PATCH_NONE ? "none" : patch_library_entry(library, index)->patch.name;
}

Test(patch_library, every_built_in_patch_loads_and_is_found_by_id_and_name) {
    static const char *const IDS[] = {"bass",  "lead",    "pad",   "keys", "brass",
                                      "pluck", "strings", "organ", "drums"};
    PatchLibrary *library = open_library();
    cr_assert_eq(patch_library_count(library), (int)(sizeof IDS / sizeof IDS[0]));
    for (size_t i = 0; i < sizeof IDS / sizeof IDS[0]; i++) {
        int32_t index = patch_library_find(library, IDS[i]);
        cr_assert_neq(index, PATCH_NONE, "%s", IDS[i]);
        cr_assert_eq(patch_library_find(library, name_at(library, index)), index);
        cr_assert_null(patch_library_entry(library, index)->path);
    }
    cr_assert_eq(patch_library_find(library, "BASS"), patch_library_find(library, "bass"));
    cr_assert_eq(trouble_count, 0);
    patch_library_destroy(library);
}

Test(patch_library, a_users_patch_takes_the_place_of_the_built_in_one_of_its_id_or_name) {
    PatchLibrary *library = open_library();
    int32_t bass = patch_library_find(library, "bass");
    int32_t lead = patch_library_find(library, "lead");
    char text[128];
    snprintf(text, sizeof text, "name = %s\nlevel = 3 dB\n", name_at(library, lead));
    patch_library_destroy(library);
    write_file("bass.patch", "name = Mine\n");
    write_file("other.patch", text);
    write_file("new.patch", "name = New one\n");
    write_file("notes.txt", "no patch");

    library = open_library();
    cr_assert_eq(trouble_count, 0, "%s", troubles);
    cr_assert_str_eq(name_at(library, bass), "Mine");
    cr_assert_eq(patch_library_find(library, "bass"), bass);
    cr_assert_eq(patch_library_entry(library, lead)->patch.values[PARAM_LEVEL], 3.0f);
    cr_assert_eq(patch_library_find(library, "lead"), lead);
    cr_assert_eq(patch_library_find(library, "new one"), patch_library_count(library) - 1);
    patch_library_destroy(library);
}

Test(patch_library, a_broken_patch_is_told_and_left_out_but_is_an_error_when_asked_for) {
    write_file("bass.patch", "name = Mine\nlevel = 99 dB\n");
    write_file("good.patch", "name = Good\n");
    PatchLibrary *library = open_library();
    cr_assert_eq(trouble_count, 1);
    cr_assert_not_null(strstr(troubles, "bass.patch:2: level is 99 dB; use -60 to 12 dB"));
    cr_assert_neq(patch_library_find(library, "good"), PATCH_NONE);

    Error error = {""};
    cr_assert_eq(patch_library_load(library, "bass", &error), PATCH_NONE);
    cr_assert_not_null(strstr(error.text, "bass.patch:2: level is 99 dB"));
    cr_assert_neq(patch_library_load(library, "organ", &error), PATCH_NONE);
    patch_library_destroy(library);
}

Test(patch_library, two_user_patches_of_one_name_are_told) {
    write_file("a.patch", "name = Twin\nlevel = 1 dB\n");
    write_file("b.patch", "name = twin\nlevel = 2 dB\n");
    PatchLibrary *library = open_library();
    cr_assert_eq(trouble_count, 1);
    cr_assert_not_null(strstr(troubles, "b.patch: 'twin' is the name of "));
    cr_assert_eq(patch_library_entry(library, patch_library_find(library, "twin"))->patch.values[PARAM_LEVEL],
                 1.0f);
    patch_library_destroy(library);
}

Test(patch_library, loads_a_file_by_its_path) {
    write_file("far.patch", "name = Far\nlevel = 1 dB\n");
    char *path = paths_join(folder, "far.patch");
    PatchLibrary *library = patch_library_create(NULL, NULL, NULL, NULL);
    cr_assert_not_null(library);
    Error error = {""};
    int32_t index = patch_library_load(library, path, &error);
    cr_assert_eq(index, patch_library_count(library) - 1, "%s", error.text);
    cr_assert_str_eq(name_at(library, index), "Far");
    cr_assert_str_eq(patch_library_entry(library, index)->path, path);
    write_file("far.patch", "name = Far\nlevel = 2 dB\n");
    cr_assert_eq(patch_library_load(library, path, &error), index, "loading again replaces");
    cr_assert_eq(patch_library_entry(library, index)->patch.values[PARAM_LEVEL], 2.0f);
    remove(path);
    cr_assert_eq(patch_library_load(library, path, &error), PATCH_NONE);
    cr_assert_not_null(strstr(error.text, path));
    free(path);
    patch_library_destroy(library);
}

Test(patch_library, proposes_the_nearest_patch_for_an_unknown_one) {
    PatchLibrary *library = open_library();
    Error error = {""};
    cr_assert_eq(patch_library_load(library, "orgam", &error), PATCH_NONE);
    cr_assert_str_eq(error.text, "there is no patch 'orgam'; did you mean 'organ'?");
    cr_assert_eq(patch_library_load(library, "kazoo and comb", &error), PATCH_NONE);
    cr_assert_str_eq(error.text,
                     "there is no patch 'kazoo and comb'; 'polycore patches' lists those there are");
    cr_assert_eq(patch_library_load(library, "", &error), PATCH_NONE);
    patch_library_destroy(library);
}

static Patch patch_named(const char *name, float level_db) {
    Patch patch;
    patch_init(&patch);
    snprintf(patch.name, sizeof patch.name, "%s", name);
    patch.values[PARAM_LEVEL] = level_db;
    return patch;
}

// Saves, opens the library anew, and gives the level that the patch of that name has then.
static float saved_level(PatchLibrary *library, const char *name, float level_db) {
    Patch patch = patch_named(name, level_db);
    Error error = {""};
    int32_t index = patch_library_save(library, &patch, &error);
    cr_assert_neq(index, PATCH_NONE, "%s", error.text);
    cr_assert_str_eq(name_at(library, index), name);
    PatchLibrary *again = open_library();
    index = patch_library_find(again, name);
    cr_assert_neq(index, PATCH_NONE, "%s was not saved", name);
    float level = patch_library_entry(again, index)->patch.values[PARAM_LEVEL];
    patch_library_destroy(again);
    return level;
}

Test(patch_library, a_saved_patch_is_there_at_the_next_start) {
    PatchLibrary *library = open_library();
    cr_assert_eq(saved_level(library, "My own!", -3.5f), -3.5f);
    cr_assert_eq(saved_level(library, "My own!", -4.5f), -4.5f, "saving again replaces");
    FileList *files = file_list_create(folder, "", NULL);
    cr_assert_eq(files->count, 1, "one file, and no draft left behind");
    cr_assert_str_eq(files->names[0], "my-own.patch");
    file_list_destroy(files);
    patch_library_destroy(library);
}

Test(patch_library, saving_under_a_built_in_name_replaces_it_in_its_place) {
    PatchLibrary *library = open_library();
    int32_t organ = patch_library_find(library, "organ");
    char name[PATCH_NAME_BYTES];
    snprintf(name, sizeof name, "%s", name_at(library, organ));
    cr_assert_eq(saved_level(library, name, -20.0f), -20.0f);
    cr_assert_eq(patch_library_find(library, "organ"), organ);
    cr_assert_eq(patch_library_entry(library, organ)->patch.values[PARAM_LEVEL], -20.0f);
    patch_library_destroy(library);
}

Test(patch_library, saving_never_writes_over_another_file) {
    write_file("my-own.patch", "broken but dear to me\n");
    PatchLibrary *library = open_library();
    cr_assert_eq(trouble_count, 1);
    cr_assert_eq(saved_level(library, "My own", 1.0f), 1.0f);
    cr_assert_eq(saved_level(library, "my  own?", 2.0f), 2.0f);
    char *path = paths_join(folder, "my-own.patch");
    size_t bytes;
    char *text = (char *)file_read(path, 1000, &bytes, NULL);
    cr_assert_str_eq(text, "broken but dear to me\n");
    free(text);
    free(path);
    patch_library_destroy(library);
}

Test(patch_library, saves_names_that_file_systems_do_not_bear) {
    static const char *const NAMES[] = {"../../escape",
                                        "nul",
                                        "COM1",
                                        "???",
                                        "a/b\\c:d",
                                        "\xC3\xA9t\xC3\xA9",
                                        "................................................"};
    PatchLibrary *library = open_library();
    int saved = 0;
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        char name[PATCH_NAME_BYTES];
        snprintf(name, sizeof name, "%s", NAMES[i]);
        cr_assert_eq(saved_level(library, name, (float)i), (float)i, "%s", name);
        saved++;
    }
    FileList *files = file_list_create(folder, ".patch", NULL);
    cr_assert_eq(files->count, saved, "all in the user's folder");
    for (int32_t i = 0; i < files->count; i++) {
        cr_assert_str_neq(files->names[i], "nul.patch");
        cr_assert_str_neq(files->names[i], "com1.patch");
    }
    file_list_destroy(files);
    patch_library_destroy(library);
}

Test(patch_library, says_so_when_it_is_full_and_keeps_what_it_has) {
    for (int i = 0; i < PATCH_LIBRARY_MAX; i++) {
        char name[32];
        char text[64];
        snprintf(name, sizeof name, "p%03d.patch", i);
        snprintf(text, sizeof text, "name = Number %d\n", i);
        write_file(name, text);
    }
    PatchLibrary *library = open_library();
    cr_assert_eq(patch_library_count(library), PATCH_LIBRARY_MAX);
    cr_assert_eq(trouble_count, 9, "as many as there are built-in ones");
    Patch patch = patch_named("One more", 0.0f);
    Error error = {""};
    cr_assert_eq(patch_library_save(library, &patch, &error), PATCH_NONE);
    cr_assert_str_eq(error.text, "One more: there are 128 patches already; save it over another");
    cr_assert_eq(saved_level(library, "Number 3", -7.0f), -7.0f);
    patch_library_destroy(library);
}
