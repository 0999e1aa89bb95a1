// Skips what needs failing allocations where the linker lets nothing stand before the allocator.
#include "tests/support/failing_alloc.h"

#include <criterion/criterion.h>

void failing_alloc_arm(int nth) {
    cr_skip_test("allocation %d cannot be made to fail: this linker has no --wrap", nth);
}

bool failing_alloc_disarm(void) {
    return false;
}
