#!/bin/bash
# Runs build/release's vm_kinds on an emulated processor that has AVX-512 (Bochs), where this machine's has none. What was found is
# remembered until the program, its libraries, this script, the kernel or Bochs change: it is emulated to the same end each time.
. "$(dirname "$0")/../cross/common.sh"
program=$PROJECT/build/release/tests/vm/vm_kinds
[ -x "$program" ] || skip "build/release, which holds what it runs, is not built"
! grep -qw avx512vl /proc/cpuinfo || skip "this CPU has AVX-512, and render.matrix compares it here"
need_packages bochs bochs-term bochsbios vgabios isolinux syslinux-common genisoimage bsdutils busybox-static cpio
"$PROJECT/tests/vm/kernel.sh" || exit $?

LIMIT_SECONDS=900 # of emulation; two minutes on a machine with nothing else to do
FRAMES=800 # in each quality
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

libraries() {
    ldd "$program" | grep -o '/[^ ]*'
}

make_disc() {
    local tree=$work/tree disc=$work/disc library
    mkdir -p "$tree"/{bin,proc,dev,sys} "$disc"
    cp /bin/busybox "$program" "$tree/bin/"
    libraries | while read -r library; do
        mkdir -p "$tree${library%/*}"
        cp -L "$library" "$tree$library"
    done
    cat >"$tree/init" <<END
#!/bin/busybox sh
/bin/busybox mount -t proc proc /proc
/bin/busybox mount -t sysfs sys /sys
/bin/busybox mount -t devtmpfs dev /dev
/bin/${program##*/} $FRAMES >/dev/ttyS0 2>&1
echo "ended with \$?" >/dev/ttyS0
/bin/busybox sleep 3
/bin/busybox poweroff -f
END
    chmod +x "$tree/init"
    (cd "$tree" && find . | cpio -o -H newc --quiet | gzip -1) >"$disc/initrd.gz"
    cp "$CACHE"/kernel/boot/vmlinuz-* "$disc/vmlinuz"
    cp /usr/lib/ISOLINUX/isolinux.bin /usr/lib/syslinux/modules/bios/ldlinux.c32 "$disc/"
    # Bochs counts the compact form of the vector state differently from Linux: without it both agree.
    cat >"$disc/isolinux.cfg" <<END
DEFAULT polycore
PROMPT 0
LABEL polycore
 KERNEL /vmlinuz
 INITRD /initrd.gz
 APPEND console=ttyS0 quiet nokaslr mitigations=off audit=0 tsc=reliable lpj=1000000 noapic nolapic clearcpuid=xsaves,xsavec
END
    genisoimage -quiet -o "$work/disc.iso" -b isolinux.bin -c boot.cat -no-emul-boot -boot-load-size 4 -boot-info-table "$disc"
}

emulate() {
    cat >"$work/bochsrc" <<END
plugin_ctrl: unmapped=1, biosdev=1, speaker=0, extfpuirq=1, parallel=0, serial=1
cpu: model=corei7_skylake_x, count=1, ips=100000000, reset_on_triple_fault=0
memory: guest=256, host=256
romimage: file=/usr/share/bochs/BIOS-bochs-latest
vgaromimage: file=/usr/share/bochs/VGABIOS-lgpl-latest
ata0-master: type=cdrom, path=$work/disc.iso, status=inserted
boot: cdrom
com1: enabled=1, mode=file, dev=$work/serial.txt
display_library: term
log: $work/bochs.log
clock: sync=none, time0=1700000000
END
    echo c >"$work/start" # this build has a debugger, which waits for "continue"
    # Its display wants a terminal. It ends with 1 when the machine turns itself off.
    TERM=xterm timeout --foreground "$LIMIT_SECONDS" script -qec "bochs -q -f $work/bochsrc -rc $work/start" /dev/null >/dev/null 2>&1 </dev/null || true
    cat "$work/serial.txt"
    grep -q 'ended with 0' "$work/serial.txt" && grep -q '^avx512 .* same bits, 0 operations differ' "$work/serial.txt" &&
        mkdir -p "${known%/*}" && cp "$work/serial.txt" "$known"
}

kernels=("$CACHE"/kernel/boot/vmlinuz-*)
# shellcheck disable=SC2046 # no blanks in the system's own paths
known=$CACHE/avx512/$({ cat "$0" "$program" $(libraries) "${kernels[@]}"; dpkg-query -W bochs; } | hash_of_stdin)
if [ -e "$known" ]; then
    step "AVX-512 on an emulated processor: same bits, as an earlier run found" cat "$known"
else
    step "disc" make_disc
    step "AVX-512 on an emulated processor: same bits" emulate
fi
finish "AVX-512"
