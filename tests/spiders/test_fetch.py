"""One page asked for by hand."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from spiders.fetch import FetchError, Pace, fetch_page
from tests.spiders.loopback import Answer, Site, self_signed, serve

ALLOW, FORBID = Answer("User-agent: *\nDisallow:\n"), Answer("User-agent: *\nDisallow: /\n")
PAGE = Answer("<p>hola</p>", headers={"Content-Type": "text/html"})


def fetch(site: Site, path: str = "/a", timeout_s: float = 5) -> bytes:
    return fetch_page(site.base + path, "Chasqui-Test", timeout_s, allow_loopback=True).body


def redirect(to: str) -> Answer:
    return Answer(status=302, headers={"Location": to})


def test_a_page_by_way_of_a_redirect(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")  # proxies of the environment are not used
    with serve({"/robots.txt": ALLOW, "/a": redirect("/b?x=ñ"), "/b?x=%C3%B1": PAGE}) as site:
        assert fetch(site) == b"<p>hola</p>"


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"/robots.txt": FORBID, "/a": PAGE}, "robots.txt forbids"),
        ({"/robots.txt": redirect("/r"), "/r": FORBID, "/a": PAGE}, "robots.txt forbids"),
        ({"/robots.txt": redirect("/r"), "/r": Answer(status=503), "/a": PAGE}, "stay out"),
        ({"/robots.txt": redirect("/robots.txt"), "/a": PAGE}, "robots.txt: too many redirects"),
        ({"/robots.txt": redirect("http://10.0.0.1/robots.txt"), "/a": PAGE}, "private"),
        ({"/a": redirect("http://192.168.0.1/")}, "private"),
        ({"/a": redirect("http://[bad/")}, "redirected to no address"),
        ({"/a": redirect("/a")}, "too many redirects"),
        ({"/a": Answer(status=410)}, "HTTP 410"),
    ],
)
def test_refusals_say_why(answers: dict[str, Answer], says: str) -> None:
    with serve(answers) as site, pytest.raises(FetchError, match=says):
        fetch(site)


def test_a_page_that_drips_is_cut_at_the_deadline() -> None:
    started = time.monotonic()
    with (
        serve({"/a": Answer("x" * 200, drip_s=0.1)}) as site,
        pytest.raises(FetchError, match="within the time allowed"),
    ):
        fetch(site, timeout_s=1)
    assert time.monotonic() - started < 10


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with serve({"/a": PAGE}, self_signed(tmp_path)) as site, pytest.raises(FetchError, match=r"(?i)certificate"):
        fetch(site)


@pytest.mark.parametrize("url", ["ftp://uno.pe/", "http:///x", "http://[bad/", "http://uno.pe:99999/"])
def test_only_web_addresses(url: str) -> None:
    with pytest.raises(FetchError, match="not an http"):
        fetch_page(url, "Chasqui-Test", 5)


def test_this_machine_is_refused_unless_allowed() -> None:
    with serve({"/a": PAGE}) as site, pytest.raises(FetchError, match="private"):
        fetch_page(f"{site.base}/a", "Chasqui-Test", 5)


@pytest.mark.parametrize(("crawl_delay", "least_s", "pause"), [("0.4", 0.1, 0.4), ("0.1", 0.3, 0.3)])
def test_two_pages_of_a_host_are_parted_by_what_it_asks_for(crawl_delay: str, least_s: float, pause: float) -> None:
    robots, pace = Answer(f"User-agent: *\nCrawl-delay: {crawl_delay}\n"), Pace(least_s)
    started = time.monotonic()
    with serve({"/robots.txt": robots, "/a": PAGE, "/b": redirect("/a")}) as site:
        for path in ("/a", "/b"):
            fetch_page(site.base + path, "Chasqui-Test", 0.6, allow_loopback=True, pace=pace)
    assert time.monotonic() - started >= 2 * pause  # between the pages, and before the redirect is followed
