# Checks that the rooms of the house stand on each other in one direction: who includes whom, and no circles. Sourced by ./check, run at the
# project's root after scripts/sources.sh.
# shellcheck shell=bash

# What the window knows of the engine.
ENGINE_FOR_WINDOW='channels|event|figures|midi/midi_names|patch/params|patch/patch'
# The standard headers that the engine may include: no system, file or terminal.
ENGINE_STANDARD='stdint|stdbool|stddef|stdatomic|stdlib|string|float|limits|stdalign|assert|immintrin|xmmintrin|emmintrin|arm_neon'

check_layers() {
    local status=0
    layer_allows platform '"platform/' '<' || status=1
    layer_allows engine '"(engine|platform)/' "<($ENGINE_STANDARD)\.h>" || status=1
    layer_allows engine/pool '"(engine/pool|platform)/' '<' || status=1
    layer_forbids "engine/midi engine/patch engine/voice engine/mix" '"engine/engine' || status=1
    layer_allows ui "\"(ui/|platform/|engine/($ENGINE_FOR_WINDOW)\.h)" '<' || status=1
    layer_allows app '"(app|ui|engine|platform)/' '<' || status=1
    layer_allows app/window '"(app/|ui/(host|window)\.h|engine/|platform/)' '<' || status=1
    # The window is opened by two rooms of the program; the others do without.
    layer_forbids app '"(app/window|ui)/' 'app/(window/.*|commands/command_live\.c|bench/bench_window\.c)' || status=1
    echo "circles of includes:"
    include_needs app engine ui platform | awk -f scripts/circles.awk || status=1
    return $status
}

# includes FOLDER...: FILE:LINE:TEXT of each #include there.
includes() {
    our_sources '*.[ch]' "$@" | tr '\n' '\0' | xargs -0 grep -nE '^[[:space:]]*#[[:space:]]*include' /dev/null
}

# layer_allows FOLDER QUOTED ANGLED: false, with the lines, when an #include there matches neither.
layer_allows() {
    local found
    found=$(includes "$1" | grep -vE "include[[:space:]]+($2|$3)")
    [ -z "$found" ] || { echo "$1/ may not include:"; echo "$found"; return 1; }
}

# layer_forbids FOLDERS PATTERN [FILES]: false, with the lines, when an #include there matches, but for those of FILES.
layer_forbids() {
    local found
    # shellcheck disable=SC2086 # folders are words
    found=$(includes $1 | grep -E "include[[:space:]]+$2" | grep -vE "^(${3:-}):")
    [ -z "$found" ] || { echo "$1 may not include:"; echo "$found"; return 1; }
}

# include_needs FOLDER...: ROOM ROOM WHY for each #include, as circles.awk wants it. A room is a .c file with the header of its name. A header
# without a .c that carries on a room's name and includes its header (engine_state.h: engine.h) is of that room.
include_needs() {
    includes "$@" | awk -F '"' '
        function stem(path) { sub(/\.[ch]$/, "", path); return path }
        NF >= 3 {
            from[++n] = $1; to[n] = $2
            sub(/:.*/, "", from[n])
            here[from[n]] = 1
        }
        END {
            for (i = 1; i <= n; i++)
                if (from[i] ~ /\.h$/ && !((stem(from[i]) ".c") in here) && (stem(to[i]) ".c") in here && index(from[i], stem(to[i]) "_") == 1)
                    room[stem(from[i])] = stem(to[i])
            for (i = 1; i <= n; i++) {
                a = stem(from[i]); b = stem(to[i])
                print (a in room ? room[a] : a), (b in room ? room[b] : b), from[i], "includes", to[i]
            }
        }'
}

# check_calls BUILD: no file needs, by what it calls or names, one that needs it. Of a file compiled several times (the kernel) all are one.
check_calls() {
    (set -o pipefail && call_needs "$1" app engine ui | awk -f scripts/circles.awk)
}

# call_needs BUILD FOLDER...: FILE FILE WHY for each symbol that one object file of that build defines and another uses, as circles.awk wants it.
# What a folder of objects holds from earlier builds does not count.
call_needs() {
    local build=$1 folders
    shift
    folders=$(echo "$*" | tr ' ' '|')
    sed -nE 's/.* -o ([^ ]+\.o(bj)?) -c .*/\1/p' "$build/compile_commands.json" | grep -E "^($folders)/" | (cd "$build" && xargs nm -gA) | awk '
        match($0, /\.c\.o(bj)?:/) {
            file = substr($0, 1, RSTART + 1)
            sub(/CMakeFiles\/[^\/]*\.dir\//, "", file)
            if ($(NF - 1) ~ /^[Uvw]$/) { user[++n] = file; used[n] = $NF }
            else maker[$NF] = file
        }
        END {
            for (i = 1; i <= n; i++)
                if (used[i] in maker)
                    print user[i], maker[used[i]], user[i], "uses", used[i], "of", maker[used[i]]
        }'
}
