// Tests what becomes of a topology when memory is out.
#include "platform/topology.h"

#include "tests/support/failing_alloc.h"

#include <criterion/criterion.h>
#include <string.h>

Test(topology_memory, every_failing_allocation_is_an_error_and_leaks_nothing) {
    int nth = 1;
    for (;; nth++) {
        Error error = {.text = ""};
        failing_alloc_arm(nth);
        Topology *topology = topology_create_synthetic("core:4 pu:2", NULL, &error);
        if (!failing_alloc_disarm()) {
            cr_assert_not_null(topology);
            topology_destroy(topology);
            break;
        }
        cr_assert_null(topology);
        cr_assert_not_null(strstr(error.text, "no memory"));
    }
    cr_assert_gt(nth, 3);
}
