"""Draws the app's icon in its three appearances: `python3 ios/icon.py`. No libraries.

A plectrum with the lines of a setlist on it. The pictures are checked in; run it after a change of the colours in design/tokens.json.
"""

import struct
import zlib
from pathlib import Path

SIZE = 1024
FOLDER = Path(__file__).parent / "RockOn/Assets.xcassets/AppIcon.appiconset"
# File, ground, plectrum, lines.
APPEARANCES = [
    ("light.png", (0x0B, 0x5C, 0x7A), (0xFB, 0xFA, 0xF7), (0x0B, 0x5C, 0x7A)),
    ("dark.png", (0x10, 0x14, 0x18), (0xD3, 0xE9, 0xF2), (0x0B, 0x3C, 0x50)),
    ("tinted.png", (0x00, 0x00, 0x00), (0xE0, 0xE0, 0xE0), (0x40, 0x40, 0x40)),
]


def in_plectrum(x, y):
    """A triangle with round sides: where three circles meet."""
    corners = [(-0.58, -0.50), (0.58, -0.50), (0.0, 0.72)]
    return all((x - cx) ** 2 + (y - cy) ** 2 < 1.16**2 for cx, cy in corners)


def in_line(x, y):
    return any(abs(y - at) < 0.045 and abs(x) < half for at, half in [(-0.28, 0.36), (-0.08, 0.36), (0.12, 0.22)])


def pixel(column, row, ground, shape, lines):
    x, y = (2 * column + 1) / SIZE * 0.9 - 0.9, (2 * row + 1) / SIZE * 0.9 - 0.85
    if not in_plectrum(x, y):
        return ground
    return lines if in_line(x, y) else shape


def png(ground, shape, lines):
    rows = b"".join(
        b"\0" + b"".join(bytes(pixel(column, row, ground, shape, lines)) for column in range(SIZE)) for row in range(SIZE)
    )

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


for name, *colours in APPEARANCES:
    (FOLDER / name).write_bytes(png(*colours))
