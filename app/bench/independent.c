// The threads follow one word: 0 before the start, odd while they render, even while they rest.
#include "app/bench/independent.h"

#include "app/calibrate/load.h"
#include "platform/clock.h"
#include "platform/thread.h"
#include "platform/wait.h"

#include <stdatomic.h>
#include <stdlib.h>

enum {
    LOOK_NS = 50 * 1000,              // between looks at what the others do, outside of what is measured
    SPIN_NS_MAX = 10 * 1000000,       // a thread that has not begun by then may need this one's core
    REST_NS_MAX = 1000 * 1000 * 1000, // a sleeping thread looks again after so long
    WORD_START = 0,
    WORD_FIRST_REST = 2,
};
static const uint32_t WORD_END = UINT32_MAX - 1; // even

// One of the other threads.
typedef struct Player {
    Independent *independent;
    Thread *thread;
    Engine *engine;
    IndependentShare share; // of the last turn; its thread's while it renders
} Player;

struct Independent {
    uint32_t count; // of threads, the calling one included
    uint32_t frames;
    Engine *own;
    IndependentShare own_share;
    ThreadPriority priority; // of the players
    _Atomic uint32_t word;
    _Atomic uint32_t begun; // players that have begun, in this turn
    _Atomic uint32_t resting;
    Player players[POOL_WORKERS_MAX];
};

// The one block that may still be on its way when the turn ends is not counted: the others have ended theirs.
static void play_turn(Player *player, uint32_t turn, float *const sound[CHANNEL_COUNT]) {
    Independent *independent = player->independent;
    engine_render(player->engine, sound, independent->frames, 0); // fetches what it needs
    atomic_fetch_add(&independent->begun, 1);
    uint64_t start_ns = clock_now_ns();
    IndependentShare share = {.lanes = player->share.lanes, .ns = 1};
    for (;;) {
        engine_render(player->engine, sound, independent->frames, 0);
        uint64_t now_ns = clock_now_ns();
        if (atomic_load(&independent->word) != turn) {
            break;
        }
        share.blocks++;
        share.ns = now_ns - start_ns;
    }
    player->share = share;
}

static void play(void *argument) {
    Player *player = argument;
    Independent *independent = player->independent;
    float sound[CHANNEL_COUNT][ENGINE_BLOCK_MAX_FRAMES];
    uint32_t word;
    while ((word = atomic_load(&independent->word)) == WORD_START) {
        wait_on_word(&independent->word, word, REST_NS_MAX);
    }
    if (word != WORD_END) {
        ThreadGrant grant;
        thread_ask_priority(independent->priority, &grant, NULL);
        engine_adopt_audio_thread(player->engine);
    }
    atomic_fetch_add(&independent->resting, 1);
    while ((word = atomic_load(&independent->word)) != WORD_END) {
        if (word % 2 == 0) {
            wait_on_word(&independent->word, word, REST_NS_MAX);
        } else {
            atomic_fetch_sub(&independent->resting, 1);
            play_turn(player, word, CHANNELS_AT(sound, 0));
            atomic_fetch_add(&independent->resting, 1);
        }
    }
}

static void set_word(Independent *independent, uint32_t word) {
    atomic_store(&independent->word, word);
    wait_wake_all(&independent->word);
}

static Engine *create_engine(uint32_t lanes, Error *error) {
    EngineConfig config = engine_config_default();
    config.pool.workers = 1;
    return load_create(&config, LOAD_TWO_SAWS, lanes, error);
}

Independent *independent_create(uint32_t threads, uint32_t lanes, uint32_t frames, Error *error) {
    Independent *independent = calloc(1, sizeof *independent);
    if (!independent) {
        error_set(error, "out of memory; close other programs");
        return NULL;
    }
    independent->frames = frames;
    independent->own_share.lanes = lanes / threads;
    independent->own = create_engine(lanes / threads, error);
    independent->count = 1;
    while (independent->own && independent->count < threads) {
        uint32_t index = independent->count;
        Player *player = &independent->players[index];
        player->independent = independent;
        player->share.lanes = lanes * (index + 1) / threads - lanes * index / threads;
        player->engine = create_engine(player->share.lanes, error);
        player->thread = player->engine ? thread_create("independent", play, player, error) : NULL;
        if (!player->thread) {
            engine_destroy(player->engine);
            break;
        }
        independent->count++;
    }
    if (!independent->own || independent->count < threads) {
        independent_destroy(independent);
        return NULL;
    }
    return independent;
}

void independent_destroy(Independent *independent) {
    if (!independent) {
        return;
    }
    set_word(independent, WORD_END);
    for (uint32_t i = 1; i < independent->count; i++) {
        thread_join(independent->players[i].thread);
        engine_destroy(independent->players[i].engine);
    }
    engine_destroy(independent->own);
    free(independent);
}

static void wait_for_all(const Independent *independent, const _Atomic uint32_t *players, uint64_t spin_ns) {
    uint64_t end_ns = clock_now_ns() + spin_ns;
    while (atomic_load(players) < independent->count - 1) {
        if (clock_now_ns() < end_ns) {
            wait_spin_hint();
        } else {
            clock_sleep_until_ns(clock_now_ns() + LOOK_NS);
        }
    }
}

void independent_begin(Independent *independent, ThreadPriority priority) {
    if (priority.level > 1) {
        priority.level--;
    }
    independent->priority = priority;
    engine_adopt_audio_thread(independent->own);
    set_word(independent, WORD_FIRST_REST);
    wait_for_all(independent, &independent->resting, 0);
}

Engine *independent_own(Independent *independent) {
    return independent->own;
}

void independent_release(Independent *independent) {
    atomic_store(&independent->begun, 0);
    set_word(independent, atomic_load(&independent->word) + 1);
    wait_for_all(independent, &independent->begun, SPIN_NS_MAX);
}

double independent_hold(Independent *independent, double own_ns) {
    IndependentShare shares[POOL_WORKERS_MAX];
    set_word(independent, atomic_load(&independent->word) + 1);
    wait_for_all(independent, &independent->resting, 0);
    shares[0] = (IndependentShare){independent->own_share.lanes, 1, (uint64_t)own_ns};
    for (uint32_t i = 1; i < independent->count; i++) {
        shares[i] = independent->players[i].share;
    }
    return independent_block_ns(shares, independent->count);
}

double independent_block_ns(const IndependentShare *shares, uint32_t count) {
    double lanes = 0;
    double lanes_per_ns = 0;
    for (uint32_t i = 0; i < count; i++) {
        lanes += shares[i].lanes;
        lanes_per_ns += (double)shares[i].lanes * shares[i].blocks / (double)shares[i].ns;
    }
    return lanes / lanes_per_ns;
}
