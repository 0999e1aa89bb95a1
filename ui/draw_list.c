// Grows by doubling and keeps its memory from frame to frame.
#include "ui/draw_list.h"

#include <stdlib.h>

enum { COMMANDS_FIRST = 1024 }; // as many as a page of the window has

void draw_list_begin(DrawList *list, Rect window) {
    list->command_count = 0;
    list->byte_count = 0;
    list->layer = LAYER_BASE;
    list->layer_highest = LAYER_BASE;
    list->clip_depth = 0;
    list->clips[0] = window;
}

void draw_list_deinit(DrawList *list) {
    free(list->commands);
    free(list->bytes);
}

uint8_t *draw_list_reserve(DrawList *list, size_t bytes) {
    // Columns are kept here too, so every piece begins at a multiple of their size.
    size_t begin = (list->byte_count + 3) & ~(size_t)3;
    if (begin + bytes > list->byte_capacity) {
        size_t capacity = (begin + bytes) * 2;
        uint8_t *grown = realloc(list->bytes, capacity);
        if (!grown) {
            return NULL;
        }
        list->bytes = grown;
        list->byte_capacity = capacity;
    }
    list->byte_count = begin + bytes;
    return list->bytes + begin;
}

void draw_list_add(DrawList *list, Command command) {
    if (list->command_count == list->command_capacity) {
        int capacity = list->command_capacity ? list->command_capacity * 2 : COMMANDS_FIRST;
        Command *grown = realloc(list->commands, (size_t)capacity * sizeof *grown);
        if (!grown) {
            return;
        }
        list->commands = grown;
        list->command_capacity = capacity;
    }
    command.layer = list->layer;
    command.clip = draw_list_clip(list);
    list->layer_highest = list->layer > list->layer_highest ? list->layer : list->layer_highest;
    list->commands[list->command_count++] = command;
}

void draw_list_push_clip(DrawList *list, Rect rect) {
    if (list->clip_depth + 1 < CLIP_DEPTH) {
        list->clips[list->clip_depth + 1] = rect;
    }
    list->clip_depth++;
}

void draw_list_pop_clip(DrawList *list) {
    list->clip_depth--;
}

Rect draw_list_clip(const DrawList *list) {
    return list->clips[int_min(list->clip_depth, CLIP_DEPTH - 1)];
}
