// The part of klib's kstring.h that Criterion uses.
#pragma once
#include <stddef.h>

typedef struct {
    size_t l, m;
    char *s;
} kstring_t;
