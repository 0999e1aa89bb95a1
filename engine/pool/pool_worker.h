// A worker thread: takes jobs of the published run, obeys orders, waits.
#ifndef ENGINE_POOL_POOL_WORKER_H
#define ENGINE_POOL_POOL_WORKER_H

/// The thread's function; argument: its Worker. [worker-thread]
void worker_main(void *argument);

#endif
