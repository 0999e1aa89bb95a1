#!/usr/bin/env python3
"""Compares a window's icon with the drawing that it is to show, whose shapes are rectangles: icon.py WINDOW DRAWING.svg"""
import ctypes
import sys
import xml.etree.ElementTree

NEAR = 3  # of 255: each pixel's row has one colour of a gradient
SVG = "{http://www.w3.org/2000/svg}"


def window_icon(window):
    """Width and height and the pixels, (alpha, red, green, blue) each."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    x11.XInternAtom.restype = ctypes.c_ulong
    x11.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
    x11.XGetWindowProperty.argtypes = (
        [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong, ctypes.c_long, ctypes.c_long, ctypes.c_int, ctypes.c_ulong]
        + [ctypes.c_void_p] * 5)
    display = x11.XOpenDisplay(None)
    if not display:
        sys.exit("icon.py: no display")
    kind, form, count, left = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong()
    numbers = ctypes.POINTER(ctypes.c_ulong)()
    name = x11.XInternAtom(display, b"_NET_WM_ICON", 0)
    x11.XGetWindowProperty(display, window, name, 0, 1 << 20, 0, 0, *map(ctypes.byref, (kind, form, count, left, numbers)))
    if form.value != 32 or count.value < 2:
        sys.exit("the window has no icon")
    width, height = numbers[0], numbers[1]
    pixels = [tuple(numbers[2 + i] >> shift & 255 for shift in (24, 16, 8, 0)) for i in range(width * height)]
    return width, height, pixels


def rgb(text):
    return tuple(bytes.fromhex(text.lstrip("#")))


class Drawing:
    def __init__(self, path):
        root = xml.etree.ElementTree.parse(path).getroot()
        self.side = float(root.get("width"))
        gradient = root.find(f".//{SVG}linearGradient")
        self.span = float(gradient.get("y1")), float(gradient.get("y2"))
        self.stops = [(float(stop.get("offset")), rgb(stop.get("stop-color"))) for stop in gradient]
        parent = {child: element for element in root.iter() for child in element}
        self.rects = [  # the last is on top
            (rect.get("fill") or parent[rect].get("fill"), [float(rect.get(key, 0)) for key in ("x", "y", "width", "height", "rx")])
            for rect in root.iter(f"{SVG}rect")
        ]

    def blended(self, y):
        place = (y - self.span[0]) / (self.span[1] - self.span[0])
        for (before, low), (after, high) in zip(self.stops, self.stops[1:]):
            if place <= after:
                share = (place - before) / (after - before)
                return tuple(a + (b - a) * share for a, b in zip(low, high))
        return self.stops[-1][1]

    def shape_at(self, x, y):
        """Which rectangle is on top there; None outside of all."""
        top = None
        for number, (_, (left, up, width, height, radius)) in enumerate(self.rects):
            across = max(left + radius - x, x - (left + width - radius), 0)
            along = max(up + radius - y, y - (up + height - radius), 0)
            if across**2 + along**2 <= radius**2:
                top = number
        return top

    def color_at(self, x, y):
        fill = self.rects[self.shape_at(x, y)][0]
        return self.blended(y) if fill.startswith("url") else rgb(fill)


width, height, pixels = window_icon(int(sys.argv[1]))
drawing = Drawing(sys.argv[2])
seen = set()
for number, (alpha, *color) in enumerate(pixels):
    row, column = divmod(number, width)
    xs = [(column + part) * drawing.side / width for part in (0.01, 0.5, 0.99)]
    ys = [(row + part) * drawing.side / height for part in (0.01, 0.5, 0.99)]
    shapes = {drawing.shape_at(x, y) for x in xs for y in ys}
    if len(shapes) > 1:
        continue  # an edge goes through it
    seen |= shapes
    wanted = (0, color) if shapes == {None} else (255, drawing.color_at(xs[1], ys[1]))
    if alpha != wanted[0] or any(abs(a - b) > NEAR for a, b in zip(color, wanted[1])):
        sys.exit(f"pixel {column},{row} is {alpha} {color} and should be {wanted[0]} {wanted[1]}")
if len(seen) < len(drawing.rects):  # all and what is around them, but for the white key under the held one
    sys.exit(f"only {len(seen)} shapes could be compared")
print(f"{width} x {height} pixels as drawn")
