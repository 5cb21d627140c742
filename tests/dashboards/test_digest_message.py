"""The message itself: headers, parts, and other people's words made harmless."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest
from lxml import html as lxml_html

from dashboards.digest.content import read_content
from dashboards.digest.message import Sender, compose, from_content, to_content
from dashboards.digest.render import Edition, render
from dashboards.digest.tokens import message_key, read_token
from dashboards.plain import clean, safe_url
from dashboards.public import public_text
from dashboards.weeks import Week
from tests.dashboards.lint import problems
from tests.dashboards.made import MONDAY, Told, group, publish_events
from tests.dashboards.post_office import SENDER
from warehouse.query import open_published

MADE = datetime(2026, 10, 26, 12, tzinfo=UTC)
HOSTILE = [
    Told("script", title="<script>alert(1)</script> Ataque <img src=x onerror=alert(2)>", evidence='"><b>negrita</b>'),
    Told("link", url="javascript:alert(document.cookie)", sources=("uno", "dos")),
    Told("header", title="Ataque\r\nBcc: todos@example.org\r\n\r\nCuerpo ajeno"),
    Told("turned", title="Ataque \u202egpj.exe\u202c en Comas \u200f\u2067", evidence="\u202eal revés"),
    Told("emoji", title="Balacera 🚌👩🏽‍🚒 en Comas", amount=10),
    Told("template", title="{{ 7 * 7 }} {% raw %} ${x} %s"),
    Told("chat", title="*todo* _cursiva_ ~tachado~"),
    Told("user", url="https://banco.pe@malo.pe/"),
]


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    path = publish_events(tmp_path_factory.mktemp("hostile") / "p.duckdb", HOSTILE)
    with open_published(path) as con:
        return render(read_content(con, group(has_csv=True), Week(MONDAY)))


def copy(edition: Edition, recipient: str = "lectora@example.org", sender: Sender = SENDER) -> EmailMessage:
    key = message_key(SENDER.secret, "digest", "transporte", "2026-W43", recipient)
    made = compose(edition, sender, group_id="transporte", recipient=recipient, key=key, made_at=MADE)
    return BytesParser(EmailMessage, policy=default).parsebytes(made.as_bytes())


def test_headers_lead_back_to_us_and_out(edition: Edition) -> None:
    message = copy(edition)
    assert message["To"] == "lectora@example.org"
    assert re.fullmatch(r"<[a-z2-7]{24}@example\.org>", message["Message-ID"])
    assert message["List-Id"].endswith("<transporte.chasqui.example.org>")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    web, mail = re.findall(r"<([^>]+)>", message["List-Unsubscribe"])
    token = web.removeprefix("https://chasqui.example.org/u/")
    subscription = read_token(SENDER.secret, token)
    assert subscription is not None
    assert (subscription.group_id, subscription.address) == ("transporte", "lectora@example.org")
    assert mail == f"mailto:bounces@example.org?subject=unsubscribe%20{token}"
    assert token in message.get_body(("plain",)).get_content()  # type: ignore[union-attr] - a message of ours has that part, or the test fails
    assert "Bcc" not in message
    assert not message.defects


@pytest.mark.parametrize("public_url", ["", "http://chasqui.example.org"])
def test_without_https_there_is_no_one_click_and_mail_is_a_way_out(edition: Edition, public_url: str) -> None:
    message = copy(edition, sender=replace(SENDER, public_url=public_url))
    assert message["List-Unsubscribe-Post"] is None
    ways = re.findall(r"<([^>]+)>", message["List-Unsubscribe"])
    assert [way.partition(":")[0] for way in ways] == (["http", "mailto"] if public_url else ["mailto"])
    page = lxml_html.document_fromstring(message.get_body(("html",)).get_content())  # type: ignore[union-attr] - a message of ours has that part, or the test fails
    assert ways[0] in page.xpath("//a/@href")


def test_a_token_is_ours_alone() -> None:
    assert read_token(SENDER.secret, "dHJhbnNwb3J0ZQphQGIucGU.AAAAAAAAAAAAAAAAAAAAAA") is None
    for bad in ("", ".", "a.b", "%00", "é.é", "a" * 5000):
        assert read_token(SENDER.secret, bad) is None


def test_the_same_copy_is_the_same_bytes(edition: Edition) -> None:
    stored = from_content(to_content(edition))
    assert copy(stored).as_bytes() == copy(edition).as_bytes()
    assert copy(edition).as_bytes() != copy(edition, "otro@example.org").as_bytes()


def test_every_part_is_there(edition: Edition) -> None:
    message = copy(edition)
    kinds = [p.get_content_type() for p in message.walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png", "image/png", "text/csv",
    ]  # fmt: skip
    page = message.get_body(("html",)).get_content()  # type: ignore[union-attr] - a message of ours has that part, or the test fails
    ids = {p["Content-ID"].strip("<>") for p in message.walk() if p.get_content_maintype() == "image"}
    assert ids == set(re.findall(r'src="cid:([^"]+)"', page))


def test_the_page_passes_the_rules_for_mail(edition: Edition) -> None:
    page = copy(edition).get_body(("html",)).get_content()  # type: ignore[union-attr] - a message of ours has that part, or the test fails
    assert list(problems(page)) == []


def test_hostile_words_come_out_harmless(edition: Edition) -> None:
    page = lxml_html.document_fromstring(edition.html)
    assert page.xpath("//script | //b | //*[@onerror]") == []
    links = page.xpath("//a/@href")
    assert not [href for href in links if "javascript" in href or "malo.pe" in href]
    assert "<script>alert(1)</script> Ataque" in page.text_content()
    assert "{{ 7 * 7 }}" in page.text_content()
    assert "🚌👩🏽‍🚒" in page.text_content()
    for text in (edition.html, edition.text, edition.chat, edition.subject):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f]", text)
    assert "Bcc: todos@example.org" in edition.text  # as words of a headline, in its line
    assert not re.search(r"^Bcc:", edition.text, re.MULTILINE)
    assert "\n" not in edition.subject
    assert "\r" not in edition.subject
    assert edition.table is not None
    assert not re.search(r"(?m)(?:^|,)[=+@-]", edition.table[1].decode("utf-8-sig"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bodega Don Pepe de Comas", "Bodega [negocio]"),
        ("barbería “El Corte Fino”, en Ate", "barbería [negocio], en Ate"),
        ("una bodega en Comas", "una bodega en Comas"),
        ("el Colegio Médico del Perú", "el Colegio Médico del Perú"),
        ("en el jirón Áncash.", "en el jirón [lugar]."),
        ("Av. Túpac Amaru 1234, Comas", "Av. [lugar], Comas"),
    ],
)
def test_the_public_tier_masks_shops_and_streets(text: str, shown: str) -> None:
    assert public_text(text) == shown


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "https://a@b.pe/", "//x.pe", "https://x.pe/ a", "https://x.pe/\n", "http://[", "", None],
)  # fmt: skip
def test_addresses_that_lead_elsewhere_are_no_links(url: str | None) -> None:
    assert safe_url(url) is None


def test_cleaning_keeps_words_whole() -> None:
    assert clean("uno  dos\ttres cuatro", 12) == "uno dos…"
    assert clean("x" * 50, 10) == "x" * 9 + "…"


def test_a_notice_is_no_list_mail() -> None:
    notice = Edition("Chasqui: digests held back", "<p>x</p>", "x", "x", "en")
    message = compose(notice, SENDER, group_id="operator", recipient="op@example.org", key="k", made_at=MADE)
    assert message["List-Id"] is None
    assert message["List-Unsubscribe"] is None


def test_accents_and_long_subjects_survive(tmp_path: Path) -> None:
    long = Edition("Ñandú \r\nBcc: x@example.org" * 10, "<p>ñ</p>", "ñ", "ñ", "es")
    message = copy(long)
    assert message["Subject"].startswith("Ñandú Bcc: x@example.orgÑandú")
    assert message["Bcc"] is None
    assert len(message["Subject"]) <= 150
    raw = message.as_bytes()
    assert raw.isascii()
    assert max(map(len, raw.split(b"\n"))) < 998
