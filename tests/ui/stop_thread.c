// Stops one thread of another program again and again, as a busy system does: stop_thread PID NAME TIMES
// MILLISECONDS.
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <time.h>

// The first thread of that name, 0 for none.
static int find_thread(const char *process, const char *name) {
    char path[512];
    snprintf(path, sizeof path, "/proc/%s/task", process);
    DIR *folder = opendir(path);
    int found = 0;
    for (struct dirent *entry; folder && !found && (entry = readdir(folder));) {
        char comm[64] = "";
        snprintf(path, sizeof path, "/proc/%s/task/%s/comm", process, entry->d_name);
        FILE *file = fopen(path, "r");
        if (file && fgets(comm, sizeof comm, file)) {
            comm[strcspn(comm, "\n")] = '\0';
            found = strcmp(comm, name) == 0 ? atoi(entry->d_name) : 0;
        }
        if (file) {
            fclose(file);
        }
    }
    if (folder) {
        closedir(folder);
    }
    return found;
}

static void pause_for(long milliseconds) {
    nanosleep(&(struct timespec){.tv_nsec = milliseconds * 1000000}, NULL);
}

int main(int count, char **arguments) {
    int thread = count == 5 ? find_thread(arguments[1], arguments[2]) : 0;
    if (!thread || ptrace(PTRACE_SEIZE, thread, NULL, NULL) != 0) {
        perror("stop_thread");
        return 77;
    }
    int times = atoi(arguments[3]);
    long milliseconds = atol(arguments[4]);
    for (int i = 0; i < times; i++) {
        if (ptrace(PTRACE_INTERRUPT, thread, NULL, NULL) != 0 || waitpid(thread, NULL, __WALL) != thread) {
            perror("stop_thread");
            return 1;
        }
        pause_for(milliseconds);
        ptrace(PTRACE_CONT, thread, NULL, NULL);
        pause_for(milliseconds);
    }
    return 0;
}
