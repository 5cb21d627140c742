"""What `chasqui doctor` reads in a domain's records, asked of a name server on loopback."""

from __future__ import annotations

import socket
from functools import partial
from pathlib import Path

import pytest

from flows.dns import DnsError, lookup_txt, system_resolvers
from flows.mail import look_at_mail
from flows.sender_records import Domains, look_at_records
from flows.settings import load_settings
from tests.dashboards.post_office import post_office
from tests.flows.name_server import Records, name_server

GOOD: Records = {
    "avisos.example.org": [b"site-verification=x", b"v=spf1 mx -all"],
    "k1._domainkey.example.org": [b"v=DKIM1; k=rsa; p=" + b"MIGf" * 130],  # longer than a UDP answer
    "_dmarc.example.org": [b"v=DMARC1; p=quarantine; rua=mailto:a@example.org"],
}
DOMAINS = Domains("example.org", "avisos.example.org", "k1")


def states(records: Records, domains: Domains = DOMAINS) -> list[str]:
    """As `ok SPF`, one a record."""
    with name_server(records) as resolver:
        found = look_at_records(domains, partial(lookup_txt, resolvers=[resolver], timeout_s=2))
        return [f"{state} {what.split(':')[0]}" for state, what, _ in found]


def test_records_as_they_should_be() -> None:
    assert states(GOOD) == ["ok SPF", "ok DKIM", "ok DMARC"]


def test_a_policy_of_the_domain_above_holds() -> None:
    below = Domains("boletin.example.org", "avisos.example.org", "")
    assert states(GOOD, below) == ["ok SPF", "warn DKIM", "ok DMARC"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"avisos.example.org": []}, "warn SPF"),
        ({"avisos.example.org": [b"v=spf1 mx -all", b"v=spf1 a -all"]}, "fail SPF"),
        ({"avisos.example.org": [b"v=spf1 +all"]}, "warn SPF"),
        ({"avisos.example.org": [b"v=spf10 -all"]}, "warn SPF"),
        ({"k1._domainkey.example.org": 3}, "warn DKIM"),
        ({"k1._domainkey.example.org": [b"v=DKIM1; p="]}, "fail DKIM"),
        ({"_dmarc.example.org": 3}, "warn DMARC"),
        ({"_dmarc.example.org": [b"v=DMARC1; rua=mailto:a@b.pe"]}, "fail DMARC"),
        ({"_dmarc.example.org": 2}, "warn DNS gives no answer"),  # the server's own failure says nothing of the domain
    ],
)
def test_each_fault_is_told_from_its_neighbours(changed: Records, expected: str) -> None:
    found = states({**GOOD, **changed})
    assert expected in found
    assert sum(state.startswith("ok") for state in found) == 2


def test_a_resolver_that_is_silent_is_no_answer_and_the_next_one_is_asked() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent, name_server(GOOD) as resolver:
        silent.bind(("127.0.0.1", 0))
        with pytest.raises(DnsError, match=r"example\.org: 127\.0\.0\.1: timed out"):
            lookup_txt("example.org", [silent.getsockname()], timeout_s=0.05)
        assert lookup_txt("avisos.example.org", [silent.getsockname(), resolver], timeout_s=0.5)[1] == "v=spf1 mx -all"


def test_the_systems_resolvers_are_read(tmp_path: Path) -> None:
    path = tmp_path / "resolv.conf"
    path.write_text("# made by hand\nsearch example.org\nnameserver 192.0.2.1\nnameserver 2001:db8::1\noptions edns0\n")
    assert system_resolvers(path) == [("192.0.2.1", 53), ("2001:db8::1", 53)]


def test_doctor_asks_at_the_domains_of_the_settings() -> None:
    with post_office() as office, name_server(GOOD) as resolver:
        settings = load_settings(
            smtp_host=office.server.host,
            smtp_port=office.server.port,
            smtp_tls="none",
            mail_from="chasqui@example.org",
            bounce_address="b@avisos.example.org",
            dkim_selector="k1",
            mail_secret="0123456789abcdef0123456789abcdef",
        )
        found = list(look_at_mail(settings, partial(lookup_txt, resolvers=[resolver], timeout_s=2)))
    assert [what for state, what, _ in found if state == "ok"] == [
        "127.0.0.1 takes us",
        "SPF: avisos.example.org: v=spf1 mx -all",
        "DKIM: a key at k1._domainkey.example.org",
        "DMARC: _dmarc.example.org: quarantine",
    ]
    assert any("one-click unsubscription is off" in what for state, what, _ in found if state == "warn")
