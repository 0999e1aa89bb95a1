// The part of klib's kvec.h that Criterion uses: a growing array.
#pragma once
#include <stdlib.h>

#define kvec_t(type)                                                                                         \
    struct {                                                                                                 \
        size_t n, m;                                                                                         \
        type *a;                                                                                             \
    }
#define kv_init(v)    ((v).n = (v).m = 0, (v).a = 0)
#define kv_destroy(v) free((v).a)
#define kv_A(v, i)    ((v).a[(i)])
#define kv_size(v)    ((v).n)
#define kv_push(type, v, x)                                                                                  \
    do {                                                                                                     \
        if ((v).n == (v).m) {                                                                                \
            (v).m = (v).m ? (v).m * 2 : 2;                                                                   \
            (v).a = (type *)realloc((v).a, sizeof(type) * (v).m);                                            \
        }                                                                                                    \
        (v).a[(v).n++] = (x);                                                                                \
    } while (0)
