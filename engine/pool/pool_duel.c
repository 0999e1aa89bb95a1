// Two callbacks make a turn, two turns a round that one level wins; a lead of some rounds ends the duel.
#include "engine/pool/pool_duel.h"

#define BETTER_SHARE   0.97f // the level tried wins a round below this share of the usual one's time
#define LOSS_SHARE_MAX 2.0f  // of the usual one's time: a round that took longer was interrupted

enum {
    // The first callback of a turn does not count: it finds threads asleep, or awake that will not be.
    TURN_CALLBACKS = 2,
    ROUND_CALLBACKS = 2 * TURN_CALLBACKS,
    CALLBACKS_MAX = 256,
    LEAD_TO_END = 5, // rounds
    HEAD_START = 1,  // of the larger level: sharing is likelier to pay than noise is to be right
};

RT void duel_start(Duel *duel, uint32_t usual, uint32_t tried, uint32_t callback) {
    *duel = (Duel){.on = true,
                   .usual = usual,
                   .tried = tried,
                   .callback = callback,
                   .lead = tried > usual ? HEAD_START : -HEAD_START};
}

RT bool duel_is_trying(const Duel *duel) {
    return duel->step / TURN_CALLBACKS % 2 == 1;
}

RT uint32_t duel_level(const Duel *duel) {
    return duel_is_trying(duel) ? duel->tried : duel->usual;
}

RT bool duel_counts(const Duel *duel) {
    return duel->step % TURN_CALLBACKS != 0;
}

// Each level has had a turn. A round in which one of them had no run that counts has no winner.
RT static void judge_round(Duel *duel) {
    if (duel->usual_time.runs > 0 && duel->tried_time.runs > 0) {
        float usual_ns = duel->usual_time.sum_ns / (float)duel->usual_time.runs;
        float tried_ns = duel->tried_time.sum_ns / (float)duel->tried_time.runs;
        float share = tried_ns / usual_ns;
        duel->lead += share < BETTER_SHARE ? 1 : -1;
        duel->loss += ((share < LOSS_SHARE_MAX ? share : LOSS_SHARE_MAX) - 1.0f) *
                      (float)(duel->tried_time.runs * TURN_CALLBACKS);
    }
    duel->usual_time = duel->tried_time = (DuelMean){0};
}

RT DuelState duel_advance(Duel *duel, uint32_t callback) {
    // Only callbacks with runs of this duel count: with blocks that are cut in a pattern they come now and
    // then.
    if (callback == duel->callback) {
        return DUEL_GOES_ON;
    }
    duel->callback = callback;
    duel->step++;
    if (duel->step % ROUND_CALLBACKS != 0) {
        return DUEL_GOES_ON;
    }
    judge_round(duel);
    if (duel->lead < LEAD_TO_END && duel->lead > -LEAD_TO_END && duel->step < CALLBACKS_MAX) {
        return DUEL_GOES_ON;
    }
    duel->on = false;
    return duel->lead >= LEAD_TO_END ? DUEL_WON : DUEL_LOST;
}

RT void duel_note(Duel *duel, float unit_ns) {
    if (!duel_counts(duel)) {
        return;
    }
    DuelMean *mean = duel_is_trying(duel) ? &duel->tried_time : &duel->usual_time;
    mean->sum_ns += unit_ns;
    mean->runs++;
}
