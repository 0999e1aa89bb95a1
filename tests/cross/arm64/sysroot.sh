#!/bin/bash
# Unpacks arm64 Debian packages into the cache, for building against and running with; the machine's own packages stay as they are.
# shellcheck source=tests/cross/common.sh
. "$(dirname "$0")/../common.sh"
PACKAGES="libc6-dev portaudio19-dev libportmidi-dev libsdl2-dev libsdl2-ttf-dev libsndfile1-dev libhwloc-dev libdbus-1-dev
    libcriterion-dev"
need_packages gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user

# arm64_apt COMMAND...: apt-get as an arm64 machine with nothing installed would run it.
arm64_apt() {
    local state=$CACHE/apt-arm64 sources
    mkdir -p "$state/lists/partial" "$state/archives/partial"
    : >"$state/status"
    if grep -qs '^ID=ubuntu' /etc/os-release; then # whose arm64 packages lie on another host than its x86-64 ones
        sources=$state/ubuntu.list
        sed -n 's/^VERSION_CODENAME=\(.*\)/deb http:\/\/ports.ubuntu.com\/ubuntu-ports \1 main universe/p' /etc/os-release >"$sources"
    else
        # shellcheck disable=SC2012 # names of two files
        sources=$(ls /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null | head -n 1) || true
    fi
    apt-get -q -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o APT::Install-Recommends=0 -o APT::Sandbox::User=root \
        -o Dir::State="$state" -o Dir::State::status="$state/status" -o Dir::State::lists="$state/lists" -o Dir::Cache="$state" \
        -o Dir::Etc::sourceparts=/dev/null -o Dir::Etc::sourcelist="$sources" -o Debug::NoLocking=1 "$@"
}

build() {
    local root=$1 link
    arm64_apt update >"$CACHE/arm64.log" 2>&1 || skip "no lists of arm64 packages to be had; see $CACHE/arm64.log"
    # shellcheck disable=SC2086 # a list of names
    arm64_apt -y --download-only install $PACKAGES >>"$CACHE/arm64.log" 2>&1 || skip "no arm64 packages to be had; see $CACHE/arm64.log"
    for package in "$CACHE"/apt-arm64/archives/*.deb; do
        dpkg -x "$package" "$root"
    done
    rm -rf "$CACHE/apt-arm64/archives"
    # Absolute links would lead out of the tree.
    find "$root" -type l -lname '/*' | while read -r link; do
        ln -snf "$(realpath -m --relative-to="$(dirname "$link")" "$root$(readlink "$link")")" "$link"
    done
}

cached arm64 "$(key_of "$0")" build
