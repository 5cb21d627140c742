"""The mailbox that takes what comes back: reports of failed delivery (RFC 3464) and unsubscriptions by mail.

Which copy failed is told by the address the report came to (one for each copy), never by the report's words. What is
neither a report nor an unsubscription is left in the mailbox for a person.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import default
from hashlib import sha256

from dashboards.digest.mailboxes import Mailbox
from dashboards.digest.message import Sender
from dashboards.digest.tokens import read_token
from warehouse.outbox import Bounce, Outbox

RECEIVED_AT = ("X-Original-To", "Delivered-To", "Envelope-To", "To")
KEY = re.compile(r"\+([a-z2-7]{24})@")
UNSUBSCRIBE = re.compile(r"^\s*unsubscribe\s+([\w.-]{10,600})\s*$", re.IGNORECASE)
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


@dataclass(frozen=True, slots=True)
class Failure:
    """What a report says of one recipient."""

    action: str  # failed | delayed | delivered | relayed | expanded
    status: str
    diagnostic: str | None


def read_mailbox(box: Mailbox, outbox: Outbox, sender: Sender) -> Counter[str]:
    """Take in every letter that can be understood, and remove it; returns what they were.

    Raises:
        MailboxError: the mailbox cannot be read.
    """
    done: Counter[str] = Counter()

    def understood(raw: bytes | None) -> bool:
        kind = "other" if raw is None else take(raw, outbox, sender)
        done[kind] += 1
        return kind != "other"

    box.go_through(understood)
    return done


def take(raw: bytes, outbox: Outbox, sender: Sender) -> str:
    """One message: ``bounce``, ``delay``, ``unsubscription`` or ``other``."""
    message = BytesParser(EmailMessage, policy=default).parsebytes(raw)
    wish = UNSUBSCRIBE.match(str(message.get("Subject", "")))
    if wish:
        subscription = read_token(sender.secret, wish[1])
        if subscription is None:
            return "other"
        outbox.suppress(subscription.address, subscription.group_id, "unsubscribed")
        return "unsubscription"
    key = _key(message)
    failures = failures_of(message)
    if key is None or not failures:
        return "other"
    worst = max(failures, key=lambda f: f.action == "failed")
    if worst.action != "failed":
        return "delay"
    bounce = Bounce(sha256(raw).hexdigest(), key, datetime.now(UTC), worst.status, worst.diagnostic)
    outbox.record_bounce(bounce)
    return "bounce"


def failures_of(message: EmailMessage) -> list[Failure]:
    """What a delivery-status report says, recipient by recipient; empty for any other mail."""
    if message.get_content_type() != "multipart/report":
        return []
    found = []
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()  # one of fields for each recipient, after one for the report
        for fields in blocks if isinstance(blocks, list) else ():
            if isinstance(fields, Message) and "Action" in fields:
                status = STATUS.search(str(fields.get("Status", "")))
                diagnostic = " ".join(str(fields.get("Diagnostic-Code", "")).split())[:300] or None
                action = str(fields["Action"]).strip().lower()
                found.append(Failure(action, status[1] if status else "5.0.0", diagnostic))
    return found


def _key(message: EmailMessage) -> str | None:
    for header in RECEIVED_AT:
        for value in message.get_all(header, []):
            match = KEY.search(str(value).lower())
            if match:
                return match[1]
    return None
