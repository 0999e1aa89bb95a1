// Lets RT code make those system calls that Clang cannot know to be nonblocking.
#ifndef PLATFORM_RT_TRUSTED_H
#define PLATFORM_RT_TRUSTED_H

#include "platform/thread_tags.h"

// Between the two, -Wfunction-effects and -fsanitize=realtime are silent. Only for calls that return at once
// (clock, wake, yield) and for the bounded sleep of a worker that has nothing to render; each use says which.
#if defined(__clang__) && __clang_major__ >= 20
#if __has_feature(realtime_sanitizer)
#include <sanitizer/rtsan_interface.h>
#else
#define __rtsan_disable() ((void)0)
#define __rtsan_enable()  ((void)0)
#endif
#define RT_TRUSTED_BEGIN                                                                                     \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wfunction-effects\"")              \
        __rtsan_disable();
#define RT_TRUSTED_END                                                                                       \
    __rtsan_enable();                                                                                        \
    _Pragma("clang diagnostic pop")
#else
#define RT_TRUSTED_BEGIN
#define RT_TRUSTED_END
#endif

#endif
