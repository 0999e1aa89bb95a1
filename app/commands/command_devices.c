// Lists what the machine has: audio outputs, MIDI inputs, cores.
#include "app/commands/commands.h"

#include "app/json_text.h"
#include "app/live/audio_list.h"
#include "app/live/midi_list.h"
#include "app/setup.h"
#include "engine/voice/kernels.h"
#include "platform/cpu.h"
#include "platform/topology.h"

#include <string.h>

static void print_outputs(const AudioList *list) {
    printf("Audio outputs (--device takes the number or the name, --audio-api what stands before them)\n");
    for (int32_t api = 0; api < list->api_count; api++) {
        printf("  %s\n", list->apis[api].name);
        bool any = false;
        for (int32_t i = 0; i < list->device_count; i++) {
            const AudioDevice *device = &list->devices[i];
            if (device->api == api) {
                any = true;
                printf("   %c%3d  %s (%u channels, %u Hz, %.1f ms)\n", i == list->default_device ? '*' : ' ',
                       device->number, device->name, device->channels, device->rate_hz,
                       device->latency_seconds * 1000);
            }
        }
        if (!any) {
            printf("        none\n");
        }
    }
    printf("  %s\n        a silent output that keeps time\n", AUDIO_API_NULL);
}

static void print_inputs(const MidiList *list) {
    printf("MIDI inputs (--midi takes the number or the name)\n");
    for (uint32_t i = 0; i < list->count; i++) {
        printf("    %3d  %s (%s)\n", list->inputs[i].number, list->inputs[i].name, list->inputs[i].api);
    }
    if (list->count == 0) {
        printf("        none\n");
    }
}

static void print_cores(const Topology *topology) {
    printf("Cores\n    %s: %d cores, %d hardware threads, %d last-level caches, %d NUMA nodes\n", cpu_name(),
           topology->core_count, topology->cpu_count, topology->cache_count, topology->numa_count);
    printf("    instruction sets:");
    for (int kind = 0; kind < SIMD_KIND_COUNT; kind++) {
        if (simd_kind_available((SimdKind)kind)) {
            printf(" %s%s", SIMD_KIND_NAMES[kind], (SimdKind)kind == simd_kind_best() ? "*" : "");
        }
    }
    printf("\n\n* is what plays when nothing else is asked for.\n");
}

static void print_json(const AudioList *outputs, const MidiList *inputs, const Topology *topology) {
    printf("{\n  \"outputs\": [");
    for (int32_t i = 0; i < outputs->device_count; i++) {
        const AudioDevice *device = &outputs->devices[i];
        printf("%s\n    {\"number\": %d, \"name\": ", i ? "," : "", device->number);
        json_print_text(stdout, device->name);
        printf(", \"api\": ");
        json_print_text(stdout, outputs->apis[device->api].name);
        printf(", \"channels\": %u, \"rate_hz\": %u, \"latency_seconds\": %.6f, \"default\": %s}",
               device->channels, device->rate_hz, device->latency_seconds,
               i == outputs->default_device ? "true" : "false");
    }
    printf("\n  ],\n  \"midi_inputs\": [");
    for (uint32_t i = 0; i < inputs->count; i++) {
        printf("%s\n    {\"number\": %d, \"name\": ", i ? "," : "", inputs->inputs[i].number);
        json_print_text(stdout, inputs->inputs[i].name);
        printf(", \"api\": ");
        json_print_text(stdout, inputs->inputs[i].api);
        printf("}");
    }
    printf("\n  ],\n  \"cpu\": {\"name\": ");
    json_print_text(stdout, cpu_name());
    printf(", \"cores\": %d, \"threads\": %d, \"caches\": %d, \"numa_nodes\": %d, \"simd\": [",
           topology->core_count, topology->cpu_count, topology->cache_count, topology->numa_count);
    const char *comma = "";
    for (int kind = 0; kind < SIMD_KIND_COUNT; kind++) {
        if (simd_kind_available((SimdKind)kind)) {
            printf("%s\"%s\"", comma, SIMD_KIND_NAMES[kind]);
            comma = ", ";
        }
    }
    printf("]}\n}\n");
}

int command_devices(const Options *options, uint64_t start_ns) {
    (void)start_ns;
    Error error;
    AudioList none = {.default_device = AUDIO_NONE};
    MidiList inputs = {0};
    // A part of the machine that does not answer is told, and the rest is listed all the same.
    bool audio = audio_system_start(options->driver_messages, &error);
    AudioList *outputs = audio ? audio_list_create(&error) : NULL;
    if (!outputs) {
        setup_complain(error.text);
    }
    bool midi = midi_system_start(options->driver_messages, &error);
    if (midi) {
        midi_list_fill(&inputs);
    } else {
        setup_complain(error.text);
    }
    Topology *topology = topology_create(&error);
    if (!topology) {
        setup_complain(error.text);
    } else if (options->json) {
        print_json(outputs ? outputs : &none, &inputs, topology);
    } else {
        print_outputs(outputs ? outputs : &none);
        print_inputs(&inputs);
        print_cores(topology);
    }
    bool done = outputs && midi && topology;
    topology_destroy(topology);
    audio_list_destroy(outputs);
    if (midi) {
        midi_system_stop();
    }
    if (audio) {
        audio_system_stop();
    }
    return done ? EXIT_DONE : EXIT_FAILED;
}
