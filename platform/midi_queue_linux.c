// Widens the ALSA sequencer's queue through the descriptor that PortMidi has opened and keeps to itself.
#include "platform/midi_queue.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sound/asequencer.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char DEVICE[] = "/dev/snd/seq";
enum { EVENTS_KEPT = 2000 }; // the kernel allows no more

static bool is_sequencer(int folder, const char *name) {
    char target[PATH_MAX];
    ssize_t bytes = readlinkat(folder, name, target, sizeof target);
    return bytes == (ssize_t)strlen(DEVICE) && memcmp(target, DEVICE, (size_t)bytes) == 0;
}

// Where the kernel refuses, the queue keeps its size.
static void widen(int descriptor) {
    struct snd_seq_client_pool pool = {0};
    if (ioctl(descriptor, SNDRV_SEQ_IOCTL_CLIENT_ID, &pool.client) >= 0 &&
        ioctl(descriptor, SNDRV_SEQ_IOCTL_GET_CLIENT_POOL, &pool) >= 0) {
        pool.input_pool = EVENTS_KEPT;
        ioctl(descriptor, SNDRV_SEQ_IOCTL_SET_CLIENT_POOL, &pool);
    }
}

int midi_queue_widen(void) {
    int found = MIDI_QUEUE_NONE;
    DIR *folder = opendir("/proc/self/fd");
    if (!folder) {
        return found;
    }
    for (struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
        if (is_sequencer(dirfd(folder), entry->d_name)) {
            found = atoi(entry->d_name);
            widen(found);
        }
    }
    closedir(folder);
    return found;
}

// Reading nothing takes no event, but the kernel first tells what was lost.
bool midi_queue_lost(int queue) {
    struct snd_seq_event none;
    return queue != MIDI_QUEUE_NONE && read(queue, &none, 0) < 0 && errno == ENOSPC;
}
