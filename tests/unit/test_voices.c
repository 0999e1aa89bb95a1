// Notes find lanes, give way in the right order, and end when their key and pedals let them.
#include "engine/voice/voices.h"

#include <criterion/criterion.h>
#include <string.h>

enum { LANES = 8, POLYPHONY = 4, PART = 2, OTHER_PART = 3, NOTE_FRAMES = 100 };

static _Alignas(16) unsigned char memory[1024];
static Voices voices;

static void power_up(void) {
    cr_assert(voices_bytes(LANES) <= sizeof memory);
    voices_init(&voices, memory, LANES, POLYPHONY, NOTE_FRAMES);
    voices.frame = 1000;
}

// Takes every order; returns how many there were of a kind for a lane.
static int take(int32_t lane, CommandKind kind) {
    int count = 0;
    VoiceOrder order;
    while (voices_take_order(&voices, &order)) {
        count += order.lane == lane && order.kind == kind;
    }
    return count;
}

static VoiceStage stage(int32_t lane) {
    return (VoiceStage)voices.voice[lane].stage;
}

// A note that may be released at any time.
static int32_t start(uint8_t key) {
    int32_t lane = voices_note_on(&voices, PART, key, 0.5f);
    cr_assert(take(lane, COMMAND_START) == 1);
    voices.frame += NOTE_FRAMES;
    return lane;
}

// One that is let go as it starts.
static int32_t tap(uint8_t key) {
    int32_t lane = voices_note_on(&voices, PART, key, 0.5f);
    cr_assert(take(lane, COMMAND_START) == 1);
    voices_note_off(&voices, PART, key, false);
    cr_assert(voices_no_order(&voices) && stage(lane) == VOICE_RELEASED);
    return lane;
}

Test(voices, take_the_lowest_free_lane, .init = power_up) {
    cr_assert(start(60) == 0);
    cr_assert(start(61) == 1);
    cr_assert(start(62) == 2);
    voices_report(&voices, 1, false, 0.0f);
    cr_assert(start(63) == 1);
    cr_assert(voices.playing == 3 && voices.sounding == 3);
}

Test(voices, use_no_more_lanes_than_sound, .init = power_up) {
    for (int note = 0; note < 3; note++) {
        start((uint8_t)(60 + note));
    }
    cr_assert(voices.lanes_used == 3);
    voices_report(&voices, 1, false, 0.0f);
    cr_assert(voices.lanes_used == 3);
    voices_report(&voices, 2, false, 0.0f);
    cr_assert(voices.lanes_used == 1);
    voices_report(&voices, 0, false, 0.0f);
    cr_assert(voices.lanes_used == 0 && voices.sounding == 0);
}

Test(voices, steal_released_then_pedalled_then_the_quietest_then_the_oldest, .init = power_up) {
    int32_t loud = start(60);
    int32_t quiet = start(61);
    int32_t pedalled = start(62);
    int32_t released = start(63);
    voices_note_off(&voices, PART, 62, true);
    voices_note_off(&voices, PART, 63, false);
    take(0, COMMAND_START);
    voices_report(&voices, (uint32_t)loud, true, 0.9f);
    voices_report(&voices, (uint32_t)quiet, true, 0.1f);
    voices_report(&voices, (uint32_t)pedalled, true, 1.0f);
    voices_report(&voices, (uint32_t)released, true, 2.0f);
    const int32_t order[] = {released, pedalled, quiet, loud};
    for (int victim = 0; victim < 4; victim++) {
        int32_t lane = voices_note_on(&voices, PART, (uint8_t)(70 + victim), 0.5f);
        cr_assert(stage(order[victim]) == VOICE_FADING, "victim %d", victim);
        cr_assert(take(order[victim], COMMAND_FADE) == 1);
        cr_assert(stage(lane) == VOICE_HELD);
    }
    cr_assert(voices.stolen == 4 && voices.playing == POLYPHONY && voices.sounding == LANES);
}

Test(voices, steal_the_oldest_of_equals, .init = power_up) {
    int32_t lanes[POLYPHONY];
    for (int note = 0; note < POLYPHONY; note++) {
        lanes[note] = start((uint8_t)(60 + note));
    }
    voices_report(&voices, (uint32_t)lanes[0], false, 0.0f);
    int32_t newest = start(70);
    cr_assert(newest == lanes[0]); // the lowest lane now has the newest note
    start(71);
    cr_assert(stage(lanes[1]) == VOICE_FADING);
    cr_assert(stage(newest) == VOICE_HELD);
}

Test(voices, drop_a_note_when_every_lane_still_fades, .init = power_up) {
    for (int note = 0; note < LANES; note++) {
        start((uint8_t)(60 + note));
    }
    cr_assert(voices_note_on(&voices, PART, 80, 0.5f) == LANE_NONE);
    cr_assert(voices.dropped == 1 && voices.playing == POLYPHONY);
    cr_assert(voices_no_order(&voices));
    voices_report(&voices, 0, false, 0.0f); // the first to be stolen has faded
    cr_assert(start(80) == 0);
}

Test(voices, release_a_key_that_is_struck_again, .init = power_up) {
    int32_t first = start(60);
    int32_t second = voices_note_on(&voices, PART, 60, 0.5f);
    cr_assert(take(first, COMMAND_RELEASE) == 1);
    cr_assert(second != first);
    cr_assert(stage(first) == VOICE_RELEASED && stage(second) == VOICE_HELD);
    voices_note_on(&voices, OTHER_PART, 60, 0.5f);
    cr_assert(stage(second) == VOICE_HELD, "another part's key is another key");
}

Test(voices, a_key_that_comes_up_too_soon_is_released_later, .init = power_up) {
    cr_assert(voices.next_release == UINT64_MAX);
    uint64_t first_frame = voices.frame;
    int32_t first = tap(60);
    voices.frame += NOTE_FRAMES / 2;
    int32_t second = tap(61);
    cr_assert(voices.next_release == first_frame + NOTE_FRAMES);
    voices_release_due(&voices);
    cr_assert(voices_no_order(&voices));
    voices.frame = first_frame + NOTE_FRAMES;
    voices_release_due(&voices);
    cr_assert(take(first, COMMAND_RELEASE) == 1);
    cr_assert(voices.next_release == first_frame + NOTE_FRAMES / 2 + NOTE_FRAMES);
    voices.frame += NOTE_FRAMES;
    voices_release_due(&voices);
    cr_assert(take(second, COMMAND_RELEASE) == 1);
    cr_assert(voices.next_release == UINT64_MAX && voices.waiting == 0);
}

Test(voices, what_waits_for_its_release_ends_with_whatever_ends_it_sooner, .init = power_up) {
    int32_t first = tap(60);
    voices_note_on(&voices, PART, 60, 0.5f);
    cr_assert(take(first, COMMAND_RELEASE) == 1, "its key was struck anew");
    cr_assert(voices.waiting == 0);
    int32_t second = tap(61);
    voices_all_sound_off(&voices, PART);
    cr_assert(take(second, COMMAND_FADE) == 1);
    cr_assert(voices.waiting == 0);
    int32_t third = tap(62);
    voices_report(&voices, (uint32_t)third, false, 0.0f);
    cr_assert(voices.waiting == 0 && voices.next_release == UINT64_MAX);
}

Test(voices, what_waits_for_its_release_does_not_give_way_before_held_notes, .init = power_up) {
    int32_t held = start(60);
    voices_report(&voices, (uint32_t)held, true, 0.5f);
    int32_t tapped = tap(61);
    for (uint8_t key = 62; key < 60 + POLYPHONY; key++) {
        start(key);
    }
    voices_note_on(&voices, PART, 70, 0.5f);
    cr_assert(stage(held) == VOICE_FADING);
    cr_assert(stage(tapped) == VOICE_RELEASED && voices.waiting == 1);
}

Test(voices, the_sustain_pedal_holds_until_it_comes_up, .init = power_up) {
    int32_t lane = start(60);
    voices_note_off(&voices, PART, 60, true);
    cr_assert(stage(lane) == VOICE_PEDALLED);
    cr_assert(voices_no_order(&voices));
    int32_t held = start(61);
    voices_sustain_up(&voices, OTHER_PART);
    cr_assert(stage(lane) == VOICE_PEDALLED);
    voices_sustain_up(&voices, PART);
    cr_assert(stage(lane) == VOICE_RELEASED && stage(held) == VOICE_HELD);
    cr_assert(take(lane, COMMAND_RELEASE) == 1);
}

Test(voices, sostenuto_holds_only_keys_that_were_down, .init = power_up) {
    int32_t caught = start(60);
    int32_t sustained = start(61);
    voices_note_off(&voices, PART, 61, true);
    voices_sostenuto(&voices, PART, true, true);
    int32_t later = start(62);
    voices_note_off(&voices, PART, 60, false);
    voices_note_off(&voices, PART, 62, false);
    cr_assert(stage(caught) == VOICE_PEDALLED && stage(later) == VOICE_RELEASED);
    voices_sustain_up(&voices, PART);
    cr_assert(stage(sustained) == VOICE_RELEASED && stage(caught) == VOICE_PEDALLED);
    voices_sostenuto(&voices, PART, false, false);
    cr_assert(stage(caught) == VOICE_RELEASED);
}

Test(voices, a_note_of_both_pedals_ends_with_the_last, .init = power_up) {
    int32_t lane = start(60);
    voices_sostenuto(&voices, PART, true, true);
    voices_note_off(&voices, PART, 60, true);
    voices_sostenuto(&voices, PART, false, true);
    cr_assert(stage(lane) == VOICE_PEDALLED);
    voices_sustain_up(&voices, PART);
    cr_assert(stage(lane) == VOICE_RELEASED);
}

Test(voices, all_notes_off_heeds_pedals_and_all_sound_off_does_not, .init = power_up) {
    int32_t lane = start(60);
    voices_all_notes_off(&voices, PART, true);
    cr_assert(stage(lane) == VOICE_PEDALLED);
    int32_t other = voices_note_on(&voices, OTHER_PART, 61, 0.5f);
    take(other, COMMAND_START);
    voices_all_sound_off(&voices, PART);
    cr_assert(stage(lane) == VOICE_FADING && stage(other) == VOICE_HELD);
    cr_assert(take(lane, COMMAND_FADE) == 1);
    cr_assert(voices.playing == 1 && voices.sounding == 2);
    voices_report(&voices, (uint32_t)lane, false, 0.0f);
    cr_assert(voices.playing == 1 && voices.sounding == 1);
}

Test(voices, orders_keep_their_order_and_their_memory, .init = power_up) {
    // Taken to the last each time, as a block does that is full just there.
    VoiceOrder order;
    for (int round = 0; round < 100; round++) {
        int32_t lane = voices_note_on(&voices, PART, 60, 0.5f);
        cr_assert(lane != LANE_NONE);
        while (!voices_no_order(&voices)) {
            cr_assert(voices_take_order(&voices, &order));
        }
        cr_assert(order.lane == lane && order.kind == COMMAND_START);
        cr_assert(voices.order_count <= LANES + VOICES_ORDERS_SPARE);
        voices_report(&voices, (uint32_t)lane, false, 0.0f);
    }
    cr_assert(!voices_take_order(&voices, &order));
}

Test(voices, shed_the_weakest_but_never_the_newest, .init = power_up) {
    int32_t held = start(60);
    int32_t released = start(61);
    int32_t newest = start(62);
    voices_note_off(&voices, PART, 61, false);
    voices_note_off(&voices, PART, 62, false);
    take(released, COMMAND_RELEASE);
    voices_shed(&voices, 1);
    cr_assert(take(released, COMMAND_FADE) == 1 && stage(released) == VOICE_FADING);
    voices_shed(&voices, 100);
    cr_assert(take(held, COMMAND_FADE) == 1 && stage(held) == VOICE_FADING);
    cr_assert(stage(newest) == VOICE_RELEASED);
    cr_assert(voices.shed == 2 && voices.stolen == 0 && voices.playing == 1);
}
