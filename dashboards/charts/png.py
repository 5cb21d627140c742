"""A chart as a small PNG, without a browser and without the network."""

from __future__ import annotations

import struct
import zlib

import altair as alt
import numpy as np
import vl_convert

SCALE = 2.0  # sharp on a phone's screen
SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLOURS = 256
ROUGHER = (0, 2, 3, 4)  # bits of each channel to give up, until the colours fit into a palette
NONE, SUB = 0, 1  # row filters that can be undone for all rows at once


def to_png(chart: alt.TopLevelMixin) -> bytes:
    """The picture, twice as many pixels as the chart's size."""
    return with_palette(vl_convert.vegalite_to_png(chart.to_json(validate=False), scale=SCALE, allowed_base_urls=[]))


def with_palette(png: bytes) -> bytes:
    """The same picture with a palette instead of full colours: a chart comes down to an eighth of its bytes.

    One that is no 8-bit RGBA with plain row filters, as the renderer writes them, is returned as it is.
    """
    parts = _chunks(png)
    width, height, depth, colour_type = struct.unpack(">IIBB", parts[b"IHDR"][:10])
    if (depth, colour_type) != (8, 6):
        return png
    rows = np.frombuffer(zlib.decompress(parts[b"IDAT"]), np.uint8).reshape(height, 1 + width * 4)
    if not np.isin(rows[:, 0], (NONE, SUB)).all():
        return png
    pixels = rows[:, 1:].reshape(height, width, 4).copy()
    filtered = rows[:, 0] == SUB
    pixels[filtered] = np.cumsum(pixels[filtered], axis=1, dtype=np.uint8)
    red, green, blue = (pixels[..., n].astype(np.uint32) for n in range(3))
    packed = red << 16 | green << 8 | blue
    for bits in ROUGHER:
        mask = np.uint32(0x010101 * (0xFF >> bits << bits))
        colours, first, index = np.unique(packed & mask, return_index=True, return_inverse=True)
        if len(colours) <= COLOURS:
            break
    else:
        return png
    body = np.zeros((height, 1 + width), np.uint8)
    body[:, 1:] = index.reshape(height, width)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return SIGNATURE + b"".join(
        _chunk(name, data)
        for name, data in (
            (b"IHDR", header),
            (b"PLTE", b"".join(int(c).to_bytes(3, "big") for c in packed.ravel()[first])),
            (b"IDAT", zlib.compress(body.tobytes(), 9)),
            (b"IEND", b""),
        )
    )


def _chunks(png: bytes) -> dict[bytes, bytes]:
    """Content of the chunks by name; those of one name joined."""
    found: dict[bytes, bytes] = {}
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        name = png[at + 4 : at + 8]
        found[name] = found.get(name, b"") + png[at + 8 : at + 8 + length]
        at += 12 + length
    return found


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
