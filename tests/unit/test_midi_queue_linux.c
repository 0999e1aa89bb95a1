// Tests the ALSA sequencer's queue on a kernel that refuses and loses; the virtual machine has a real one.
#include "platform/midi_queue.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

ssize_t __real_readlinkat(int folder, const char *name, char *target, size_t bytes);
ssize_t __real_read(int descriptor, void *to, size_t bytes);
ssize_t __wrap_readlinkat(int folder, const char *name, char *target, size_t bytes);
ssize_t __wrap_read(int descriptor, void *to, size_t bytes);
int __wrap_ioctl(int descriptor, unsigned long request, ...);

static int sequencer = -1; // what PortMidi has opened
static int refused;
static bool lost;

ssize_t __wrap_readlinkat(int folder, const char *name, char *target, size_t bytes) {
    static const char DEVICE[] = "/dev/snd/seq";
    if (sequencer < 0 || atoi(name) != sequencer) {
        return __real_readlinkat(folder, name, target, bytes);
    }
    memcpy(target, DEVICE, sizeof DEVICE - 1);
    return (ssize_t)sizeof DEVICE - 1;
}

int __wrap_ioctl(int descriptor, unsigned long request, ...) {
    (void)request;
    cr_assert_eq(descriptor, sequencer);
    refused++;
    errno = ENOMEM;
    return -1;
}

ssize_t __wrap_read(int descriptor, void *to, size_t bytes) {
    if (descriptor != sequencer || !lost) {
        return __real_read(descriptor, to, bytes);
    }
    lost = false; // told once
    errno = ENOSPC;
    return -1;
}

Test(midi_queue_linux, a_loss_is_told_though_the_queue_could_not_be_widened) {
    sequencer = open("/dev/null", O_RDWR | O_CLOEXEC);
    int queue = midi_queue_widen();
    cr_assert_gt(refused, 0);
    cr_assert_not(midi_queue_lost(queue));
    lost = true;
    cr_assert(midi_queue_lost(queue));
    cr_assert_not(midi_queue_lost(queue));
}

Test(midi_queue_linux, without_a_sequencer_there_is_no_queue) {
    cr_assert_eq(midi_queue_widen(), MIDI_QUEUE_NONE);
    cr_assert_not(midi_queue_lost(MIDI_QUEUE_NONE));
}
