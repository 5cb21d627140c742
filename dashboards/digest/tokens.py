"""Signed names: of a message (for its id and its way back), and of the wish to get no more.

All of it follows from the secret, so nothing is lost with a database, and links of years ago keep working.
"""

from __future__ import annotations

import base64
import binascii
import hmac
from dataclasses import dataclass
from hashlib import sha256

KEY_BYTES = 15  # 24 characters of base32, small enough for the local part of an address
SIGNATURE_BYTES = 16


@dataclass(frozen=True, slots=True)
class Subscription:
    """A recipient in a group."""

    group_id: str
    address: str


def message_key(secret: str, kind: str, group_id: str, period: str, recipient: str) -> str:
    """Name of one copy: the same however often it is made, and not to be guessed."""
    named = f"{kind}\n{group_id}\n{period}\n{recipient.lower()}"
    return base64.b32encode(_mac(secret, "message", named)[:KEY_BYTES]).decode().lower()


def unsubscribe_token(secret: str, subscription: Subscription) -> str:
    """What stands in a recipient's own unsubscribe address."""
    named = f"{subscription.group_id}\n{subscription.address.lower()}"
    return f"{_text(named.encode())}.{_text(_mac(secret, 'unsubscribe', named)[:SIGNATURE_BYTES])}"


def read_token(secret: str, token: str) -> Subscription | None:
    """Whose wish a token is; None when nobody here has signed it."""
    body, _, signature = token.partition(".")
    try:
        named = _bytes(body).decode()
        given = _bytes(signature)
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    if not hmac.compare_digest(given, _mac(secret, "unsubscribe", named)[:SIGNATURE_BYTES]):
        return None
    group_id, _, address = named.partition("\n")
    return Subscription(group_id, address)


def _mac(secret: str, purpose: str, text: str) -> bytes:
    return hmac.new(secret.encode(), f"{purpose}\n{text}".encode(), sha256).digest()


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
