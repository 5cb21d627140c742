"""MinHash sketches: short fingerprints of texts whose likeness is that of the texts' five-word runs.

The values are kept for years, so the scheme is written out here and pinned by a test: SHA-1 of a run, mixed by MurmurHash3's
finalizer, through 64 odd affine maps modulo 2^32 (datasketch 2.0 calls it ``affine32``; its import loads SciPy, two seconds
of a reader's start).
"""

from __future__ import annotations

import hashlib
from functools import cache

import numpy as np
import numpy.typing as npt

SHINGLE_WORDS = 5
SIZE = 64
SEED = 1

Hashes = npt.NDArray[np.uint32]


def minhash(folded: str) -> bytes:
    """MinHash over 5-word shingles as little-endian uint32; empty when the text has fewer words than one shingle."""
    words = folded.split()
    if len(words) < SHINGLE_WORDS:
        return b""
    shingles = {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1)}
    digests = b"".join([hashlib.sha1(s.encode(), usedforsecurity=False).digest()[:4] for s in shingles])
    hashes = _mix(np.frombuffer(digests, "<u4"))
    factors, summands = _maps()
    least = (hashes[:, None] * factors + summands).min(axis=0)  # unsigned numbers wrap around: modulo 2^32
    return least.astype("<u4").tobytes()


def _mix(hashes: Hashes) -> Hashes:
    """MurmurHash3's finalizer."""
    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    hashes = (hashes ^ (hashes >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return hashes ^ (hashes >> np.uint32(16))


@cache
def _maps() -> tuple[Hashes, Hashes]:
    chance = np.random.RandomState(SEED)
    factors = chance.randint(0, 1 << 31, SIZE, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return factors, chance.randint(0, 1 << 32, SIZE, dtype=np.uint32)
