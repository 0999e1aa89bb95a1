/* How workers fall asleep and are woken, as engine/pool/pool_wait.c and wake_sharers do it, for Spin: the audio thread publishes three
 * runs, a waker rings on behalf of an awake worker, the main thread gives one order; a sleeper has no time-out here, so a wake-up that
 * gets lost leaves it asleep with work unseen, which is an invalid end.
 *
 * With one rule broken it must fail: -DLOOKS_BEFORE_BIT -DWAKES_BEFORE_WORK. */

#define RUNS 3

byte work, orders, bell;
bool asleep_bit; /* the worker's bit of pool->sleepers */
bool in_wait;    /* asleep in the system */

/* The system's side: sleeps only while the word is as expected, in one step with the look at it. */
inline wait_on_bell(expected) {
    atomic {
        if
        :: bell == expected -> in_wait = true
        :: else
        fi
    };
    !in_wait
}

inline ring() {
    bell++;
    in_wait = false
}

/* Only who clears the bit rings. */
inline wake() {
    if
    :: asleep_bit ->
        atomic { was_asleep = asleep_bit; asleep_bit = false }
        if
        :: was_asleep -> ring()
        :: else
        fi
    :: else
    fi
}

proctype Audio() {
    bool was_asleep;
    byte now;
    do
    :: now < RUNS ->
        now++;
#ifdef WAKES_BEFORE_WORK
        wake();
        work = now
#else
        work = now;
        wake()
#endif
    :: else -> break
    od
}

proctype Waker() {
    bool was_asleep;
    wake()
}

proctype Main() {
    orders = 1;
    ring()
}

proctype Worker() {
    byte seen, obeyed, expected;
    do
    :: work != seen -> seen = work
    :: orders != obeyed -> obeyed = orders
    :: else ->
        if
        :: seen == RUNS && obeyed == 1 -> break
        :: else
        fi;
        expected = bell;
#ifdef LOOKS_BEFORE_BIT
        if
        :: work == seen && orders == obeyed -> asleep_bit = true; wait_on_bell(expected)
        :: else
        fi;
#else
        asleep_bit = true;
        if
        :: work == seen && orders == obeyed -> wait_on_bell(expected)
        :: else
        fi;
#endif
        asleep_bit = false
    od
}

init {
    atomic { run Audio(); run Waker(); run Main(); run Worker() }
}
