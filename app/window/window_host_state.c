// Without settings, as in a test or a benchmark, nothing is remembered.
#include "app/window/window_host_state.h"

void window_host_remember(WindowHost *host, const char *name, const char *text) {
    if (host->settings) {
        settings_set(host->settings, name, text);
    }
}
