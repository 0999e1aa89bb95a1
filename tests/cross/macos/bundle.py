#!/usr/bin/env python3
"""Looks at an installed Polycore.app as macOS would: usage: bundle.py Polycore.app arm64|x86_64 PATCHES."""
import pathlib
import plistlib
import struct
import sys

MAGIC_64 = 0xFEEDFACF
CPU_TYPES = {"arm64": 0x0100000C, "x86_64": 0x01000007}
FILE_TYPES = {"executable": 2, "library": 6}
LOAD_DYLIB, BUILD_VERSION, RPATH = 0x0C, 0x32, 0x8000001C
NAME_OFFSET = {LOAD_DYLIB: 24, RPATH: 12}
SYSTEM = ("/usr/lib/", "/System/Library/")
INSIDE = "@executable_path/../Frameworks/"


class MachO:
    """What dyld reads of a file: its processor, its kind, what it loads, the macOS it needs."""

    def __init__(self, path):
        data = path.read_bytes()
        magic, self.cpu, _, self.kind, commands = struct.unpack_from("<5I", data)
        assert magic == MAGIC_64, f"{path} is no 64-bit Mach-O file"
        self.loads, self.rpaths, self.needs = [], [], None
        at = 32
        for _ in range(commands):
            command, size = struct.unpack_from("<2I", data, at)
            if command in NAME_OFFSET:
                name = data[at + NAME_OFFSET[command]:at + size].split(b"\0")[0].decode()
                (self.loads if command == LOAD_DYLIB else self.rpaths).append(name)
            elif command == BUILD_VERSION:
                packed = struct.unpack_from("<I", data, at + 12)[0]
                self.needs = (packed >> 16, packed >> 8 & 0xFF)
            at += size


def check_icon(path):
    data = path.read_bytes()
    assert struct.unpack_from(">4sI", data) == (b"icns", len(data)), f"{path} is no icon"
    sides, at = [], 8
    while at < len(data):
        size = struct.unpack_from(">I", data, at + 4)[0]
        assert data[at + 8:at + 16] == b"\x89PNG\r\n\x1a\n", f"{path}: the image at {at} is no PNG"
        sides.append(struct.unpack_from(">2I", data, at + 24))
        at += size
    assert (128, 128) in sides and (1024, 1024) in sides, f"{path} has {sides}"


def check_binary(path, kind, processor, contents):
    binary = MachO(path)
    assert binary.cpu == CPU_TYPES[processor], f"{path} is for another processor"
    assert binary.kind == FILE_TYPES[kind], f"{path} is no {kind}"
    assert not binary.rpaths, f"{path} looks for libraries in {binary.rpaths}"
    for name in binary.loads:
        if not name.startswith(SYSTEM):
            assert name.startswith(INSIDE), f"{path} needs {name}, which only this machine has"
            assert (contents / "Frameworks" / name[len(INSIDE):]).is_file(), f"{path} needs {name}, which is not there"
    return binary


def main():
    contents, processor, patches = pathlib.Path(sys.argv[1]) / "Contents", sys.argv[2], pathlib.Path(sys.argv[3])
    info = plistlib.loads((contents / "Info.plist").read_bytes())
    assert info["CFBundlePackageType"] == "APPL"
    program = check_binary(contents / "MacOS" / info["CFBundleExecutable"], "executable", processor, contents)
    libraries = [check_binary(path, "library", processor, contents) for path in (contents / "Frameworks").iterdir()]
    assert len(libraries) >= 6, f"{len(libraries)} libraries: PortAudio, PortMidi, hwloc, libsndfile, SDL2, SDL2_ttf at least"
    needs = max(binary.needs for binary in [program, *libraries])
    promised = tuple(int(part) for part in info["LSMinimumSystemVersion"].split("."))
    assert promised == needs, f"LSMinimumSystemVersion is {promised}, but macOS {needs} is needed"
    check_icon(contents / "Resources" / (info["CFBundleIconFile"] + ".icns"))
    here = {path.name for path in (contents / "Resources/polycore/patches").iterdir()}
    wanted = {path.name for path in patches.iterdir()}
    assert here == wanted and wanted, f"patches: {here ^ wanted} are not in both places"
    print(f"macOS {needs[0]}.{needs[1]}, {len(libraries)} libraries, {len(here)} patches")


main()
