"""Blanking archived records: a record's bytes make way for a note of the same length, so that no other record moves.

Belongs here: what is written over a record. Not here: which records (``flows.steps.forget``), or writing new ones (``archive``).
"""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

NOTE = b"WARC/1.1\r\nWARC-Type: metadata\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nforgotten\r\n\r\n"
READ_BYTES = 1 << 16
COMMENT = 0x10  # flag of a gzip member that carries a comment: what fills it up
HEAD = b"\x1f\x8b\x08" + bytes([COMMENT]) + b"\0\0\0\0\0\xff"


class NotARecordError(Exception):
    """No whole gzip member begins there."""


def member_bytes(path: Path, offset: int) -> int:
    """The length of the gzip member that begins at an offset.

    Raises:
        NotARecordError: none does, or it is cut off.
    """
    unpacker = zlib.decompressobj(wbits=31)
    read = 0
    with path.open("rb") as file:
        file.seek(offset)
        while not unpacker.eof:
            part = file.read(READ_BYTES)
            if not part:
                raise NotARecordError(f"{path}@{offset}: cut off")
            read += len(part)
            try:
                unpacker.decompress(part)
            except zlib.error as error:
                raise NotARecordError(f"{path}@{offset}: {error}") from error
    return read - len(unpacker.unused_data)


def blank_record(path: Path, offset: int) -> None:
    """Write a note over the record at an offset; what follows stays where it is.

    Raises:
        NotARecordError: no whole record begins there.
    """
    length = member_bytes(path, offset)
    member = _member(NOTE, length) or _member(b"", length)
    if member is None:
        raise NotARecordError(f"{path}@{offset}: {length} bytes are no record")
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(member)
        file.flush()
        os.fsync(file.fileno())


def _member(content: bytes, length: int) -> bytes | None:
    """A gzip member of exactly this length; ``None`` when the content does not fit."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(content) + packer.flush()
    tail = struct.pack("<II", zlib.crc32(content), len(content))
    spare = length - len(HEAD) - 1 - len(body) - len(tail)
    return None if spare < 0 else HEAD + b" " * spare + b"\0" + body + tail
