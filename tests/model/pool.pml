/* Claim, publish and rescue as engine/pool/ does them, for Spin: an audio thread, two workers, three batches, two runs.
 *
 * Any worker may stall between any two steps for as long as it likes, or for ever. Checked in every interleaving: each result counts
 * exactly once; no buffer is written while another thread reads or writes it; the audio thread never waits for ever; spare buffers
 * suffice. Memory is taken to be sequentially consistent: orderings are ThreadSanitizer's part.
 *
 * The same with one rule broken must fail: -DWITHOUT_QUARANTINE -DWITHOUT_PINS -DWITHOUT_EPOCHS -DWITHOUT_COMPARE -DWITHOUT_LISTS. */

#define WORKERS  2 /* beside the audio thread; numbered from 1 */
#define BATCHES  3
#define RUNS     2
#define STATES   (2 * BATCHES + 2 * WORKERS)
#define SLOTS    (BATCHES + WORKERS)
#define CONTEXTS (WORKERS + 3) /* engine: threads + 2 */

/* The first run may leave the last batch out, so that a late worker meets a job that its run did not have. */
byte first_jobs = BATCHES;
#define JOBS(e) ((e == 1) -> first_jobs : BATCHES)
/* How often a batch has been rendered when a run is complete. */
#define VERSION(b, e) ((b >= first_jobs) -> e - 1 : e)

#define CLAIMED 1
#define DONE    2
#define RESCUED 3

/* A job's word, by part; always changed in one step. */
byte job_epoch[BATCHES];
byte job_by[BATCHES];
byte job_sequence[BATCHES];
byte job_stage[BATCHES];

/* The work word. */
byte work_epoch;
byte work_context;
bool quit;

/* A home's word: which run its jobs are of, and how many. One home is enough: others only change the order. */
byte list_epoch;
byte list_count;

/* The jobs' buffers, read before a claim. */
byte job_in[BATCHES];
byte job_out[BATCHES];
byte job_slot[BATCHES];

/* What is in the buffers, and who is at them. */
byte state_batch[STATES];
byte state_version[STATES];
byte state_readers[STATES];
bool state_written[STATES];
byte slot_batch[SLOTS];
byte slot_version[SLOTS];
bool slot_written[SLOTS];
byte context_run[CONTEXTS];
byte context_readers[CONTEXTS];
bool context_written[CONTEXTS];

byte finished[WORKERS + 1];

/* The workers are alike, so every course of things has a twin with their parts exchanged: only that in which the first
 * worker claims first is searched. */
bool first_has_claimed;
#define MAY_CLAIM (me == 1 || first_has_claimed)

/* Renders as two steps, between which anything may happen: buffers are taken, then given back complete. */
inline render_begin(c, in, out, slot) {
    assert(!context_written[c]);
    context_readers[c]++;
    assert(!state_written[in]);
    state_readers[in]++;
    assert(in != out && !state_written[out] && state_readers[out] == 0);
    state_written[out] = true;
    assert(!slot_written[slot]);
    slot_written[slot] = true
}

inline render_end(c, e, b, in, out, slot) {
    assert(context_run[c] == e);
    assert(state_batch[in] == b && state_version[in] == VERSION(b, e) - 1);
    state_batch[out] = b;
    state_version[out] = VERSION(b, e);
    slot_batch[slot] = b;
    slot_version[slot] = VERSION(b, e);
    state_written[out] = false;
    slot_written[slot] = false;
    state_readers[in]--;
    context_readers[c]--
}

#ifdef WITHOUT_EPOCHS
#define CLAIMABLE(j, e) (job_epoch[j] != e)
#else
#define CLAIMABLE(j, e) (job_epoch[j] < e)
#endif

/* What cannot be claimed any more is passed over: it will not be claimable for this run again. */
inline look_at(job) {
    j = job;
    in = job_in[j];
    out = job_out[j];
    slot = job_slot[j]
}

inline claim() {
    first_has_claimed = true;
    sequence++;
    job_epoch[j] = epoch;
    job_by[j] = me;
    job_sequence[j] = sequence;
    job_stage[j] = CLAIMED
}

/* A result counts only while the claim stands. */
inline publish() {
#ifdef WITHOUT_COMPARE
    job_epoch[j] = epoch;
    job_by[j] = me;
    job_sequence[j] = sequence;
    job_stage[j] = DONE
#else
    if
    :: job_epoch[j] == epoch && job_by[j] == me && job_sequence[j] == sequence && job_stage[j] == CLAIMED ->
        job_stage[j] = DONE
    :: else
    fi
#endif
}

proctype Worker(byte me) {
    byte epoch, context, count, sequence, j, in, out, slot;
    do
    :: d_step { work_epoch != epoch -> epoch = work_epoch; context = work_context }
        d_step {
            count = 0;
            if
#ifdef WITHOUT_LISTS
            :: count = list_count
#else
            :: list_epoch == epoch -> count = list_count
            :: else
#endif
            fi
        }
        do
        :: /* in any order: the engine's, own jobs first, is one of them */
            if
            :: d_step { MAY_CLAIM && count > 0 && CLAIMABLE(0, epoch) -> look_at(0) }
            :: d_step { MAY_CLAIM && count > 1 && CLAIMABLE(1, epoch) -> look_at(1) }
            :: d_step { MAY_CLAIM && count > 2 && CLAIMABLE(2, epoch) -> look_at(2) }
            fi;
            if
            :: d_step { CLAIMABLE(j, epoch) -> claim() }
                if
                :: d_step { true -> render_begin(context, in, out, slot) }
                :: goto end_ended
                fi;
                d_step { render_end(context, epoch, j, in, out, slot) }
                d_step { publish(); j = 0; in = 0; out = 0; slot = 0 }
                finished[me] = sequence
            :: d_step { !(CLAIMABLE(j, epoch)) -> j = 0; in = 0; out = 0; slot = 0 }
            fi
        :: break /* sees none left: with stale words it may, at any time */
        od
    :: quit -> break
    od;
end_ended:
    skip
}

/* The audio thread's own tables. */
byte current[BATCHES], next[BATCHES], slots[BATCHES];
byte spare_states[STATES], spare_state_count;
byte spare_slots[SLOTS], spare_slot_count;
bool held[WORKERS + 1];
byte held_sequence[WORKERS + 1], held_context[WORKERS + 1];
byte held_in[WORKERS + 1], held_out[WORKERS + 1], held_slot[WORKERS + 1];
byte pins[CONTEXTS];

inline release(w) {
    spare_states[spare_state_count] = held_in[w];
    spare_states[spare_state_count + 1] = held_out[w];
    spare_state_count = spare_state_count + 2;
    spare_slots[spare_slot_count] = held_slot[w];
    spare_slot_count++;
    pins[held_context[w]]--;
    held[w] = false;
    held_in[w] = 0; held_out[w] = 0; held_slot[w] = 0; held_sequence[w] = 0; held_context[w] = 0
}

inline reclaim() {
    d_step {
        w = 1;
        do
        :: w <= WORKERS ->
            if
            :: held[w] && finished[w] >= held_sequence[w] -> release(w)
            :: else
            fi;
            w++
        :: else -> break
        od;
        w = 0
    }
}

inline advance(b) {
    temporary = current[b]; current[b] = next[b]; next[b] = temporary; temporary = 0
}

inline rescue(j) {
    d_step {
        w = job_by[j];
        sequence = job_sequence[j];
        if
        :: held[w] -> release(w)
        :: else
        fi;
        assert(spare_state_count >= 2 && spare_slot_count >= 1);
        out = spare_states[spare_state_count - 1];
        slot = spare_slots[spare_slot_count - 1];
        render_begin(context, current[j], out, slot)
    }
    d_step { render_end(context, epoch, j, current[j], out, slot) }
    d_step {
        if
        :: job_stage[j] == CLAIMED ->
            job_stage[j] = RESCUED;
            spare_state_count = spare_state_count - 1;
            spare_slot_count--;
            held[w] = true;
            held_sequence[w] = sequence;
            held_context[w] = context;
            held_in[w] = current[j];
            held_out[w] = next[j];
            held_slot[w] = slots[j];
            pins[context]++;
            current[j] = out;
            slots[j] = slot;
            spare_state_count = spare_state_count - 1;
            next[j] = spare_states[spare_state_count];
#ifdef WITHOUT_QUARANTINE
            release(w);
#endif
        :: else -> advance(j)
        fi;
        w = 0; sequence = 0; out = 0; slot = 0
    }
}

proctype Audio() {
    byte epoch, context, j, w, out, slot, sequence, temporary;
    do
    :: epoch < RUNS ->
        reclaim();
        d_step { /* a context no straggler reads */
#ifndef WITHOUT_PINS
            do
            :: pins[context] > 0 -> context = (context + 1) % CONTEXTS
            :: else -> break
            od;
#endif
            epoch++;
            assert(context_readers[context] == 0);
            context_written[context] = true
        }
        d_step { /* filled; the client may write current states as well, so no one may be at them */
            context_run[context] = epoch;
            context_written[context] = false;
            j = 0;
            do
            :: j < JOBS(epoch) ->
                assert(state_readers[current[j]] == 0 && !state_written[current[j]]);
                assert(!slot_written[slots[j]]);
                job_in[j] = current[j];
                job_out[j] = next[j];
                job_slot[j] = slots[j];
                j++
            :: else -> break
            od;
            j = 0
        }
        d_step { list_epoch = epoch; list_count = JOBS(epoch) }
        d_step { work_epoch = epoch; work_context = context }
        do /* render what is free */
        :: j < JOBS(epoch) ->
            if
            :: d_step { CLAIMABLE(j, epoch) -> job_epoch[j] = epoch; job_by[j] = 0; job_sequence[j] = 0; job_stage[j] = DONE }
                d_step { render_begin(context, current[j], next[j], slots[j]) }
                d_step { render_end(context, epoch, j, current[j], next[j], slots[j]); advance(j) }
            :: else
            fi;
            j++
        :: else -> break
        od;
        j = 0;
        do /* join; being overdue is a matter of time, so it may be seen at once or never */
        :: j < JOBS(epoch) ->
            if
            :: job_by[j] == 0
            :: job_by[j] != 0 && job_stage[j] == DONE -> d_step { advance(j) }
            :: job_by[j] != 0 && job_stage[j] == CLAIMED -> rescue(j)
            fi;
            j++
        :: else -> break
        od;
        skip;
        d_step { /* complete, each exactly once */
            j = 0;
            do
            :: j < JOBS(epoch) ->
                assert(state_batch[current[j]] == j && state_version[current[j]] == VERSION(j, epoch) && !state_written[current[j]]);
                assert(slot_batch[slots[j]] == j && slot_version[slots[j]] == VERSION(j, epoch) && !slot_written[slots[j]]);
                j++
            :: else -> break
            od;
            j = 0
        }
    :: else -> break
    od;
    quit = true
}

init {
    byte i;
    d_step {
        i = 0;
        do
        :: i < BATCHES ->
            current[i] = i; next[i] = BATCHES + i; slots[i] = i; state_batch[i] = i;
            i++
        :: else -> break
        od;
        i = 2 * BATCHES;
        do
        :: i < STATES -> spare_states[spare_state_count] = i; spare_state_count++; i++
        :: else -> break
        od;
        i = BATCHES;
        do
        :: i < SLOTS -> spare_slots[spare_slot_count] = i; spare_slot_count++; i++
        :: else -> break
        od;
        i = 0
    }
    if
    :: first_jobs = BATCHES
    :: first_jobs = BATCHES - 1
    fi;
    atomic { run Audio(); run Worker(1); run Worker(2) }
}
