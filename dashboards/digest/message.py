"""One copy of an edition as a message: headers, parts, the recipient's own way out.

A copy is a pure function of edition and recipient, byte for byte, so that a repeat is the same message.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from dashboards.digest.render import UNSUBSCRIBE, Edition
from dashboards.digest.tokens import Subscription, unsubscribe_token
from dashboards.plain import clean
from warehouse.records import LIMA

POLICY = SMTP.clone(max_line_length=200, cte_type="7bit")  # 7bit: no server on the way has to recode
SUBJECT_LENGTH = 150
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends, and where answers go."""

    address: str
    name: str
    secret: str = field(repr=False)
    public_url: str  # base of the unsubscribe listener as the world sees it; empty: by mail only
    unsubscribe_mailbox: str  # address that takes "unsubscribe TOKEN"
    bounce_address: str  # what comes back goes to its plus-address

    @property
    def domain(self) -> str:
        """Of the sender's address; message ids are named in it."""
        return self.address.rpartition("@")[2]

    def return_path(self, message_key: str) -> str:
        """The envelope's sender of one copy: what bounces says by its address which copy it was."""
        local, _, domain = self.bounce_address.rpartition("@")
        return f"{local}+{message_key}@{domain}"


def compose(
    edition: Edition,
    sender: Sender,
    *,
    group_id: str,
    recipient: str,
    key: str,
    made_at: datetime,
) -> EmailMessage:
    """The copy for one recipient."""
    token = unsubscribe_token(sender.secret, Subscription(group_id, recipient))
    by_mail = f"mailto:{sender.unsubscribe_mailbox}?subject=unsubscribe%20{token}"
    is_https = sender.public_url.startswith("https://")
    by_web = f"{sender.public_url.rstrip('/')}/u/{token}" if sender.public_url else None
    message = EmailMessage(policy=POLICY)
    message["Subject"] = clean(edition.subject, SUBJECT_LENGTH)
    message["From"] = Address(clean(sender.name), addr_spec=sender.address)
    message["To"] = recipient
    message["Date"] = format_datetime(made_at.astimezone(LIMA))
    message["Message-ID"] = f"<{key}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message["Content-Language"] = edition.language
    if edition.list_name is not None:
        message["List-Id"] = f"{_ascii(edition.list_name)} <{group_id}.chasqui.{sender.domain}>"
        message["List-Unsubscribe"] = ", ".join(f"<{way}>" for way in (by_web, by_mail) if way)
        if is_https:
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message["Precedence"] = "list"
    way_out = by_web or by_mail
    message.set_content(CONTROL.sub("", edition.text.replace(UNSUBSCRIBE, way_out)), cte="quoted-printable")
    message.add_alternative(
        edition.html.replace(UNSUBSCRIBE, way_out.replace("&", "&amp;")), subtype="html", cte="quoted-printable"
    )
    page = message.get_payload(1)
    assert isinstance(page, MIMEPart)
    for name, png in edition.images.items():
        page.add_related(png, "image", "png", cid=f"<{name}>", disposition="inline", filename=f"{name}.png")
    if edition.table is not None:
        name, rows = edition.table
        message.add_attachment(rows, "text", "csv", filename=name, params={"charset": "utf-8"})
    for part, boundary in zip((p for p in message.walk() if p.is_multipart()), "abc", strict=False):
        part.set_boundary(f"=_{key}_{boundary}")  # not drawn by lot: a repeat is the same bytes
    return message


def _ascii(name: str) -> str:
    """A name for List-Id's phrase, which many servers handle best without encoding."""
    plain = clean(name, 60).encode("ascii", "ignore").decode()
    return f'"{plain.replace(chr(92), "").replace(chr(34), "")}"'


def to_content(edition: Edition) -> dict[str, Any]:
    """An edition as the outbox keeps it."""
    return {
        "subject": edition.subject,
        "html": edition.html,
        "text": edition.text,
        "chat": edition.chat,
        "language": edition.language,
        "images": {name: b64encode(png).decode() for name, png in edition.images.items()},
        "table": [edition.table[0], b64encode(edition.table[1]).decode()] if edition.table else None,
        "list_name": edition.list_name,
    }


def from_content(content: dict[str, Any]) -> Edition:
    """An edition from the outbox."""
    table = content["table"]
    return Edition(
        subject=content["subject"],
        html=content["html"],
        text=content["text"],
        chat=content["chat"],
        language=content["language"],
        images={name: b64decode(data) for name, data in content["images"].items()},
        table=(table[0], b64decode(table[1])) if table else None,
        list_name=content["list_name"],
    )
