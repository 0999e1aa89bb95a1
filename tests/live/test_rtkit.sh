#!/bin/bash
# Runs rtkit_ask against a real rtkit-daemon and polkitd on a D-Bus of its own. Exit 77: cannot be had here, with the reason.
# usage: test_rtkit.sh RTKIT_ASK
set -u
ask=$1

skip() {
    echo "SKIPPED: $1"
    exit 77
}

find_daemon() {
    local place
    for place in /usr/libexec /usr/lib/rtkit /usr/lib/polkit-1 /usr/lib "$(command -v "$1" | xargs -r dirname)"; do
        [ -x "$place/$1" ] && echo "$place/$1" && return
    done
}

wait_for_name() {
    for _ in $(seq 100); do
        dbus-send --system --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.GetNameOwner "string:$1" \
            >/dev/null 2>&1 && return
        sleep 0.1
    done
    return 1
}

[ "$(id -u)" = 0 ] || skip "rtkit-daemon must be started by root"
command -v dbus-daemon >/dev/null && command -v dbus-send >/dev/null || skip "dbus-daemon and dbus-send are not installed (package dbus)"
rtkit=$(find_daemon rtkit-daemon)
polkit=$(find_daemon polkitd)
[ -n "$rtkit" ] || skip "rtkit-daemon is not installed (package rtkit)"
[ -n "$polkit" ] || skip "polkitd is not installed (package polkitd)"
chrt -f 1 true 2>/dev/null || skip "this system gives no real-time priority, even to root"

folder=$(mktemp -d)
chmod 755 "$folder"
children=()
clean_up() {
    local child
    for child in "${children[@]}"; do
        kill "$child" 2>/dev/null
        wait "$child" 2>/dev/null
    done
    rm -rf "$folder"
}
trap clean_up EXIT

cat >"$folder/bus.conf" <<CONF
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path=$folder/bus</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/> <allow own="*"/> <allow send_type="method_call"/> <allow send_type="signal"/>
    <allow send_requested_reply="true"/> <allow receive_requested_reply="true"/>
  </policy>
</busconfig>
CONF
export DBUS_SYSTEM_BUS_ADDRESS="unix:path=$folder/bus"

# The daemons' own words go to a pipe: rtkit-daemon forbids itself to write files.
dbus-daemon --config-file="$folder/bus.conf" --nofork --nopidfile 2> >(sed 's/^/  /') &
children=($!)
wait_for_name org.freedesktop.DBus || skip "no private D-Bus could be started"
"$polkit" --no-debug > >(sed 's/^/  /') 2>&1 &
children=($! "${children[@]}")
wait_for_name org.freedesktop.PolicyKit1 || skip "polkitd does not start on a private D-Bus"
"$rtkit" --stderr 2> >(sed 's/^/  /') &
children=($! "${children[@]}")
wait_for_name org.freedesktop.RealtimeKit1 || skip "rtkit-daemon does not start on a private D-Bus"

failed=0
"$ask" granted || failed=1
"$ask" refused || failed=1
exit $failed
