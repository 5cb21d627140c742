"""What a domain's records must say so that our mail is believed, and one-click unsubscription with it: SPF, DKIM, DMARC.

Belongs here: reading those records as a receiving server does. Not here: signing, which is the mail server's work, or asking (``dns``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flows.dns import DnsError, Txt

OPEN = re.compile(r"\s\+?all\s*$", re.IGNORECASE)  # an SPF record under which everybody may send
POLICY = re.compile(r";\s*p\s*=\s*(none|quarantine|reject)\b", re.IGNORECASE)
KEY = re.compile(r"(?:^|;)\s*p\s*=([^;]*)")
ONE_CLICK = "without it one-click unsubscription does not count (RFC 8058)"

Found = tuple[str, str, str]  # state, what, advice


@dataclass(frozen=True, slots=True)
class Domains:
    """Where the records stand: of the sender's address, of the envelope's, and the name of the signing key."""

    sender: str
    envelope: str
    selector: str  # empty: not known


def look_at_records(domains: Domains, txt: Txt) -> Iterator[Found]:
    """(state, what, advice) of each record."""
    for judge, name in (
        (_spf, domains.envelope),
        (_dkim, f"{domains.selector or 'SELECTOR'}._domainkey.{domains.sender}"),
        (_dmarc, domains.sender),
    ):
        if judge is _dkim and not domains.selector:
            what = f"DKIM: the name of the mail server's key is not known; {ONE_CLICK}"
            yield "warn", what, f"set dkim_selector, or look yourself: dig TXT {name}"
            continue
        try:
            yield judge(name, txt)
        except DnsError as error:
            yield "warn", f"DNS gives no answer: {error}", f"look yourself: dig TXT {name}"


def _spf(domain: str, txt: Txt) -> Found:
    found = [t for t in txt(domain) if t.lower().split(" ")[0] == "v=spf1"]
    if not found:
        return "warn", f"SPF: {domain} has none", "publish a TXT record as: v=spf1 mx -all"
    if len(found) > 1:
        return "fail", f"SPF: {domain} has {len(found)} records, which counts as none", "join them into one"
    if OPEN.search(found[0]):
        return "warn", f"SPF: {domain} lets everybody send: {found[0]}", "end it with -all"
    return "ok", f"SPF: {domain}: {found[0]}", ""


def _dkim(name: str, txt: Txt) -> Found:
    keys = [match[1].strip() for match in map(KEY.search, txt(name)) if match]
    if not keys:
        return "warn", f"DKIM: no key at {name}; {ONE_CLICK}", "publish the mail server's key there"
    if not any(keys):
        return "fail", f"DKIM: the key at {name} has been taken back", "publish the mail server's present key there"
    return "ok", f"DKIM: a key at {name}", ""


def _dmarc(domain: str, txt: Txt) -> Found:
    labels = domain.split(".")
    for at in range(max(1, len(labels) - 1)):  # a policy of the domain above holds for those below it
        name = "_dmarc." + ".".join(labels[at:])
        found = [t for t in txt(name) if t.startswith("v=DMARC1")]
        if found:
            policy = POLICY.search(found[0])
            if policy is None or len(found) > 1:
                return "fail", f"DMARC: {name} cannot be read: {' | '.join(found)}", "publish v=DMARC1; p=none"
            return "ok", f"DMARC: {name}: {policy[1].lower()}", ""
    return (
        "warn",
        f"DMARC: {domain} has none, which large providers ask of senders",
        f"publish v=DMARC1; p=none at _dmarc.{domain}",
    )
