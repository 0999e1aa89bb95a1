# Knows what Polycore needs from the system and what each package manager calls it. Sourced by ./play and ./check.
# Bash 3.2 (macOS) is enough. A need is looked for first; the package manager is called only for what is missing.
# shellcheck shell=bash

# What a user runs to play (play), what the tests need (check), and what single parts of ./check need (extra: a part whose
# tools cannot be had is skipped and named). Probes: cmd:A,B is a command of one of these names; pc:NAME a pkg-config module;
# file:A,B a file under the system's prefix. A dash: nothing to install there. A leading @: with MSYS2's MINGW prefix.
package_table() {
    cat <<'END'
#group  probe                                apt                    dnf                            pacman               brew          msys2
play    cmd:cc,gcc,clang                     gcc                    gcc                            gcc                  -             @gcc
play    file:include/stdio.h                 libc6-dev              glibc-devel                    glibc                -             -
play    cmd:cmake                            cmake                  cmake                          cmake                cmake         @cmake
play    cmd:ninja,ninja-build                ninja-build            ninja-build                    ninja                ninja         @ninja
play    cmd:pkg-config                       pkgconf                pkgconf-pkg-config             pkgconf              pkgconf       @pkgconf
play    pc:portaudio-2.0                     portaudio19-dev        pkgconfig(portaudio-2.0)       portaudio            portaudio     @portaudio
play    file:include/portmidi.h              libportmidi-dev        portmidi-devel                 portmidi             portmidi      @portmidi
play    pc:sdl2                              libsdl2-dev            pkgconfig(sdl2)                sdl2-compat          sdl2          @SDL2
play    pc:SDL2_ttf                          libsdl2-ttf-dev        pkgconfig(SDL2_ttf)            sdl2_ttf             sdl2_ttf      @SDL2_ttf
play    pc:sndfile                           libsndfile1-dev        pkgconfig(sndfile)             libsndfile           libsndfile    @libsndfile
play    pc:hwloc                             libhwloc-dev           pkgconfig(hwloc)               hwloc                hwloc         @hwloc
play    pc:dbus-1                            libdbus-1-dev          pkgconfig(dbus-1)              dbus                 -             -
play    file:share/fonts/truetype/dejavu/DejaVuSans.ttf,share/fonts/dejavu-sans-fonts/DejaVuSans.ttf,share/fonts/TTF/DejaVuSans.ttf fonts-dejavu-core dejavu-sans-fonts ttf-dejavu - -
check   pc:criterion                         libcriterion-dev       -                              criterion            criterion     -
extra   cmd:clang                            clang                  clang                          clang                -             @clang
extra   cmd:clang-format-19,clang-format         clang-format-19        clang-tools-extra              clang                clang-format  @clang-tools-extra
extra   cmd:clang-tidy                       clang-tidy             clang-tools-extra              clang                -             @clang-tools-extra
extra   cmd:clang-22,clang-21,clang-20       clang-22               -                              -                    -             -
extra   file:lib/llvm-22/lib/clang/22/lib/linux libclang-rt-22-dev  compiler-rt                    compiler-rt          -             -
extra   file:lib64/libasan.so.8              -                      libasan                        -                    -             -
extra   file:lib64/libtsan.so.2              -                      libtsan                        -                    -             -
extra   file:lib64/libubsan.so.1             -                      libubsan                       -                    -             -
extra   cmd:ccache                           ccache                 ccache                         ccache               ccache        @ccache
extra   cmd:shellcheck                       shellcheck             ShellCheck                     shellcheck           shellcheck    -
extra   cmd:spin                             spin                   -                              -                    spin          -
extra   cmd:jackd                            jackd2                 jack-audio-connection-kit      jack2                jack          -
extra   cmd:jack_wait                        jack-example-tools     jack-example-tools             jack-example-tools   -             -
extra   cmd:jack_rec                         jack-example-tools     jack-examples                  jack-example-tools   -             -
extra   cmd:Xvfb                             xvfb                   xorg-x11-server-Xvfb           xorg-server-xvfb     -             -
extra   cmd:xdotool                          xdotool                xdotool                        xdotool              -             -
extra   cmd:weston                           weston                 weston                         weston               -             -
extra   cmd:import,magick                    imagemagick            ImageMagick                    imagemagick          imagemagick   -
extra   cmd:python3                          python3-minimal        python3                        python               python3       @python
extra   cmd:qemu-x86_64                      qemu-user              qemu-user                      qemu-user            -             -
extra   cmd:sox                              sox                    sox                            sox                  sox           -
extra   cmd:desktop-file-validate            desktop-file-utils     desktop-file-utils             desktop-file-utils   -             -
extra   cmd:appstreamcli                     appstream              appstream                      appstream            -             -
extra   cmd:dbus-send                        dbus-bin               dbus-tools                     dbus                 -             -
extra   cmd:dbus-daemon                      dbus-daemon            dbus-daemon                    dbus                 -             -
extra   file:libexec/rtkit-daemon,lib/rtkit-daemon rtkit            rtkit                          rtkit                -             -
END
}

# The package manager of this machine: apt, dnf, pacman, brew or msys2; nothing when it is none of these.
package_system() {
    case $(uname -s) in
    Darwin) echo brew ;;
    MINGW* | MSYS* | CYGWIN*) echo msys2 ;;
    *)
        local tool
        for tool in apt-get dnf pacman; do
            command -v "$tool" >/dev/null 2>&1 && { echo "${tool%-get}"; return; }
        done
        ;;
    esac
}

# Where file: probes look.
package_prefixes() {
    case $1 in
    brew) printf '%s\n' "${HOMEBREW_PREFIX:-/opt/homebrew}" /usr/local /usr "$(xcrun --show-sdk-path 2>/dev/null)/usr" ;;
    msys2) printf '%s\n' "${MINGW_PREFIX:-/ucrt64}" /usr ;;
    *) printf '%s\n' /usr /usr/local ;;
    esac
}

# True when what PROBE ($1) names is on this machine of system $2.
package_present() {
    local kind=${1%%:*} names=${1#*:} name prefix IFS=,
    for name in $names; do
        case $kind in
        cmd) command -v "$name" >/dev/null 2>&1 && return 0 ;;
        pc) command -v pkg-config >/dev/null 2>&1 && pkg-config --exists "$name" && return 0 ;;
        file)
            while read -r prefix; do
                [ -e "$prefix/$name" ] && return 0
            done <<END
$(package_prefixes "$2")
END
            ;;
        esac
    done
    return 1
}

# The packages of GROUPS ($2, words) on SYSTEM ($1), one a line; with "missing" as $3 only those whose probe fails here.
# shellcheck disable=SC2034 # the column is chosen by name
package_names() {
    local group probe apt dnf pacman brew msys2 name
    package_table | while read -r group probe apt dnf pacman brew msys2; do
        case " $2 " in *" $group "*) ;; *) continue ;; esac
        name=${!1}
        [ "$name" = - ] && continue
        [ "${3:-}" = missing ] && package_present "$probe" "$1" && continue
        case $name in @*) name=${MINGW_PACKAGE_PREFIX:-mingw-w64-ucrt-x86_64}-${name#@} ;; esac
        echo "$name"
    done | sort -u
}

# The command that installs packages on SYSTEM, as a person would type it.
package_command() {
    case $1 in
    apt) echo "apt-get install -y --no-install-recommends" ;;
    dnf) echo "dnf install -y" ;;
    pacman) echo "pacman -S --needed --noconfirm" ;;
    brew) echo "brew install" ;;
    msys2) echo "pacman -S --needed --noconfirm" ;;
    esac
}

# Prints the install command of SYSTEM for every group; nothing is run.
package_print() {
    local system=$1
    case $system in
    debian | ubuntu) system=apt ;;
    fedora) system=dnf ;;
    arch) system=pacman ;;
    macos) system=brew ;;
    esac
    if [ -z "$(package_command "$system")" ]; then
        echo "unknown system \"$1\": use debian, ubuntu, fedora, arch, macos or msys2" >&2
        return 2
    fi
    local group
    for group in play check extra; do
        echo "$group: $(package_command "$system") $(package_quoted "$(package_names "$system" "$group")")"
    done
}

# Names on one line; those with parentheses quoted for a shell.
package_quoted() {
    # shellcheck disable=SC2001 # a pattern with a back reference
    echo "$1" | sed "s/.*(.*/'&'/" | tr '\n' ' ' | sed 's/ $//'
}

# Runs a command as root: directly, or through sudo, which may ask on a terminal but never where there is none.
package_as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

package_may_install() {
    case $1 in
    brew) command -v brew >/dev/null 2>&1 ;;
    msys2) true ;;
    *) [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null 2>&1 && { [ -t 0 ] || sudo -n true 2>/dev/null; }; } ;;
    esac
}

# package_try SYSTEM PACKAGE...: one call of the package manager.
package_try() {
    local system=$1
    shift
    case $system in
    apt) package_as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@" ;;
    dnf) package_as_root dnf install -y "$@" ;;
    pacman) package_as_root pacman -S --needed --noconfirm "$@" ;;
    brew) brew install "$@" ;;
    msys2) pacman -S --needed --noconfirm "$@" ;;
    esac </dev/null
}

# Renews the lists of packages, which are absent on a fresh system and may name files that are gone.
package_renew() {
    case $1 in
    apt) package_as_root apt-get -o DPkg::Lock::Timeout=300 update ;;
    pacman) package_as_root pacman -Sy --noconfirm ;;
    msys2) pacman -Sy --noconfirm ;;
    esac </dev/null
}

# False when the lists of packages know no such one.
package_offered() {
    [ "$1" != apt ] || apt-cache show "$2" >/dev/null 2>&1
}

# package_install SYSTEM LOG PACKAGE...: installs all, renewing the lists only when that fails at first.
package_install() {
    local system=$1 log=$2
    shift 2
    package_try "$system" "$@" >"$log" 2>&1 || { package_renew "$system" && package_try "$system" "$@"; } >>"$log" 2>&1
}

# package_require GROUPS CACHE: installs what is missing, all of it; false, having said what to do, when that cannot be.
package_require() {
    local groups=$1 cache=$2 system missing
    system=$(package_system)
    missing=$(package_names "${system:-apt}" "$groups" missing)
    if [ "$system" = brew ] && ! command -v cc >/dev/null 2>&1; then
        echo "no C compiler: run xcode-select --install first" >&2
        return 1
    fi
    [ -n "$missing" ] || return 0
    if [ -z "$system" ]; then
        echo "no package manager known here (apt, dnf, pacman, brew, MSYS2); install what Debian calls: $(package_quoted "$missing")" >&2
        return 1
    fi
    if [ "$system" = msys2 ] && [ -z "${MINGW_PREFIX:-}" ]; then
        echo "this is the plain MSYS shell: open the UCRT64 shell and run the command again" >&2
        return 1
    fi
    if ! package_may_install "$system"; then
        echo "missing packages, and no right to install them here; have an administrator run:" >&2
        echo "    $(package_command "$system") $(package_quoted "$missing")" >&2
        return 1
    fi
    echo "Installing: $(package_quoted "$missing")"
    mkdir -p "$cache"
    # shellcheck disable=SC2086 # one word each
    if ! package_install "$system" "$cache/packages.log" $missing; then
        tail -n 15 "$cache/packages.log" >&2
        echo "the packages could not be installed; the whole log is $cache/packages.log" >&2
        return 1
    fi
}

# package_want GROUPS CACHE: installs what can be had, one by one when all together fails. What was refused is remembered, so
# that the next run asks for nothing; remove the file to have it tried again.
package_want() {
    local groups=$1 cache=$2 system name wanted=""
    system=$(package_system)
    [ -n "$system" ] && package_may_install "$system" || return 0
    mkdir -p "$cache"
    touch "$cache/packages-refused"
    for name in $(package_names "$system" "$groups" missing); do
        grep -qxF "$name" "$cache/packages-refused" && continue
        package_offered "$system" "$name" && wanted="$wanted $name"
    done
    [ -n "$wanted" ] || return 0
    echo "Installing:$wanted"
    # shellcheck disable=SC2086 # one word each
    if ! package_install "$system" "$cache/packages.log" $wanted; then
        for name in $wanted; do
            package_try "$system" "$name" >>"$cache/packages.log" 2>&1 || echo "  not to be had here: $name"
        done
    fi
    package_names "$system" "$groups" missing >"$cache/packages-refused"
}
