// Lists the baselines that this build has.
#include "app/bench/baseline.h"

#include <stddef.h>

const Baseline *const BASELINES[] = {
    &BASELINE_BARE,   &BASELINE_MUTEX,
#ifdef POLYCORE_HAVE_OPENMP
    &BASELINE_OPENMP,
#endif
    &BASELINE_SPAWN,  NULL,
};
