"""What the spider's log says of a way, over all pages of its list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import scrapy
from scrapy.http import TextResponse
from twisted.python.failure import Failure

import spiders.crawl.spider
from spiders.archive import payload_digest, read_record
from spiders.crawl.job import Request
from spiders.crawl.spider import PageSpider
from spiders.discover import read_listing
from tests.spiders.loopback import job, lines

FIRST = "https://uno.pe/lista"
VALIDATORS = {"ETag": '"v1"', "Last-Modified": "Sun, 01 Nov 2026 07:00:00 GMT"}


def listing(number: int, following: str | None = None) -> str:
    further = f'<a rel="next" href="{following}">›</a>' if following else ""
    return f'<html><body><a href="/nota-{number}">Nota</a>{further}</body></html>'


def series(*rows: dict[str, object]) -> str:
    return json.dumps({"data": {"proyectos": [{"perParId": 2026, "codTipoParl": "D", **row} for row in rows]}})


def index(*parts: str) -> str:
    inside = "".join(f"<sitemap><loc>{part}</loc></sitemap>" for part in parts)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</sitemapindex>'


class Night:
    """A spider whose answers are handed to it."""

    def __init__(self, folder: Path, **polite: Any) -> None:
        self.job = job(folder, "https://uno.pe", **polite)
        self.job.log.parent.mkdir(parents=True)
        self.spider = PageSpider(self.job)

    def answer(self, body: str, url: str = FIRST, way: str = "listing", status: int = 200) -> list[str]:
        response = TextResponse(url, status, VALIDATORS, body.encode(), encoding="utf-8")
        request = Request.model_validate({"url": url, "way": way})
        return [r.url for r in self.spider.crawl_page(response, request, FIRST)]

    def fail(self, url: str) -> None:
        failure: Any = Failure(TimeoutError())
        failure.request = scrapy.Request(url, cb_kwargs={"request": Request(url=url, way="listing"), "first": FIRST})
        self.spider.crawl_failed(failure)

    def found(self) -> list[tuple[str, str]]:
        self.spider.closed("finished")
        return [(kind, line["url"]) for kind in ("item", "found") for line in lines(self.job, kind)]

    def ways(self) -> list[dict[str, Any]]:
        self.spider.closed("finished")
        return lines(self.job, "way")


@pytest.fixture
def night(tmp_path: Path) -> Iterator[Night]:
    night = Night(tmp_path)
    yield night
    night.spider._archive.close()
    night.spider._log.close()


def test_a_list_in_one_page_keeps_its_validators(night: Night) -> None:
    night.answer(listing(1))
    (way,) = night.ways()
    assert (way["state"], way["items"], way["etag"], way["last_modified"]) == ("read", 1, *VALIDATORS.values())


def test_a_list_in_several_pages_keeps_none(night: Night) -> None:
    assert night.answer(listing(1, "?page=2")) == [f"{FIRST}?page=2"]
    night.answer(listing(2), f"{FIRST}?page=2")
    said = [(w["state"], w["items"], w["etag"], w["last_modified"]) for w in night.ways()]
    assert said == [("partly", 1, None, None), ("read", 2, None, None)]


def test_a_page_that_failed_is_not_mended_by_a_later_one(night: Night) -> None:
    night.answer(index("/a.xml", "/b.xml", "/c.xml"), way="sitemap")
    night.answer("", f"{FIRST}/a", status=500)
    night.fail(f"{FIRST}/b")
    night.answer(listing(3), f"{FIRST}/c")
    last = night.ways()[-1]
    assert (last["state"], last["reason"], last["items"]) == ("error", "http_500", 1)
    assert "etag" not in last


def test_a_long_index_is_read_in_part_and_says_so(tmp_path: Path) -> None:
    night = Night(tmp_path, maximum_list_pages=3)
    asked = night.answer(index("/a.xml", "https://otro.pe/b.xml", "/c.xml", "/d.xml"), way="sitemap")
    assert asked == ["https://uno.pe/a.xml", "https://uno.pe/c.xml"]
    (way,) = night.ways()
    assert (way["state"], way["warnings"]) == ("partly", ["page_elsewhere", "too_many_pages"])


def test_a_chain_without_end_is_an_error(tmp_path: Path) -> None:
    night = Night(tmp_path, maximum_list_pages=2)
    night.answer(listing(1, "?page=2"))
    assert night.answer(listing(2, "?page=3"), f"{FIRST}?page=2") == []
    assert night.ways()[-1]["reason"] == "too_many_pages"


def test_a_list_that_brings_the_whole_item_keeps_what_is_new_or_changed(night: Night) -> None:
    address = "https://uno.pe/filtro?perParId=2026&codTipoParl=D"
    old, new = {"pleyNum": 1, "titulo": "Ley uno"}, {"pleyNum": 2, "titulo": "Ley dos"}
    (known,) = read_listing("bills", series(old).encode(), address, night.job.source).items
    request = Request(url=address, way="bills", known={known.url: payload_digest(known.content or b"")})
    asked = night.spider._ask(request, address)
    assert (asked.method, asked.url, json.loads(asked.body)["codTipoParl"]) == ("POST", "https://uno.pe/filtro", "D")
    response = TextResponse(asked.url, 200, body=series(old, new).encode(), encoding="utf-8")
    assert list(night.spider.crawl_page(response, request, address)) == []
    item = known.url.replace("pleyNum=1", "pleyNum=2")
    assert night.found() == [("item", item), ("found", known.url)]
    (line,) = lines(night.job, "item")
    stored = read_record(night.job.archive, line["warc_file"], line["warc_offset"], line["digest"])
    assert (stored.url, json.loads(stored.body)["titulo"], stored.content_type) == (item, "Ley dos", "application/json")


@pytest.mark.parametrize("error", [ValueError, OverflowError, LookupError, UnicodeError])
def test_no_way_is_left_without_its_line(night: Night, monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(spiders.crawl.spider, "read_listing", broken)
    night.answer(listing(1))
    (way,) = night.ways()
    assert (way["state"], way["reason"]) == ("error", f"error_{error.__name__.lower()}")
