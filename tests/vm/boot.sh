#!/bin/bash
# boot.sh WORK_FOLDER [SECONDS]: boots the virtual machine, which runs WORK_FOLDER/guest.sh as root over this machine's files, and
# returns its status. The folder is writable there under the same name; it may not lie below /tmp, which the guest has of its own.
# shellcheck source=tests/cross/common.sh
. "$(dirname "$0")/../cross/common.sh"
work=$(cd "$1" && pwd)
limit=${2:-180}
rm -f "$work/guest.status"
# Its clock counts instructions, 4 ns each: this machine's other work makes it slower, and nothing late by its own time.
timeout --foreground "$limit" qemu-system-x86_64 -accel tcg -icount shift=2 -rtc clock=vm -cpu max -m 1024 -M q35 -nic none -nodefaults -no-user-config \
    -no-reboot -display none -serial "file:$work/console.log" -kernel "$CACHE"/kernel/boot/vmlinuz-* -initrd "$CACHE/kernel/initramfs.gz" \
    -append "console=ttyS0 panic=-1 quiet mitigations=off polycore.work=$work" \
    -virtfs local,path=/,mount_tag=root,security_model=none,readonly=on,multidevs=remap \
    -virtfs "local,path=$work,mount_tag=work,security_model=none" </dev/null || true
if [ ! -e "$work/guest.status" ]; then
    echo "the virtual machine did not finish within $limit s; see $work/console.log"
    exit 1
fi
exit "$(cat "$work/guest.status")"
