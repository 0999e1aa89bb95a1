#!/usr/bin/env python3
"""Makes polycore.icns, the icon as macOS wants it, from polycore.svg beside it. Needs rsvg-convert."""
import pathlib
import struct
import subprocess

# What Apple calls a PNG of so many pixels a side.
SIDES = {"icp4": 16, "icp5": 32, "ic12": 64, "ic07": 128, "ic08": 256, "ic09": 512, "ic10": 1024}

folder = pathlib.Path(__file__).parent
body = b""
for kind, side in SIDES.items():
    png = subprocess.run(["rsvg-convert", "-w", str(side), "-h", str(side), folder / "polycore.svg"],
                         check=True, stdout=subprocess.PIPE).stdout
    body += struct.pack(">4sI", kind.encode(), 8 + len(png)) + png
(folder / "polycore.icns").write_bytes(struct.pack(">4sI", b"icns", 8 + len(body)) + body)
