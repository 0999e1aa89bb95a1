#!/bin/bash
# Builds the libraries and Criterion for mingw-w64 from Debian source packages into the cache; does nothing the second time.
# shellcheck source=tests/cross/common.sh
. "$(dirname "$0")/../common.sh"
HERE=$PROJECT/tests/cross/mingw
need_packages gcc-mingw-w64-x86-64-posix g++-mingw-w64-x86-64-posix mingw-w64-tools wine wine64 dpkg-dev meson cmake ninja-build

# once NAME COMMAND...: makes one library, unless an earlier run that broke off later did.
once() {
    local name=$1
    shift
    [ ! -e "$PREFIX/built/$name" ] || return 0
    echo "building $name for Windows"
    "$@" >"$WORK/$name.log" 2>&1 || {
        tail -n 30 "$WORK/$name.log"
        echo "$name could not be built; see $WORK/$name.log" >&2
        exit 1
    }
    mkdir -p "$PREFIX/built"
    touch "$PREFIX/built/$name"
}

# with_cmake PACKAGE SOURCE OPTION...: unpacks a source package, configures, builds and installs it into $PREFIX. SOURCE is the
# folder with the CMake file.
with_cmake() {
    local package=$1 source=$2
    shift 2
    unpack_source "$package" "$WORK/$package"
    cmake -S "$source" -B "$WORK/build-$package" -G Ninja -DBUILD_SHARED_LIBS=OFF -DCMAKE_BUILD_TYPE=Release \
        -DCMAKE_TOOLCHAIN_FILE="$PROJECT/cmake/toolchains/mingw-w64.cmake" -DPOLYCORE_MINGW_PREFIX="$PREFIX" \
        -DCMAKE_PREFIX_PATH="$PREFIX" -DCMAKE_INSTALL_PREFIX="$PREFIX" -DBUILD_TESTING=OFF "$@" &&
        cmake --build "$WORK/build-$package" -j "$JOBS" && cmake --install "$WORK/build-$package"
}

# with_configure PACKAGE OPTION...: the same for a package with a configure script.
with_configure() {
    local package=$1
    shift
    unpack_source "$package" "$WORK/$package"
    (cd "$WORK/$package" && ./configure --host=x86_64-w64-mingw32 CC=x86_64-w64-mingw32-gcc-posix --prefix="$PREFIX" \
        --enable-static --disable-shared "$@" && make -j "$JOBS" && make install)
}

criterion() {
    local tree=$WORK/criterion
    unpack_source criterion "$tree"
    for part in boxfort nanomsg nanopb; do
        unpack_source $part "$tree/subprojects/$part"
    done
    # Criterion 2.4.1 asks boxfort for the choice of a debugger, which 0.1.2 does not have yet: there is none then.
    sed -i 's|^struct bxf_debug {|#define BXF_DBG_FALLBACK 0x20\n#define BXF_DBG_ENABLE_FALLBACK(d) ((void)(d))\n#define BXF_DBG_GET_DEBUGGER(d) (d)\n\n&|' \
        "$tree/subprojects/boxfort/include/boxfort.h"
    mkdir -p "$tree/dependencies/klib" "$tree/dependencies/debugbreak"
    cp "$WORK/headers/usr/include/debugbreak.h" "$tree/dependencies/debugbreak/"
    cp "$WORK/headers/usr/include/htslib/"{khash,kroundup}.h "$HERE/criterion/"{kstring,kvec}.h "$tree/dependencies/klib/"
    (cd "$tree" && WINEDEBUG=-all WINEPREFIX="$WORK/wine" meson setup "$WORK/build-criterion" \
        --cross-file "$HERE/criterion/mingw-w64.ini" -Ddiffs=disabled -Dtheories=disabled -Di18n=disabled -Dsamples=false \
        -Dtests=false -Dcxx-support=disabled -Ddefault_library=static --buildtype=release </dev/null &&
        ninja -C "$WORK/build-criterion") || return 1
    mkdir -p "$PREFIX/bin"
    cp "$WORK/build-criterion/src/libcriterion-3.dll" "$PREFIX/bin/"
    cp "$WORK/build-criterion/src/libcriterion.dll.a" "$PREFIX/lib/"
    cp -r "$tree/include/criterion" "$PREFIX/include/"
    describe criterion 2.4.1 "-lcriterion" "-I$PREFIX/include"
}

# describe NAME VERSION LIBRARIES FLAGS [REQUIRED]: the pkg-config file of a library that installs none.
describe() {
    printf 'Name: %s\nDescription: %s\nVersion: %s\nRequires: %s\nLibs: -L%s/lib %s\nCflags: %s\n' \
        "$1" "$1" "$2" "${5:-}" "$PREFIX" "$3" "$4" >"$PREFIX/lib/pkgconfig/$1.pc"
}

# Headers that Criterion wants, from packages that need not be installed.
fetch_headers() {
    mkdir -p "$WORK/headers"
    (cd "$WORK/headers" && apt-get -q -o APT::Sandbox::User=root download debugbreak libhts-dev &&
        for package in ./*.deb; do dpkg -x "$package" .; done) >"$WORK/headers.log" 2>&1 ||
        skip "debugbreak and libhts-dev could not be downloaded; see $WORK/headers.log"
}

build() {
    PREFIX=$1
    WORK=$1-work
    mkdir -p "$WORK"
    need_sources portaudio19 portmidi hwloc libogg libvorbis flac opus libsndfile libsdl2 freetype libsdl2-ttf criterion boxfort nanomsg nanopb
    fetch_headers
    once portaudio with_cmake portaudio19 "$HERE/portaudio" -DPORTAUDIO_SOURCE="$WORK/portaudio19"
    once portmidi with_cmake portmidi "$HERE/portmidi" -DPORTMIDI_SOURCE="$WORK/portmidi"
    once hwloc with_configure hwloc --disable-plugins --disable-libxml2 --disable-io --disable-opencl --disable-cuda \
        --disable-nvml --disable-rsmi --disable-levelzero --disable-gl --disable-cairo --disable-doxygen
    # Named like this, CMake would take the DLL.
    sed -i 's/-lpthread//' "$PREFIX/lib/pkgconfig/hwloc.pc"
    once ogg with_cmake libogg "$WORK/libogg"
    once vorbis with_cmake libvorbis "$WORK/libvorbis"
    once flac with_cmake flac "$WORK/flac" -DBUILD_CXXLIBS=OFF -DBUILD_PROGRAMS=OFF -DBUILD_EXAMPLES=OFF -DBUILD_DOCS=OFF \
        -DINSTALL_MANPAGES=OFF -DWITH_FORTIFY_SOURCE=OFF -DWITH_STACK_PROTECTOR=OFF
    once opus with_configure opus CFLAGS="-O2 -D_FORTIFY_SOURCE=0" --disable-doc --disable-extra-programs --disable-stack-protector
    once sndfile with_cmake libsndfile "$WORK/libsndfile" -DCMAKE_C_FLAGS=-DFLAC__NO_DLL -DENABLE_MPEG=OFF -DBUILD_PROGRAMS=OFF -DBUILD_EXAMPLES=OFF \
        -DENABLE_CPACK=OFF -DINSTALL_MANPAGES=OFF
    once sdl2 with_cmake libsdl2 "$WORK/libsdl2" -DSDL_SHARED=OFF -DSDL_TEST=OFF -DSDL_AUDIO=OFF -DSDL_JOYSTICK=OFF \
        -DSDL_HAPTIC=OFF -DSDL_SENSOR=OFF -DSDL_HIDAPI=OFF -DSDL_OPENGL=OFF -DSDL_OPENGLES=OFF -DSDL_VULKAN=OFF \
        -DSDL_RENDER_D3D=OFF
    once freetype with_cmake freetype "$WORK/freetype" -DFT_DISABLE_ZLIB=ON -DFT_DISABLE_BZIP2=ON -DFT_DISABLE_PNG=ON \
        -DFT_DISABLE_HARFBUZZ=ON -DFT_DISABLE_BROTLI=ON
    once sdl2-ttf with_cmake libsdl2-ttf "$WORK/libsdl2-ttf" -DSDL2TTF_SAMPLES=OFF -DSDL2TTF_VENDORED=OFF
    describe SDL2_ttf 2.20.1 "-lSDL2_ttf" "-I$PREFIX/include/SDL2" "sdl2 freetype2"
    once criterion criterion
    rm -rf "$WORK"
}

cached mingw "$(key_of "$0" "$HERE"/*/*)" build
