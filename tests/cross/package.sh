#!/bin/bash
# Makes the packages; installs the .deb in a clean root, where the program starts and renders. The completions say what the help says.
# shellcheck source=tests/cross/common.sh
. "$(dirname "$0")/common.sh"
. "$PROJECT/tests/cross/bare_system.sh"
need_packages dpkg-dev file
cd "$PROJECT" || exit 1
suite=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
results=$(mktemp -d)
trap 'rm -rf --one-file-system "$results"' EXIT

install_and_render() {
    local root=$results/root
    bare_system_unpack "$suite" "$root"
    cp "$results"/polycore_*.deb "$root/polycore.deb"
    cp assets/demo.mid "$root/song with spaces é 🎹.mid"
    chroot "$root" apt-get update -qq &&
        chroot "$root" env DEBIAN_FRONTEND=noninteractive LANG=C.UTF-8 apt-get -o APT::Sandbox::User=root install -y -qq --no-install-recommends /polycore.deb &&
        chroot "$root" polycore --version &&
        chroot "$root" polycore patches | grep -i bass &&
        chroot "$root" polycore render "/song with spaces é 🎹.mid" -o /song.wav --seconds 5 &&
        [ "$(stat -c %s "$root/song.wav")" -gt 1000000 ]
}

# What `cmake --install` puts below the prefix is what the list says, no more and no less.
installs_what_is_listed() {
    cmake --install build/package --prefix "$results/installed" >/dev/null &&
        (cd "$results/installed" && find . -type f | LC_ALL=C sort) | diff tests/cross/installed.txt -
}

archive_runs_where_it_is_unpacked() {
    local folder="$results/été 🎹"
    mkdir "$folder" && tar -xzf "$results"/polycore-*.tar.gz -C "$folder" --strip-components=1 &&
        "$folder/bin/polycore" patches | grep -i bass &&
        "$folder/bin/polycore" render assets/demo.mid -o "$folder/song.wav" --seconds 5 &&
        [ "$(stat -c %s "$folder/song.wav")" -gt 1000000 ]
}

completions_are_current() {
    bash scripts/completions.sh build/package/app/polycore "$results/completions" && diff -r assets/completions "$results/completions"
}

bare_system "$suite"
step "build" sh -c "cmake --preset package && cmake --build build/package --target polycore -j $JOBS"
step "packages" cpack --config build/package/CPackConfig.cmake -B "$results"
step "the files installed are those listed" installs_what_is_listed
step "the .tar.gz runs in a folder of any name" archive_runs_where_it_is_unpacked
step "the .deb in a clean root starts and renders" install_and_render
step "the completions say what the help says" completions_are_current
finish "packages"
