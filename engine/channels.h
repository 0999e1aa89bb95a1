// Names the channels of sound. It is carried as an array of them everywhere, so that what carries one sound
// carries any: lanes, slots, buses, output.
#ifndef ENGINE_CHANNELS_H
#define ENGINE_CHANNELS_H

enum { CHANNEL_LEFT, CHANNEL_RIGHT, CHANNEL_COUNT };

/// Pointers to each channel's sound from a frame on, to be handed to a function. sound: an array of
/// CHANNEL_COUNT arrays of floats, or of pointers to them.
#define CHANNELS_AT(sound, frame)                                                                            \
    ((float *const[CHANNEL_COUNT]){(sound)[CHANNEL_LEFT] + (frame), (sound)[CHANNEL_RIGHT] + (frame)})

#endif
