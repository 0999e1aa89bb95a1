// A program that is not there: figures of any number of cores, made up but steady, for looking at the
// window's layout.
#ifndef TESTS_SUPPORT_SYNTHETIC_HOST_H
#define TESTS_SUPPORT_SYNTHETIC_HOST_H

#include "ui/host.h"

typedef struct SyntheticHost {
    Host host;
    int cores;
    double seconds;    // the host's clock
    uint64_t began_ns; // on the machine's clock
    bool busy;         // plays, xruns and records; idle otherwise
    Patch patch;       // of every part
    int patch_index;
    ParamId learning;  // PARAM_COUNT: none
    int learned_param; // -1: none
    Event pushed;      // the last one
    int pushes;
    int loads;    // of patches
    bool refuses; // to load one
} SyntheticHost;

/// The host's user is the SyntheticHost itself, which stays the caller's. cores: 1..64.
void synthetic_host_init(SyntheticHost *host, int cores, bool busy);

#endif
