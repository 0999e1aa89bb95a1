// Figures as relaxed atomics: each is right by itself, and the newest is soon enough.
#include "engine/meter.h"

#include <stdbool.h>
#include <string.h>

RT static void add_one(_Atomic uint64_t *count) {
    // One writer: no read-modify-write needed.
    atomic_store_explicit(count, atomic_load_explicit(count, memory_order_relaxed) + 1, memory_order_relaxed);
}

RT static void raise_peak(_Atomic uint32_t *peak, float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    if (bits > atomic_load_explicit(peak, memory_order_relaxed)) {
        atomic_store_explicit(peak, bits, memory_order_relaxed);
    }
}

RT void meter_block(Meter *meter, const MeterBlock *block) {
    atomic_store_explicit(&meter->frame, block->frame, memory_order_relaxed);
    atomic_store_explicit(&meter->block_ns, block->took_ns, memory_order_relaxed);
    atomic_store_explicit(&meter->deadline_ns, block->had_ns, memory_order_relaxed);
    atomic_store_explicit(&meter->voices, block->voices, memory_order_relaxed);
    atomic_store_explicit(&meter->stolen, block->stolen, memory_order_relaxed);
    atomic_store_explicit(&meter->dropped, block->dropped, memory_order_relaxed);
    atomic_store_explicit(&meter->shed, block->shed, memory_order_relaxed);
    atomic_store_explicit(&meter->lowered, block->lowered, memory_order_relaxed);
    add_one(&meter->blocks);
    if (block->took_ns > atomic_load_explicit(&meter->worst_block_ns, memory_order_relaxed)) {
        atomic_store_explicit(&meter->worst_block_ns, block->took_ns, memory_order_relaxed);
    }
    if (block->had_ns) {
        uint64_t bin = block->took_ns * 16 / block->had_ns;
        add_one(&meter->histogram[bin < FIGURES_HISTOGRAM_BINS ? bin : FIGURES_HISTOGRAM_BINS - 1]);
    }
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        raise_peak(&meter->peak[channel], block->peak[channel]);
    }
}

RT void meter_xrun(Meter *meter, const XrunEntry *entry) {
    uint64_t number = atomic_load_explicit(&meter->xruns, memory_order_relaxed);
    MeterEntry *place = &meter->ledger[number % XRUN_LEDGER_ENTRIES];
    const uint64_t words[METER_ENTRY_WORDS] = {
        entry->time_ns,
        entry->frame,
        entry->block_ns,
        entry->deadline_ns,
        (uint64_t)(uint32_t)entry->slowest_cpu << 32 | (uint64_t)entry->cause,
        (uint64_t)entry->voices << 32 | entry->slowest_worker,
    };
    uint32_t sequence = atomic_load_explicit(&place->sequence, memory_order_relaxed);
    atomic_store_explicit(&place->sequence, sequence + 1, memory_order_relaxed);
    for (int word = 0; word < METER_ENTRY_WORDS; word++) {
        // Release: whoever sees a new word also sees the odd sequence before it.
        atomic_store_explicit(&place->words[word], words[word], memory_order_release);
    }
    // Release: whoever sees the even sequence sees every word.
    atomic_store_explicit(&place->sequence, sequence + 2, memory_order_release);
    atomic_store_explicit(&meter->xruns, number + 1, memory_order_release);
}

static bool read_entry(MeterEntry *place, XrunEntry *entry) {
    uint32_t before = atomic_load_explicit(&place->sequence, memory_order_acquire);
    uint64_t words[METER_ENTRY_WORDS];
    for (int word = 0; word < METER_ENTRY_WORDS; word++) {
        words[word] = atomic_load_explicit(&place->words[word], memory_order_acquire);
    }
    if ((before & 1u) || before != atomic_load_explicit(&place->sequence, memory_order_relaxed)) {
        return false;
    }
    *entry = (XrunEntry){
        .time_ns = words[0],
        .frame = words[1],
        .block_ns = words[2],
        .deadline_ns = words[3],
        .cause = (XrunCause)(uint32_t)words[4],
        .voices = (uint32_t)(words[5] >> 32),
        .slowest_worker = (uint32_t)words[5],
        .slowest_cpu = (int32_t)(uint32_t)(words[4] >> 32),
    };
    return true;
}

static float take_peak(_Atomic uint32_t *peak) {
    uint32_t bits = atomic_exchange_explicit(peak, 0, memory_order_relaxed);
    float value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

void meter_read(Meter *meter, EngineFigures *figures) {
    figures->frame = atomic_load_explicit(&meter->frame, memory_order_relaxed);
    figures->blocks = atomic_load_explicit(&meter->blocks, memory_order_relaxed);
    figures->block_ns = atomic_load_explicit(&meter->block_ns, memory_order_relaxed);
    figures->worst_block_ns = atomic_load_explicit(&meter->worst_block_ns, memory_order_relaxed);
    figures->deadline_ns = atomic_load_explicit(&meter->deadline_ns, memory_order_relaxed);
    for (int bin = 0; bin < FIGURES_HISTOGRAM_BINS; bin++) {
        figures->histogram[bin] = atomic_load_explicit(&meter->histogram[bin], memory_order_relaxed);
    }
    figures->voices = atomic_load_explicit(&meter->voices, memory_order_relaxed);
    figures->stolen = atomic_load_explicit(&meter->stolen, memory_order_relaxed);
    figures->dropped = atomic_load_explicit(&meter->dropped, memory_order_relaxed);
    figures->shed = atomic_load_explicit(&meter->shed, memory_order_relaxed);
    figures->lowered = atomic_load_explicit(&meter->lowered, memory_order_relaxed);
    for (int channel = 0; channel < CHANNEL_COUNT; channel++) {
        figures->peak[channel] = take_peak(&meter->peak[channel]);
    }
    figures->xruns = atomic_load_explicit(&meter->xruns, memory_order_acquire);
    uint64_t first = figures->xruns > XRUN_LEDGER_ENTRIES ? figures->xruns - XRUN_LEDGER_ENTRIES : 0;
    figures->xrun_entries = 0;
    for (uint64_t number = first; number < figures->xruns; number++) {
        figures->xrun_entries +=
            read_entry(&meter->ledger[number % XRUN_LEDGER_ENTRIES], &figures->ledger[figures->xrun_entries]);
    }
}
