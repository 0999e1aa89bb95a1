// Speaks to rtkit through libdbus.
#include "platform/rtkit_linux.h"

#include "platform/thread.h"

#ifdef POLYCORE_HAVE_DBUS

#include <dbus/dbus.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

static const char RTKIT_NAME[] = "org.freedesktop.RealtimeKit1";
static const char RTKIT_PATH[] = "/org/freedesktop/RealtimeKit1";
static const int CALL_TIMEOUT_MS = 3000; // the daemon may have to be started first

/// Sends message, takes it over, and waits. NULL with error filled on an error or a refusal; else the caller
/// owns the reply.
static DBusMessage *call(DBusConnection *bus, DBusMessage *message, Error *error) {
    DBusError refusal = DBUS_ERROR_INIT;
    DBusMessage *reply = dbus_connection_send_with_reply_and_block(bus, message, CALL_TIMEOUT_MS, &refusal);
    dbus_message_unref(message);
    if (!reply) {
        error_set(error, "rtkit: %s", refusal.message);
        dbus_error_free(&refusal);
    }
    return reply;
}

/// Reads an integer property of rtkit, of D-Bus type 'i' or 'x'.
static bool get_property(DBusConnection *bus, const char *property, int64_t *value, Error *error) {
    const char *interface = RTKIT_NAME;
    DBusMessage *message =
        dbus_message_new_method_call(RTKIT_NAME, RTKIT_PATH, DBUS_INTERFACE_PROPERTIES, "Get");
    if (!message || !dbus_message_append_args(message, DBUS_TYPE_STRING, &interface, DBUS_TYPE_STRING,
                                              &property, DBUS_TYPE_INVALID)) {
        error_set(error, "rtkit: no memory to ask it");
        if (message) {
            dbus_message_unref(message);
        }
        return false;
    }
    DBusMessage *reply = call(bus, message, error);
    if (!reply) {
        return false;
    }
    DBusMessageIter iter;
    DBusMessageIter variant;
    int type = DBUS_TYPE_INVALID;
    if (dbus_message_iter_init(reply, &iter) && dbus_message_iter_get_arg_type(&iter) == DBUS_TYPE_VARIANT) {
        dbus_message_iter_recurse(&iter, &variant);
        type = dbus_message_iter_get_arg_type(&variant);
    }
    if (type == DBUS_TYPE_INT32) {
        dbus_int32_t number;
        dbus_message_iter_get_basic(&variant, &number);
        *value = number;
    } else if (type == DBUS_TYPE_INT64) {
        dbus_int64_t number;
        dbus_message_iter_get_basic(&variant, &number);
        *value = number;
    } else {
        error_set(error, "rtkit: its %s is no number", property);
    }
    dbus_message_unref(reply);
    return type == DBUS_TYPE_INT32 || type == DBUS_TYPE_INT64;
}

/// The kernel's warning that the calling thread has used up its real-time budget: it goes on, but no longer
/// before all others.
static void on_budget_used(int number) {
    (void)number;
    int saved_errno = errno;
    // rtkit has set SCHED_RESET_ON_FORK, which only a privileged thread may give back.
    sched_setscheduler(0, SCHED_OTHER | SCHED_RESET_ON_FORK, &(struct sched_param){0});
    errno = saved_errno;
}

/// Bounds the time that a real-time thread of this process may run without sleeping, which rtkit demands.
static bool limit_budget(int64_t most_us, Error *error) {
    struct sigaction before;
    struct sigaction action = {.sa_handler = on_budget_used, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGXCPU, NULL, &before) == 0 && before.sa_handler == SIG_DFL) {
        sigaction(SIGXCPU, &action, NULL);
    }
    struct rlimit limit;
    rlim_t most = (rlim_t)most_us;
    rlim_t warning = most - most / 4; // leaves the handler a quarter, before the kernel kills
    if (getrlimit(RLIMIT_RTTIME, &limit) == 0 && limit.rlim_max <= most && limit.rlim_cur <= most) {
        return true;
    }
    limit.rlim_max = limit.rlim_max < most ? limit.rlim_max : most;
    limit.rlim_cur = limit.rlim_max < warning ? limit.rlim_max : warning;
    if (setrlimit(RLIMIT_RTTIME, &limit) != 0) {
        error_set(error, "rtkit: RLIMIT_RTTIME cannot be set to its %lld us: %s", (long long)most_us,
                  strerror(errno));
        return false;
    }
    return true;
}

static bool make_realtime(DBusConnection *bus, int32_t level, Error *error) {
    dbus_uint64_t thread = thread_self_id();
    dbus_uint32_t priority = (dbus_uint32_t)level;
    DBusMessage *message =
        dbus_message_new_method_call(RTKIT_NAME, RTKIT_PATH, RTKIT_NAME, "MakeThreadRealtime");
    if (!message || !dbus_message_append_args(message, DBUS_TYPE_UINT64, &thread, DBUS_TYPE_UINT32, &priority,
                                              DBUS_TYPE_INVALID)) {
        error_set(error, "rtkit: no memory to ask it");
        if (message) {
            dbus_message_unref(message);
        }
        return false;
    }
    DBusMessage *reply = call(bus, message, error);
    if (!reply) {
        return false;
    }
    dbus_message_unref(reply);
    return true;
}

bool rtkit_make_realtime(int32_t level, Error *error) {
    DBusError refusal = DBUS_ERROR_INIT;
    dbus_threads_init_default();
    DBusConnection *bus = dbus_bus_get_private(DBUS_BUS_SYSTEM, &refusal);
    if (!bus) {
        error_set(error, "rtkit: no system D-Bus: %s", refusal.message);
        dbus_error_free(&refusal);
        return false;
    }
    dbus_connection_set_exit_on_disconnect(bus, FALSE);
    int64_t most_level;
    int64_t most_us;
    bool granted = get_property(bus, "MaxRealtimePriority", &most_level, error) &&
                   get_property(bus, "RTTimeUSecMax", &most_us, error) && limit_budget(most_us, error) &&
                   make_realtime(bus, level < most_level ? level : (int32_t)most_level, error);
    dbus_connection_close(bus);
    dbus_connection_unref(bus);
    return granted;
}

#else

bool rtkit_make_realtime(int32_t level, Error *error) {
    (void)level;
    error_set(error, "rtkit: this build has no libdbus to ask it");
    return false;
}

#endif
