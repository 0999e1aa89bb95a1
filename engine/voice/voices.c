// Voice allocation and stealing.
#include "engine/voice/voices.h"

#include "engine/voice/kernel.h"

#include <string.h>

size_t voices_bytes(uint32_t lane_count) {
    return lane_count * sizeof(Voice) + (lane_count + VOICES_ORDERS_SPARE) * sizeof(VoiceOrder);
}

void voices_init(Voices *voices, void *memory, uint32_t lane_count, uint32_t polyphony,
                 uint32_t note_frames) {
    memset(memory, 0, voices_bytes(lane_count));
    *voices = (Voices){
        .voice = memory,
        .lane_count = lane_count,
        .polyphony = polyphony,
        .note_frames = note_frames,
        .next_release = UINT64_MAX,
        .orders = (VoiceOrder *)(void *)((Voice *)memory + lane_count),
    };
}

RT static void order(Voices *voices, uint32_t lane, CommandKind kind) {
    voices->orders[voices->order_count++] = (VoiceOrder){(uint16_t)lane, (uint8_t)kind};
}

RT static void find_next_release(Voices *voices) {
    voices->next_release = UINT64_MAX;
    for (uint32_t lane = 0; voices->waiting && lane < voices->lanes_used; lane++) {
        const Voice *voice = &voices->voice[lane];
        if (voice->waits && voice->release_frame < voices->next_release) {
            voices->next_release = voice->release_frame;
        }
    }
}

RT static void end_wait(Voices *voices, uint32_t lane) {
    voices->waiting -= voices->voice[lane].waits;
    voices->voice[lane].waits = false;
    if (voices->waiting == 0) {
        voices->next_release = UINT64_MAX;
    }
}

RT static void fade(Voices *voices, uint32_t lane) {
    end_wait(voices, lane);
    voices->voice[lane].stage = VOICE_FADING;
    voices->playing--;
    order(voices, lane, COMMAND_FADE);
}

RT static void release_now(Voices *voices, uint32_t lane) {
    end_wait(voices, lane);
    voices->voice[lane].stage = VOICE_RELEASED;
    order(voices, lane, COMMAND_RELEASE);
}

RT static void release(Voices *voices, uint32_t lane) {
    Voice *voice = &voices->voice[lane];
    if (voices->frame < voice->release_frame) {
        voice->stage = VOICE_RELEASED;
        voice->waits = true;
        voices->waiting++;
        if (voice->release_frame < voices->next_release) {
            voices->next_release = voice->release_frame;
        }
    } else {
        release_now(voices, lane);
    }
}

RT static bool plays(const Voice *voice, uint8_t part) {
    return voice->part == part && voice->stage != VOICE_FREE && voice->stage != VOICE_FADING;
}

// The key is up: what holds the note now?
RT static void let_go(Voices *voices, uint32_t lane, bool sustain) {
    Voice *voice = &voices->voice[lane];
    if (sustain || voice->sostenuto) {
        voice->stage = VOICE_PEDALLED;
    } else {
        release(voices, lane);
    }
}

// What waits for its release has hardly been heard: as if it were held.
RT static VoiceStage rank(const Voice *voice) {
    return voice->waits ? VOICE_HELD : (VoiceStage)voice->stage;
}

// True when a gives way before b.
RT static bool weaker(const Voice *a, const Voice *b) {
    if (rank(a) != rank(b)) {
        return rank(a) > rank(b); // released, then pedalled, then held
    }
    if (a->level < b->level || b->level < a->level) {
        return a->level < b->level;
    }
    return (int32_t)(a->serial - b->serial) < 0;
}

RT static void steal_one(Voices *voices) {
    int32_t victim = LANE_NONE;
    for (uint32_t lane = 0; lane < voices->lanes_used; lane++) {
        const Voice *voice = &voices->voice[lane];
        if (voice->stage == VOICE_FREE || voice->stage == VOICE_FADING) {
            continue;
        }
        if (victim == LANE_NONE || weaker(voice, &voices->voice[victim])) {
            victim = (int32_t)lane;
        }
    }
    if (victim != LANE_NONE) {
        fade(voices, (uint32_t)victim);
        voices->stolen++;
    }
}

// Puts a lane in its place among the weakest; the strongest of them, the last, goes.
RT static uint32_t insert_weak(const Voices *voices, uint16_t *weakest, uint32_t found, uint32_t most,
                               uint32_t lane) {
    uint32_t at = found < most ? found : most - 1;
    for (; at > 0 && weaker(&voices->voice[lane], &voices->voice[weakest[at - 1]]); at--) {
        weakest[at] = weakest[at - 1];
    }
    weakest[at] = (uint16_t)lane;
    return found < most ? found + 1 : most;
}

RT void voices_shed(Voices *voices, uint32_t count) {
    uint16_t weakest[VOICES_SHED_MAX];
    uint32_t found = 0;
    uint32_t most = count < VOICES_SHED_MAX ? count : VOICES_SHED_MAX;
    for (uint32_t lane = 0; lane < voices->lanes_used && most > 0; lane++) {
        const Voice *voice = &voices->voice[lane];
        bool spared =
            voice->stage == VOICE_FREE || voice->stage == VOICE_FADING || voice->serial == voices->serial - 1;
        if (!spared && (found < most || weaker(voice, &voices->voice[weakest[most - 1]]))) {
            found = insert_weak(voices, weakest, found, most, lane);
        }
    }
    for (uint32_t i = 0; i < found; i++) {
        fade(voices, weakest[i]);
    }
    voices->shed += found;
}

RT static int32_t lowest_free(const Voices *voices) {
    for (uint32_t lane = 0; lane < voices->lanes_used; lane++) {
        if (voices->voice[lane].stage == VOICE_FREE) {
            return (int32_t)lane;
        }
    }
    return voices->lanes_used < voices->lane_count ? (int32_t)voices->lanes_used : LANE_NONE;
}

RT int32_t voices_note_on(Voices *voices, uint8_t part, uint8_t key, float velocity) {
    for (uint32_t lane = 0; lane < voices->lanes_used; lane++) {
        const Voice *voice = &voices->voice[lane];
        // Also one that waits: two tracks that double each other are not to be louder.
        if (plays(voice, part) && voice->key == key && (voice->stage != VOICE_RELEASED || voice->waits)) {
            release_now(voices, lane);
        }
    }
    int32_t lane = lowest_free(voices);
    if (lane == LANE_NONE) {
        voices->dropped++;
        return LANE_NONE;
    }
    if (voices->playing >= voices->polyphony) {
        steal_one(voices);
    }
    voices->voice[lane] = (Voice){
        .stage = VOICE_HELD,
        .part = part,
        .key = key,
        .velocity = velocity,
        .level = KERNEL_LEVEL_RISING,
        .serial = voices->serial++,
        .release_frame = voices->frame + voices->note_frames,
    };
    voices->lanes_used += (uint32_t)lane == voices->lanes_used;
    voices->playing++;
    voices->sounding++;
    order(voices, (uint32_t)lane, COMMAND_START);
    return lane;
}

RT void voices_note_off(Voices *voices, uint8_t part, uint8_t key, bool sustain) {
    for (uint32_t lane = 0; lane < voices->lanes_used; lane++) {
        const Voice *voice = &voices->voice[lane];
        if (voice->stage == VOICE_HELD && voice->part == part && voice->key == key) {
            let_go(voices, lane, sustain);
        }
    }
}

RT void voices_sustain_up(Voices *voices, uint8_t part) {
    for (uint32_t lane = 0; lane < voices->lanes_used; lane++) {
        const Voice *voice = &voices->voice[lane];
        if (voice->stage == VOICE_PEDALLED && voice->part == part && !voice->sostenuto) {
            release(voices, lane);
        }
    }
}

RT void voices_sostenuto(Voices *voices, uint8_t part, bool down, bool sustain) {
    for (uint32_t lane = 0; lane < voices->lanes_used; lane++) {
        Voice *voice = &voices->voice[lane];
        if (!plays(voice, part)) {
            continue;
        }
        if (down) {
            voice->sostenuto = voice->sostenuto || voice->stage == VOICE_HELD;
        } else {
            voice->sostenuto = false;
            if (voice->stage == VOICE_PEDALLED && !sustain) {
                release(voices, lane);
            }
        }
    }
}

RT void voices_all_notes_off(Voices *voices, uint8_t part, bool sustain) {
    for (uint32_t lane = 0; lane < voices->lanes_used; lane++) {
        if (voices->voice[lane].stage == VOICE_HELD && voices->voice[lane].part == part) {
            let_go(voices, lane, sustain);
        }
    }
}

RT void voices_all_sound_off(Voices *voices, uint8_t part) {
    for (uint32_t lane = 0; lane < voices->lanes_used; lane++) {
        if (plays(&voices->voice[lane], part)) {
            fade(voices, lane);
        }
    }
}

RT void voices_release_due(Voices *voices) {
    for (uint32_t lane = 0; lane < voices->lanes_used; lane++) {
        if (voices->voice[lane].waits && voices->voice[lane].release_frame <= voices->frame) {
            release_now(voices, lane);
        }
    }
    find_next_release(voices);
}

RT bool voices_no_order(const Voices *voices) {
    return voices->order_first == voices->order_count;
}

RT bool voices_take_order(Voices *voices, VoiceOrder *next) {
    if (voices_no_order(voices)) {
        return false;
    }
    *next = voices->orders[voices->order_first++];
    if (voices_no_order(voices)) {
        // At once, not with the next call: a chunk may be full just here, and more orders follow.
        voices->order_first = 0;
        voices->order_count = 0;
    }
    return true;
}

RT void voices_report(Voices *voices, uint32_t lane, bool alive, float level) {
    Voice *voice = &voices->voice[lane];
    if (voice->stage == VOICE_FREE) {
        return;
    }
    voice->level = level;
    if (!alive) {
        end_wait(voices, lane);
        voices->playing -= voice->stage != VOICE_FADING;
        voices->sounding--;
        voice->stage = VOICE_FREE;
        while (voices->lanes_used > 0 && voices->voice[voices->lanes_used - 1].stage == VOICE_FREE) {
            voices->lanes_used--;
        }
    }
}
