# A system of Debian's or Ubuntu's in a folder, with a package manager and little else. Sourced by the scripts beside it, after common.sh.
# shellcheck shell=bash
BARE_SYSTEM_DAYS=30 # after its last use it is removed

[ "$(id -u)" = 0 ] || skip "a system in a folder is made by root alone"
need_packages mmdebstrap git

# The mirror of this machine's own system, as apt knows it: its address and its components.
apt_mirror() {
    # shellcheck disable=SC2016 # apt's variables
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        awk -v here="$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)" '
            $2 == here && (address == "" || $1 == address) && !(seen[$3]++) { address = $1; components = components " " $3 }
            END { print address components }'
}

# Its packages as of that day; apt there asks the mirror as apt here does.
make_bare_system() {
    local settings=()
    mapfile -t settings < <(apt-config dump | grep -E '^Acquire::(https?::Proxy|Check-Valid-Until|Check-Date) ' | sed 's/^/--aptopt=/')
    mkdir -p "$1/archives"
    mmdebstrap --quiet --variant=minbase --include=ca-certificates,git,sudo ${settings[@]+"${settings[@]}"} "$bare_suite" "$1/system.tar" \
        "deb ${bare_mirror%% *} $bare_suite ${bare_mirror#* }" >"$CACHE/bare.log" 2>&1 || skip "mmdebstrap could not make the system; see $CACHE/bare.log"
}

# bare_system SUITE: has $CACHE/bare-SUITE ready, made anew when the suite's date or this script change; skips the whole script where that cannot be.
bare_system() {
    local release
    bare_suite=$1
    bare_mirror=$(apt_mirror)
    release=$(mktemp)
    /usr/lib/apt/apt-helper download-file "${bare_mirror%% *}dists/$1/InRelease" "$release" >"$CACHE/bare.log" 2>&1 ||
        skip "the mirror of this machine's system has no $1; see $CACHE/bare.log"
    cached "bare-$1" "$(key_of <(grep '^Date:' "$release") "$PROJECT/tests/cross/bare_system.sh")" make_bare_system
    rm -f "$release"
    touch "$CACHE/bare-$1/"
    find "$CACHE" -maxdepth 1 -type d -name 'bare-*' -mtime +$BARE_SYSTEM_DAYS -exec rm -rf --one-file-system {} +
}

# bare_system_unpack SUITE FOLDER: such a system, with the packages lying ready that were downloaded for an earlier one.
bare_system_unpack() {
    mkdir -p "$2"
    tar -xf "$CACHE/bare-$1/system.tar" -C "$2"
    cp -L /etc/resolv.conf "$2/etc/resolv.conf"
    find "$CACHE/bare-$1/archives" -name '*.deb' -exec cp -t "$2/var/cache/apt/archives" {} +
}

# bare_system_keep SUITE FOLDER: keeps the packages that were downloaded there.
bare_system_keep() {
    find "$2/var/cache/apt/archives" -name '*.deb' -exec cp -n -t "$CACHE/bare-$1/archives" {} + || true
}
