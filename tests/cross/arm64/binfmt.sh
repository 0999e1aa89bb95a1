#!/bin/bash
# binfmt.sh ROOT COMMAND...: runs a command so that arm64 programs start under qemu, also those that other programs start. Nothing
# outside changes: the registration lives in a namespace of its own (Linux 6.7 or later).
set -eu
root=$1
shift
# shellcheck disable=SC2016 # expanded by the inner shell
exec env QEMU_LD_PREFIX="$root" unshare --user --map-root-user --mount bash -ec '
mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc
magic="\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00"
mask="\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff"
printf "%s" ":polycore-arm64:M::$magic:$mask:$(command -v qemu-aarch64):F" >/proc/sys/fs/binfmt_misc/register
exec "$@"' _ "$@"
