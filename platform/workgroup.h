// Makes workers part of the work that a device's next sound depends on, where the system plans by that.
#ifndef PLATFORM_WORKGROUP_H
#define PLATFORM_WORKGROUP_H

#include "platform/error.h"
#include "platform/thread.h"

#include <stdbool.h>
#include <stdint.h>

/// The deadline that threads share: the period of a device's callbacks and, on macOS 11 and later, the audio
/// workgroup of its own thread.
typedef struct Workgroup Workgroup;

enum { WORKGROUP_NO_DEVICE = 0, WORKGROUP_TOKEN_BYTES = 40 };

/// One thread's place in a workgroup; all zero when it is in none. The thread's own.
typedef struct WorkgroupMember {
    Workgroup *group;
    bool registered; // with the system, which wants the token back
    _Alignas(uint64_t) unsigned char token[WORKGROUP_TOKEN_BYTES];
} WorkgroupMember;

/// What there is to join for the device that calls back every period_ns. device: CoreAudio's number of it, or
/// WORKGROUP_NO_DEVICE. NULL where the system has nothing of the kind. Caller owns. [main-thread]
Workgroup *workgroup_create(uint32_t device, uint64_t period_ns);

/// No thread may be in it. NULL is harmless. [main-thread]
void workgroup_destroy(Workgroup *group);

/// Enters the calling thread, which has real-time priority by grant; grant->way tells what came of it. The
/// group must stay until workgroup_leave. NULL is harmless. False with error filled when the system refuses.
/// [worker-thread, in no group]
bool workgroup_join(Workgroup *group, WorkgroupMember *member, ThreadGrant *grant, Error *error);

/// Takes the calling thread out again, before it ends. Harmless in none. [worker-thread]
void workgroup_leave(WorkgroupMember *member);

#endif
