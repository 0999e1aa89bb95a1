#!/bin/bash
# Follows README on a fresh Debian 13 in a folder, as root and as an ordinary user with sudo: ./play, then ./check --quick. Makes the .deb there
# and has apt install it in a third fresh one. What is rendered there, by another compiler, has the same bytes as here.
# shellcheck source=tests/cross/common.sh
. "$(dirname "$0")/common.sh"
. "$PROJECT/tests/cross/bare_system.sh"
unshare --mount --pid --fork --propagation private true 2>/dev/null || skip "this machine gives no namespaces of one's own"
SUITE=trixie
bare_system $SUITE
cd "$PROJECT" || exit 1
[ -e .git ] || skip "this copy of the project is no clone to be cloned"
work=$PROJECT/build/fresh
trap 'rm -rf --one-file-system "$work"' EXIT
rm -rf --one-file-system "$work"
mkdir -p "$work"
printf '[safe]\n\tdirectory = *\n' >"$work/gitconfig"
export GIT_CONFIG_GLOBAL=$work/gitconfig # root may clone what another user owns

# inside NAME USER COMMAND: a command of a shell in the home of that user. Mounts and processes end with it.
inside() {
    # shellcheck disable=SC2016 # the inner shell's
    unshare --mount --pid --fork --kill-child --propagation private bash -euc '
        mount --rbind /dev "$1/dev"
        mount --rbind /sys "$1/sys"
        mount -t proc proc "$1/proc"
        exec chroot "$1" /usr/bin/su - "$2" -c "$3"' bash "$work/$1" "$2" "$3" </dev/null
}

# clone_to FOLDER: the project as committed, and what has changed since.
clone_to() {
    git clone -q --no-hardlinks "$PROJECT" "$1" && git ls-files -mo --exclude-standard -z | tar -c --null --ignore-failed-read -T - | tar -x -C "$1"
}

make_for_root() {
    bare_system_unpack $SUITE "$work/root" && clone_to "$work/root/root/polycore"
}

make_for_user() {
    bare_system_unpack $SUITE "$work/user" && clone_to "$work/user/home/polycore" && inside user root '
        useradd --create-home --shell /bin/bash player
        echo "player ALL=(ALL) NOPASSWD: ALL" >/etc/sudoers.d/player
        mv /home/polycore /home/player/polycore && chown -R player: /home/player'
}

make_deb() {
    inside root root '
        apt-get install -y -qq --no-install-recommends dpkg-dev file && cd polycore && cmake --preset package &&
            cmake --build build/package --target polycore && cpack --config build/package/CPackConfig.cmake -G DEB -B /deb'
}

install_deb() {
    bare_system_unpack $SUITE "$work/deb" && cp "$work"/root/deb/*.deb "$work/deb/polycore.deb" && cp -r assets "$work/deb/root/" &&
        inside deb root 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends /polycore.deb &&
            polycore --version && polycore patches | grep -i bass'
}

render_here() {
    [ -x build/release/app/polycore ] || { cmake --preset release && cmake --build build/release --target polycore -j "$JOBS"; } || return 1
    build/release/app/polycore render assets/demo.mid -o - >"$work/here.wav"
}

# same_bytes NAME USER COMMAND: what the command writes is what was rendered here.
same_bytes() {
    inside "$1" "$2" "$3" | cmp - "$work/here.wav"
}

step "the song, rendered here" render_here
for who in root:root user:player; do
    name=${who%:*} user=${who#*:}
    step "$user: the system and a clone" "make_for_$name"
    step "$user: ./play builds" inside "$name" "$user" 'cd polycore && ./play --version'
    step "$user: ./play plays" inside "$name" "$user" 'cd polycore && ./play --demo --seconds 2'
    step "$user: ./check --quick" inside "$name" "$user" 'cd polycore && ./check --quick'
    bare_system_keep $SUITE "$work/$name"
    compiler=$(inside "$name" "$user" 'cc -dumpversion' || true)
    step "$user: GCC ${compiler:-?} gives the same bytes" same_bytes "$name" "$user" 'cd polycore && build/release/app/polycore render assets/demo.mid -o -'
done
rm -rf --one-file-system "$work/user"
step "the .deb is made" make_deb
step "apt installs the .deb, which renders" install_deb
bare_system_keep $SUITE "$work/deb"
step "the .deb gives the same bytes" same_bytes deb root 'polycore render assets/demo.mid -o -'
finish "a fresh Debian 13"
