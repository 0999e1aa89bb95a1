#!/usr/bin/env python3
"""Reads a binary PPM picture from its input: prints how many colours it has, or, with a colour RRGGBB, the share of that one."""
import re
import sys

data = sys.stdin.buffer.read()
head = re.match(rb"P6\s+(\d+)\s+(\d+)\s+(\d+)\s", data)
if not head or head.group(3) != b"255":
    sys.exit("no picture of 8 bits a channel")
pixels = data[head.end() :]
counts = {}
for place in range(0, len(pixels) - 2, 3):
    pixel = pixels[place : place + 3]
    counts[pixel] = counts.get(pixel, 0) + 1
if len(sys.argv) > 1:
    print(f"{counts.get(bytes.fromhex(sys.argv[1]), 0) / max(sum(counts.values()), 1):.6f}")
else:
    print(len(counts))
