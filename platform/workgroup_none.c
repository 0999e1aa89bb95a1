// Has no workgroups: this system plans each thread by its own priority.
#include "platform/workgroup.h"

#include <stddef.h>

Workgroup *workgroup_create(uint32_t device, uint64_t period_ns) {
    (void)device, (void)period_ns;
    return NULL;
}

void workgroup_destroy(Workgroup *group) {
    (void)group;
}

bool workgroup_join(Workgroup *group, WorkgroupMember *member, ThreadGrant *grant, Error *error) {
    (void)group, (void)member, (void)grant, (void)error;
    return true;
}

void workgroup_leave(WorkgroupMember *member) {
    (void)member;
}
