#!/bin/bash
# Brings Debian's kernel, with its modules, and a small first file system for it into the cache.
# shellcheck source=tests/cross/common.sh
. "$(dirname "$0")/../cross/common.sh"
MODULES="virtio_pci virtio_console 9pnet_virtio 9p snd-hrtimer snd-dummy snd-aloop snd-seq snd-seq-midi snd-seq-dummy
    snd-virmidi snd-usb-audio dummy_hcd usb_f_midi libcomposite configfs"
need_packages qemu-system-x86 busybox-static cpio kmod alsa-utils

fetch_kernel() {
    local root=$1 image version
    image=$(apt-cache depends linux-image-amd64 2>/dev/null | awk '/Depends: linux-image-/ { print $2; exit }')
    [ -n "$image" ] || skip "the virtual machine runs Debian's kernel, and this system has no package linux-image-amd64"
    (cd "$root" && apt-get -q -o APT::Sandbox::User=root download "$image" >/dev/null 2>&1) || skip "$image could not be downloaded"
    dpkg-deb -x "$root"/*.deb "$root"
    rm "$root"/*.deb
    version=$(ls "$root/lib/modules")
    depmod -b "$root" "$version"
    make_initramfs "$root" "$version"
}

# make_initramfs ROOT VERSION: busybox, the modules and tests/vm/init.
make_initramfs() {
    local root=$1 version=$2 tree=$1/initramfs module file
    mkdir -p "$tree"/{bin,sbin,proc,sys,dev,tmp,r,"lib/modules/$version"}
    cp /bin/busybox "$tree/bin/"
    ln -s busybox "$tree/bin/sh"
    ln -s /bin/busybox "$tree/sbin/modprobe"
    cp "$PROJECT/tests/vm/init" "$tree/init"
    for module in $MODULES; do
        modprobe -d "$root" -S "$version" --show-depends "$module" | awk '/^insmod/ { print $2 }'
    done | sort -u | while read -r file; do
        (cd "$root/lib/modules/$version" && cp --parents "${file#*"/lib/modules/$version/"}" "$tree/lib/modules/$version/")
    done
    cp "$root/lib/modules/$version"/modules.{builtin,builtin.modinfo,order} "$tree/lib/modules/$version/"
    depmod -b "$tree" "$version"
    (cd "$tree" && find . | cpio -o -H newc --quiet | gzip -1) >"$root/initramfs.gz"
    rm -rf "$tree"
}

cached kernel "$(key_of "$0" "$PROJECT/tests/vm/init")" fetch_kernel
