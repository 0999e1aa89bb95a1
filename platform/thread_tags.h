// Marks what may run in the audio callback or a worker: RT code neither allocates, locks nor does input or
// output.
#ifndef PLATFORM_THREAD_TAGS_H
#define PLATFORM_THREAD_TAGS_H

// Clang 20 and later check the promise at compile time (-Wfunction-effects) and at run time
// (-fsanitize=realtime).
#if defined(__clang__) && __clang_major__ >= 20
#define RT __attribute__((nonblocking))
#else
#define RT
#endif

#endif
