// Has a worker join the workgroup of the device that plays.
#ifndef ENGINE_POOL_POOL_WORKGROUP_H
#define ENGINE_POOL_POOL_WORKGROUP_H

#include "engine/pool/pool_shared.h"

/// Joins the workgroup that is wanted, if any; the grant is known. [worker-thread, in no workgroup]
void worker_join_workgroup(Worker *worker);

#endif
