"""Asking the system's resolvers for a name's TXT records, as a mail server would that receives from us.

Wire format by Twisted, which Scrapy brings; no reactor. Not here: what a record should say (``sender_records``).
"""

from __future__ import annotations

import secrets
import socket
import struct
from collections.abc import Callable, Sequence
from pathlib import Path

from twisted.names import dns

RESOLV_CONF = Path("/etc/resolv.conf")
PORT = 53
TIMEOUT_S = 3.0
TRIES = 2
LARGEST = 65_535

Address = tuple[str, int]
Txt = Callable[[str], list[str]]  # the TXT records of a name; raises DnsError


class DnsError(Exception):
    """No resolver gave an answer; that there is no such record is one."""


def system_resolvers(path: Path = RESOLV_CONF) -> list[Address]:
    """Those that the machine's programs ask."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    named = [words[1] for words in map(str.split, lines) if len(words) > 1 and words[0] == "nameserver"]
    return [(name, PORT) for name in named or ["127.0.0.1"]]


def lookup_txt(name: str, resolvers: Sequence[Address] | None = None, timeout_s: float = TIMEOUT_S) -> list[str]:
    """The TXT records of a name, each joined from its parts; empty when there are none.

    Raises:
        DnsError: no resolver could tell.
    """
    trouble = "no resolver is known"
    for resolver in list(system_resolvers() if resolvers is None else resolvers) * TRIES:
        try:
            return _records(name, resolver, timeout_s)
        except (OSError, EOFError, ValueError, struct.error, DnsError) as error:
            trouble = f"{resolver[0]}: {error or type(error).__name__}"
    raise DnsError(f"{name}: {trouble}")


def _records(name: str, resolver: Address, timeout_s: float) -> list[str]:
    question = dns.Message(id=secrets.randbits(16), recDes=1)
    question.addQuery(name, dns.TXT)
    raw = question.toStr()
    answer = _parsed(_over_udp(raw, resolver, timeout_s), question)
    if answer.trunc:
        answer = _parsed(_over_tcp(raw, resolver, timeout_s), question)
    if answer.rCode == dns.ENAME:
        return []
    if answer.rCode != dns.OK:
        raise DnsError(f"answers with code {answer.rCode}")
    texts = [record.payload for record in answer.answers if isinstance(record.payload, dns.Record_TXT)]
    return [b"".join(text.data).decode("utf-8", "replace") for text in texts]


def _parsed(raw: bytes, question: dns.Message) -> dns.Message:
    answer = dns.Message()
    answer.fromStr(raw)
    if (answer.id, answer.answer) != (question.id, 1):
        raise DnsError("answers something else")
    return answer


def _over_udp(raw: bytes, resolver: Address, timeout_s: float) -> bytes:
    family, kind, _, _, address = socket.getaddrinfo(*resolver, type=socket.SOCK_DGRAM)[0]
    with socket.socket(family, kind) as link:
        link.settimeout(timeout_s)
        link.connect(address)  # only the one who was asked may answer
        link.send(raw)
        return link.recv(LARGEST)


def _over_tcp(raw: bytes, resolver: Address, timeout_s: float) -> bytes:
    with socket.create_connection(resolver, timeout=timeout_s) as link, link.makefile("rb") as stream:
        link.sendall(struct.pack(">H", len(raw)) + raw)
        return stream.read(struct.unpack(">H", stream.read(2))[0])
