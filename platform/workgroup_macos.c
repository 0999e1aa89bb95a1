// Joins the audio workgroup of a CoreAudio device, and promises its period. CoreAudio is asked for by name:
// PortAudio has loaded it.
#include "platform/workgroup.h"

#include "platform/time_constraint_macos.h"

#include <dlfcn.h>
#include <os/workgroup.h>
#include <stdlib.h>
#include <string.h>

// As CoreAudio/AudioHardwareBase.h has them.
typedef struct PropertyAddress {
    uint32_t selector;
    uint32_t scope;
    uint32_t element;
} PropertyAddress;
typedef int32_t (*GetPropertyData)(uint32_t object, const PropertyAddress *address, uint32_t qualifier_bytes,
                                   const void *qualifier, uint32_t *bytes, void *data);

enum { ELEMENT_MAIN = 0, STATUS_GOOD = 0 };
static const uint32_t IO_THREAD_OS_WORKGROUP = 0x6f737767; // 'oswg', macOS 11
static const uint32_t SCOPE_GLOBAL = 0x676c6f62;           // 'glob'

struct Workgroup {
    uint64_t period_ns;
    os_workgroup_t system; // NULL: the device has none, or the system knows of none
};

_Static_assert(sizeof(os_workgroup_join_token_s) <= WORKGROUP_TOKEN_BYTES, "the system's token fits");
_Static_assert(_Alignof(os_workgroup_join_token_s) <= _Alignof(uint64_t), "and lies where it may");

// The workgroup is the caller's to release.
static os_workgroup_t workgroup_of(uint32_t device) {
    GetPropertyData get_property = (GetPropertyData)dlsym(RTLD_DEFAULT, "AudioObjectGetPropertyData");
    if (device == WORKGROUP_NO_DEVICE || !get_property) {
        return NULL;
    }
    PropertyAddress address = {IO_THREAD_OS_WORKGROUP, SCOPE_GLOBAL, ELEMENT_MAIN};
    os_workgroup_t group = NULL;
    uint32_t bytes = sizeof group;
    return get_property(device, &address, 0, NULL, &bytes, &group) == STATUS_GOOD ? group : NULL;
}

Workgroup *workgroup_create(uint32_t device, uint64_t period_ns) {
    Workgroup *group = malloc(sizeof *group);
    if (group) {
        *group = (Workgroup){.period_ns = period_ns, .system = workgroup_of(device)};
    }
    return group; // without one the workers keep the priority that they have
}

void workgroup_destroy(Workgroup *group) {
    if (group) {
        if (group->system) {
            os_release(group->system);
        }
        free(group);
    }
}

static bool join_system(WorkgroupMember *member, ThreadGrant *grant, Error *error) {
    if (__builtin_available(macOS 11.0, *)) {
        int cause =
            os_workgroup_join(member->group->system, (os_workgroup_join_token_t)(void *)member->token);
        if (cause != 0) {
            error_set(error, "the device's audio workgroup: %s; the workers go on without it",
                      strerror(cause));
            return false;
        }
        member->registered = true;
        grant->way = "audio workgroup";
    }
    return true;
}

bool workgroup_join(Workgroup *group, WorkgroupMember *member, ThreadGrant *grant, Error *error) {
    if (!group || grant->granted.scheduling != THREAD_CLASS_REALTIME) {
        return true;
    }
    member->group = group;
    kern_return_t result = time_constraint_set(group->period_ns);
    if (result != KERN_SUCCESS) {
        error_set(error, "a real-time period of %llu ns: mach error %d; the workers keep the usual one",
                  (unsigned long long)group->period_ns, result);
        return false;
    }
    return !group->system || join_system(member, grant, error);
}

void workgroup_leave(WorkgroupMember *member) {
    if (member->registered) {
        if (__builtin_available(macOS 11.0, *)) {
            os_workgroup_leave(member->group->system, (os_workgroup_join_token_t)(void *)member->token);
        }
    }
    *member = (WorkgroupMember){.group = NULL};
}
