// From the barest to the one that starts its threads anew.
#include "app/bench/baselines.h"

#include <stddef.h>

const Baseline *const BASELINES[] = {
    &BASELINE_BARE,   &BASELINE_MUTEX,
#ifdef POLYCORE_HAVE_OPENMP
    &BASELINE_OPENMP,
#endif
    &BASELINE_SPAWN,  NULL,
};
