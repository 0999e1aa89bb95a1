// Renders what the device wants, passes it on to the recorder, and notes what came late.
#include "app/live/callback.h"

#include "platform/clock.h"
#include "platform/rt_trusted.h"
#include "platform/thread.h"

#include <string.h>

enum { RELEASE_POLL_NS = 200 * 1000 }; // a callback takes no longer than a block

static const double NS_PER_SECOND = 1e9;

void callback_init(Callback *callback, Engine *engine, uint32_t rate_hz) {
    memset(callback, 0, sizeof *callback);
    callback->engine = engine;
    callback->rate_hz = rate_hz;
    callback->channels = CHANNEL_COUNT;
    frame_clock_init(&callback->clock, rate_hz);
}

void callback_set_device(Callback *callback, uint32_t channels, uint32_t buffered_frames) {
    callback->channels = channels;
    callback->buffered_frames = buffered_frames;
    callback->last_begin_ns = 0;
}

// A callback is late when the device must have run dry: all that it had buffered and a whole block more have
// passed.
RT static bool came_late(const Callback *callback, uint64_t begin_ns) {
    if (callback->last_begin_ns == 0) {
        return false;
    }
    uint32_t held =
        callback->buffered_frames > callback->last_frames ? callback->buffered_frames : callback->last_frames;
    double limit_ns = (double)(held + callback->last_frames) * NS_PER_SECOND / callback->rate_hz;
    return (double)(begin_ns - callback->last_begin_ns) > limit_ns;
}

RT static void interleave(const Callback *callback, float *out, uint32_t frames) {
    const float(*sound)[ENGINE_BLOCK_MAX_FRAMES] = callback->sound;
    uint32_t channels = callback->channels;
    if (channels == 1) {
        for (uint32_t i = 0; i < frames; i++) {
            out[i] = 0.5f * (sound[CHANNEL_LEFT][i] + sound[CHANNEL_RIGHT][i]);
        }
        return;
    }
    if (channels > CHANNEL_COUNT) {
        for (uint32_t i = 0; i < frames * channels; i++) {
            out[i] = 0;
        }
    }
    for (uint32_t i = 0; i < frames; i++) {
        for (uint32_t channel = 0; channel < CHANNEL_COUNT; channel++) {
            out[i * channels + channel] = sound[channel][i];
        }
    }
}

RT static void pass_on(Callback *callback, uint32_t frames) {
    SoundRing *ring = atomic_load(&callback->take);
    if (!ring) {
        return;
    }
    // Sequentially consistent, as is the main thread's side: either it sees the ring in use, or we see that
    // it is gone.
    atomic_store(&callback->take_in_use, ring);
    if (atomic_load(&callback->take) == ring) {
        sound_ring_push(ring, CHANNELS_AT(callback->sound, 0), frames);
    }
    atomic_store(&callback->take_in_use, NULL);
}

RT static void watch_for_first_sound(Callback *callback, uint32_t frames) {
    if (atomic_load_explicit(&callback->first_sound_ns, memory_order_relaxed)) {
        return;
    }
    for (uint32_t i = 0; i < frames; i++) {
        if (callback->sound[CHANNEL_LEFT][i] != 0 || callback->sound[CHANNEL_RIGHT][i] != 0) {
            atomic_store_explicit(&callback->first_sound_ns, clock_now_ns(),
                                  memory_order_relaxed); // stands alone
            return;
        }
    }
}

// The first callback of a device: workers are to take its thread's priority and cores next to its own.
RT static void meet_thread(Callback *callback) {
    ThreadPriority priority;
    RT_TRUSTED_BEGIN // two questions to the system that return at once, in the first callback alone
    priority = thread_priority();
    RT_TRUSTED_END
    engine_adopt_audio_thread(callback->engine);
    uint32_t known = CALLBACK_PRIORITY_KNOWN | (uint32_t)priority.scheduling << 8 | (uint32_t)priority.level;
    // Release: the engine has met the thread when the main thread sees this.
    atomic_store_explicit(&callback->priority, known, memory_order_release);
}

RT void callback_run(Callback *callback, float *interleaved, uint32_t frames, bool underflow) {
    uint64_t begin_ns = clock_now_ns();
    if (frames > atomic_load_explicit(&callback->largest_frames, memory_order_relaxed)) {
        atomic_store_explicit(&callback->largest_frames, frames, memory_order_relaxed); // stands alone
    }
    if (callback->last_begin_ns == 0) {
        meet_thread(callback);
    }
    if (underflow) {
        engine_note_xrun(callback->engine, XRUN_DRIVER, 0);
    } else if (came_late(callback, begin_ns)) {
        engine_note_xrun(callback->engine, XRUN_CALLBACK_GAP, begin_ns - callback->last_begin_ns);
    }
    callback->last_begin_ns = begin_ns;
    callback->last_frames = frames;
    frame_clock_tick(&callback->clock, engine_frame(callback->engine), frames, begin_ns);
    float *const *channels = CHANNELS_AT(callback->sound, 0);
    for (uint32_t done = 0; done < frames;) {
        uint32_t count = frames - done < ENGINE_BLOCK_MAX_FRAMES ? frames - done : ENGINE_BLOCK_MAX_FRAMES;
        uint64_t lasts_ns = (uint64_t)((double)(done + count) * NS_PER_SECOND / callback->rate_hz);
        engine_render(callback->engine, channels, count, begin_ns + lasts_ns);
        interleave(callback, interleaved + (size_t)done * callback->channels, count);
        pass_on(callback, count);
        scope_write(&callback->scope, channels, count);
        watch_for_first_sound(callback, count);
        done += count;
    }
}

uint64_t callback_largest_ns(const Callback *callback) {
    uint32_t frames = atomic_load_explicit(&callback->largest_frames, memory_order_relaxed);
    return (uint64_t)(frames * NS_PER_SECOND / callback->rate_hz);
}

bool callback_take_priority(Callback *callback, ThreadPriority *priority) {
    uint32_t known = atomic_exchange_explicit(&callback->priority, 0, memory_order_acquire);
    *priority = (ThreadPriority){(ThreadClass)(known >> 8 & 0xFFu), (int32_t)(known & 0xFFu)};
    return (known & CALLBACK_PRIORITY_KNOWN) != 0;
}

void callback_set_take(Callback *callback, SoundRing *ring) {
    atomic_store(&callback->take, ring);
    for (;;) {
        SoundRing *used = atomic_load(&callback->take_in_use);
        if (!used || used == ring) {
            return;
        }
        clock_sleep_until_ns(clock_now_ns() + RELEASE_POLL_NS);
    }
}
