"""Reviewers: their hashed secrets, and whether one who gives a name and a secret is who they say.

A session of the browser tab is all that is kept: closing the tab signs out. Not here: the read-only token (``door``).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Mapping

COST = {"n": 2**14, "r": 8, "p": 1}
WAIT_S = 1.0  # after a wrong secret, one at a time: guessing takes ages
_GUESSING = threading.Lock()


def hash_secret(secret: str) -> str:
    """What the settings hold instead of the secret: salt and hash."""
    salt = secrets.token_bytes(16)
    return f"scrypt:{salt.hex()}:{_hash(secret, salt).hex()}"


def is_hash(text: str) -> bool:
    """Whether a setting was made by ``hash_secret``."""
    parts = text.split(":")
    return len(parts) == 3 and parts[0] == "scrypt" and all(_is_hex(p) for p in parts[1:])


def signs_in(reviewers: Mapping[str, str], name: str, secret: str) -> bool:
    """Whether the secret is the reviewer's; a wrong one costs time."""
    # A name nobody has takes as long as a wrong secret.
    _, salt, wanted = reviewers.get(name, f"scrypt:{'00' * 16}:{'00' * 64}").split(":")
    if hmac.compare_digest(_hash(secret, bytes.fromhex(salt)).hex(), wanted) and name in reviewers:
        return True
    with _GUESSING:
        time.sleep(WAIT_S)
    return False


def _hash(secret: str, salt: bytes) -> bytes:
    return hashlib.scrypt(secret.encode(), salt=salt, **COST)


def _is_hex(text: str) -> bool:
    try:
        return bool(bytes.fromhex(text))
    except ValueError:
        return False
