// Lists the patches and where they were found.
#include "app/commands/commands.h"

#include "app/files/bank.h"
#include "app/json_text.h"
#include "app/setup.h"

#include <stdlib.h>
#include <string.h>

static void print_list(const PatchLibrary *library, const char *folder) {
    size_t id_columns = 0;
    size_t name_columns = 0;
    for (int32_t i = 0; i < patch_library_count(library); i++) {
        const PatchEntry *entry = patch_library_entry(library, i);
        size_t id = strlen(entry->id);
        size_t name = strlen(entry->patch.name);
        id_columns = id > id_columns ? id : id_columns;
        name_columns = name > name_columns ? name : name_columns;
    }
    for (int32_t i = 0; i < patch_library_count(library); i++) {
        const PatchEntry *entry = patch_library_entry(library, i);
        printf("%c %-*s  %-*s  %-10s  %s\n", i == bank_default_patch(library) ? '*' : ' ', (int)id_columns,
               entry->id, (int)name_columns, entry->patch.name, entry->patch.family,
               entry->path ? entry->path : "built in");
    }
    printf("\n* plays when nothing else is asked for. Your own patches: %s\n",
           folder ? folder : "this system names no folder for them");
}

static void print_json(const PatchLibrary *library, const char *folder) {
    printf("{\n  \"user_folder\": ");
    if (folder) {
        json_print_text(stdout, folder);
    } else {
        printf("null");
    }
    printf(",\n  \"patches\": [");
    for (int32_t i = 0; i < patch_library_count(library); i++) {
        const PatchEntry *entry = patch_library_entry(library, i);
        printf("%s\n    {\"id\": ", i ? "," : "");
        json_print_text(stdout, entry->id);
        printf(", \"name\": ");
        json_print_text(stdout, entry->patch.name);
        printf(", \"family\": ");
        json_print_text(stdout, entry->patch.family);
        printf(", \"path\": ");
        if (entry->path) {
            json_print_text(stdout, entry->path);
        } else {
            printf("null");
        }
        printf(", \"default\": %s}", i == bank_default_patch(library) ? "true" : "false");
    }
    printf("\n  ]\n}\n");
}

int command_patches(const Options *options, uint64_t start_ns) {
    (void)start_ns;
    Error error;
    PatchLibrary *library = setup_library(&error);
    if (!library) {
        setup_complain(error.text);
        return EXIT_FAILED;
    }
    char *folder = patch_library_user_folder(NULL);
    if (options->json) {
        print_json(library, folder);
    } else {
        print_list(library, folder);
    }
    free(folder);
    patch_library_destroy(library);
    return EXIT_DONE;
}
