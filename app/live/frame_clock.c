// Filters the callbacks' times and hands them to other threads by a sequence lock.
#include "app/live/frame_clock.h"

static const double BANDWIDTH_HZ = 0.5; // slower than a scheduler's jitter, faster than a crystal's drift
static const double LOST_BLOCKS = 4.0;  // further off than this it is a gap, not jitter
static const double NS_PER_SECOND = 1e9;
static const double PI = 3.14159265358979323846;
static const double SQRT_2 = 1.41421356237309504880;

void frame_clock_init(FrameClock *clock, uint32_t rate_hz) {
    *clock = (FrameClock){.rate_hz = rate_hz};
}

RT static void publish(FrameClock *clock, uint64_t start_ns, uint64_t frame, uint32_t frames) {
    uint32_t sequence =
        atomic_load_explicit(&clock->sequence, memory_order_relaxed); // only this thread writes it
    // Release: whoever sees a new field sees the odd sequence as well, and tries again; whoever sees the even
    // one sees all fields.
    atomic_store_explicit(&clock->sequence, sequence + 1, memory_order_relaxed);
    atomic_store_explicit(&clock->shared_ns, start_ns, memory_order_release);
    atomic_store_explicit(&clock->shared_frame, frame, memory_order_release);
    atomic_store_explicit(&clock->shared_block_frames, frames, memory_order_release);
    atomic_store_explicit(&clock->sequence, sequence + 2, memory_order_release);
}

RT void frame_clock_tick(FrameClock *clock, uint64_t frame, uint32_t frames, uint64_t now_ns) {
    double now = (double)(int64_t)(now_ns - clock->base_ns);
    double block_ns = clock->ns_per_frame * frames;
    double error = now - clock->expected_ns;
    double limit = LOST_BLOCKS * block_ns;
    if (!clock->running || frame != clock->next_frame || error > limit || error < -limit) {
        clock->running = true;
        clock->base_ns = now_ns;
        clock->expected_ns = 0;
        clock->ns_per_frame = NS_PER_SECOND / clock->rate_hz;
        block_ns = clock->ns_per_frame * frames;
        error = 0;
    }
    publish(clock, clock->base_ns + (uint64_t)(int64_t)clock->expected_ns, frame, frames);
    double omega = 2 * PI * BANDWIDTH_HZ * frames / clock->rate_hz;
    clock->expected_ns += SQRT_2 * omega * error + block_ns;
    clock->ns_per_frame += omega * omega * error / frames;
    clock->next_frame = frame + frames;
}

RT uint64_t frame_clock_frame_at(const FrameClock *clock, uint64_t time_ns) {
    for (;;) {
        uint32_t sequence = atomic_load_explicit(&clock->sequence, memory_order_acquire);
        // Acquire: the second look at the sequence is after the fields.
        uint64_t start_ns = atomic_load_explicit(&clock->shared_ns, memory_order_acquire);
        uint64_t frame = atomic_load_explicit(&clock->shared_frame, memory_order_acquire);
        uint32_t block_frames = atomic_load_explicit(&clock->shared_block_frames, memory_order_acquire);
        if (sequence % 2 == 1 || sequence != atomic_load_explicit(&clock->sequence, memory_order_relaxed)) {
            continue;
        }
        if (start_ns == 0) {
            return 0;
        }
        double since_ns = (double)(int64_t)(time_ns - start_ns);
        double at = (double)frame + block_frames + since_ns * clock->rate_hz / NS_PER_SECOND;
        return at > 0 ? (uint64_t)at : 0;
    }
}
