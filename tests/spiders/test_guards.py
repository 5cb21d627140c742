"""What a crawling child refuses, and whom it waits for."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import scrapy
from protego import Protego
from scrapy.http import Response
from scrapy.settings import Settings, default_settings

from spiders.crawl.__main__ import scrapy_settings
from spiders.crawl.child import run_job
from spiders.crawl.guards import LONGEST_CRAWL_DELAY_S, PublicResolver, Refused, RegisteredHosts, RetryAfter, Robots
from spiders.crawl.job import Request
from spiders.crawl.nursery import Nursery
from tests.spiders.loopback import Answer, job, lines, self_signed, serve

BASE = "https://uno.pe"


def crawler(settings: dict[str, Any]) -> Any:
    return SimpleNamespace(settings=Settings(settings), spider=None, engine=None, stats=None)


def test_the_settings_that_guard_are_named_as_this_scrapy_names_them(tmp_path: Path) -> None:
    settings = scrapy_settings(job(tmp_path, BASE))
    for name, value in (
        ("DOWNLOAD_VERIFY_CERTIFICATES", True),
        ("ROBOTSTXT_OBEY", True),
        ("TWISTED_DNS_RESOLVER", "spiders.crawl.guards.PublicResolver"),
    ):
        assert settings[name] == value
        assert hasattr(default_settings, name)


def test_as_many_requests_are_taken_as_may_be_under_way(tmp_path: Path) -> None:
    for delay, number in ((0, 8), (2, 1)):
        settings = scrapy_settings(job(tmp_path, BASE, delay_s=delay))
        assert settings["DOWNLOAD_DELAY_JITTER"] == 0  # never less than the pause asked for
        assert settings["CONCURRENT_REQUESTS"] == settings["CONCURRENT_REQUESTS_PER_DOMAIN"] == number


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    with serve({"/rss": Answer("<rss/>")}, self_signed(tmp_path)) as site:
        work = job(tmp_path, site.base, Request(url=f"{site.base}/rss", way="feed"))
        with Nursery() as nursery:
            assert run_job(work, nursery).is_clean
    assert not site.asked
    assert [(line["status"], line["error"]) for line in lines(work, "exchange")] == [(None, "tls")]
    assert [(line["state"], line["reason"]) for line in lines(work, "way")] == [("error", "tls")]


@pytest.mark.parametrize(
    ("host", "allow_loopback", "reason"),
    [
        ("uno.pe", False, None),
        ("dos.pe", True, "off_registry"),
        ("127.0.0.1:8080", False, "private_address"),
        ("127.0.0.1:8080", True, None),
        ("localhost", True, None),
        ("192.168.1.1", True, "private_address"),
        ("169.254.169.254", True, "private_address"),
        ("0.0.0.0", True, "private_address"),
        ("intranet.local", True, "private_address"),
    ],
)
def test_only_registered_hosts_and_never_a_private_network(
    tmp_path: Path, host: str, *, allow_loopback: bool, reason: str | None
) -> None:
    work = job(tmp_path, BASE if host == "dos.pe" else f"http://{host}", allow_loopback=allow_loopback)
    guard = RegisteredHosts(crawler({"CHASQUI_JOB": work}))
    request = scrapy.Request(f"http://{host}/nota-1")
    if reason is None:
        guard.process_request(request)
    else:
        with pytest.raises(Refused, match=reason):
            guard.process_request(request)


@pytest.mark.parametrize(
    ("address", "allow_loopback", "passes"),
    [
        ("8.8.8.8", False, True),
        ("127.0.0.1", False, False),
        ("127.0.0.1", True, True),
        ("10.0.0.1", True, False),
        ("::ffff:10.0.0.1", True, False),
    ],
)
def test_names_that_lead_inside_are_refused(
    tmp_path: Path, address: str, *, allow_loopback: bool, passes: bool
) -> None:
    settings = scrapy_settings(job(tmp_path, BASE, allow_loopback=allow_loopback))
    resolver = PublicResolver.from_crawler(crawler(settings), reactor=None)  # type: ignore[arg-type]
    if passes:
        assert resolver._check(address) == address
    else:
        with pytest.raises(Refused, match="private_address"):
            resolver._check(address)


@pytest.mark.parametrize(
    ("override", "asked", "delay"),
    [(None, 7, 7.0), (1.0, 7, 7.0), (0, 7, 0.5), (None, 900, LONGEST_CRAWL_DELAY_S), (1.0, 0.1, 0.5)],
)
def test_crawl_delay_is_honoured_unless_there_is_no_delay_at_all(
    tmp_path: Path, override: float | None, asked: float, delay: float
) -> None:
    slot = SimpleNamespace(delay=0.5)
    fake = crawler(scrapy_settings(job(tmp_path, BASE, delay_s=override)))
    fake.engine = SimpleNamespace(downloader=SimpleNamespace(slots={"uno.pe": slot}))
    Robots(fake)._slow_down(Protego.parse(f"User-agent: *\nCrawl-delay: {asked}\n"), "uno.pe")
    assert slot.delay == delay


def test_a_pause_asked_for_holds_every_request_to_that_host(tmp_path: Path) -> None:
    guard = RetryAfter(crawler(scrapy_settings(job(tmp_path, BASE))))
    order: list[str] = []

    async def answered() -> None:
        busy = Response(f"{BASE}/a", 503, {"Retry-After": "1"})
        await guard.process_response(scrapy.Request(busy.url), busy)
        order.append("retry")

    async def asks(host: str) -> None:
        await asyncio.sleep(0.05)
        await guard.process_request(scrapy.Request(f"https://{host}/b"))
        order.append(host)

    async def all_three() -> None:
        await asyncio.gather(answered(), asks("uno.pe"), asks("dos.pe"))

    asyncio.run(all_three())
    assert order[0] == "dos.pe"
    assert set(order[1:]) == {"retry", "uno.pe"}


def test_a_longer_pause_than_allowed_ends_the_hosts_night(tmp_path: Path) -> None:
    guard = RetryAfter(crawler(scrapy_settings(job(tmp_path, BASE, longest_retry_after_s=10))))
    request = scrapy.Request(f"{BASE}/a")
    asyncio.run(guard.process_response(request, Response(request.url, 429, {"Retry-After": "3600"})))
    assert request.meta["dont_retry"]
    with pytest.raises(Refused, match="asked_to_wait"):
        asyncio.run(guard.process_request(scrapy.Request(f"{BASE}/b")))
