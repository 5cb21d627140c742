"""A registry entry for a site nobody has described yet: its feeds and sitemaps found, two pages read, the form of addresses guessed."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html

from spiders.discover.listing import parse_html
from spiders.extract import NotArticle, Unreadable
from spiders.extract.metadata import SITE_SUFFIX
from spiders.fetch import FetchError, fetch_page, fetch_robots
from spiders.probe import Asker, Finding, Probe, describe
from spiders.registry import Source, Way, WayKind
from spiders.urls import host_of
from warehouse.records import Document

FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml"})
USUAL_PLACES: tuple[tuple[WayKind, str], ...] = (("feed", "/feed/"), ("feed", "/rss.xml"), ("sitemap", "/sitemap.xml"))
SHAPES = 3  # forms of address that together must cover nearly all items
COVERED = 0.9
PAGES_READ = 2


class NothingFoundError(Exception):
    """The site shows no feed, no sitemap, or no page that can be read."""


def propose(url: str, asker: Asker, today: date) -> tuple[Source, list[Finding]]:
    """An entry for the site at an address, and what was tried.

    Raises:
        FetchError: the site itself cannot be had.
        NothingFoundError: no way in works, or fewer than two pages can be read.
    """
    front = fetch_page(url, asker.user_agent, asker.timeout_s, allow_loopback=asker.allow_loopback)
    tree = parse_html(front.body)
    host = host_of(front.url)
    found: list[Finding] = []
    ways: list[Way] = []
    probe = Probe(_draft(front.url, host, tree, [Way(kind="listing", url=front.url)]), asker, today)
    for way in _candidates(front.url, tree, asker):
        finding = probe.try_way(way)
        found.append(finding)
        if finding.is_well:
            ways.append(way)
    if not ways:
        raise NothingFoundError(
            f"{host}: neither its front page nor robots.txt nor the usual places lead to a feed or sitemap that works"
        )
    documents = list(_read(probe, found))
    if len(documents) < PAGES_READ:
        raise NothingFoundError(f"{host}: lists were found, but fewer than {PAGES_READ} of their pages could be read")
    pattern = address_pattern([item.url for item in probe.items])
    return _draft(front.url, host, tree, ways, pattern, documents), found


def _candidates(front: str, tree: html.HtmlElement, asker: Asker) -> Iterator[Way]:
    """Feeds the front page names, sitemaps robots.txt names, and the usual places of either kind that is still lacking."""
    named: dict[str, Way] = {}
    for link in tree.iter("link"):
        if (link.get("type") or "").lower() in FEED_TYPES and link.get("href"):
            address = urljoin(front, link.get("href") or "")
            named.setdefault(address, Way(kind="feed", url=address))
    robots = fetch_robots(front, asker.user_agent, asker.timeout_s, allow_loopback=asker.allow_loopback)
    for address in robots.sitemaps:
        named.setdefault(address, Way(kind="sitemap", url=address))
    kinds = {way.kind for way in named.values()}
    usual = (Way(kind=kind, url=urljoin(front, path)) for kind, path in USUAL_PLACES if kind not in kinds)
    host = host_of(front)
    yield from (way for way in (*named.values(), *usual) if host_of(way.url) == host)


def _read(probe: Probe, found: list[Finding]) -> Iterator[Document]:
    for item in probe.items[: 2 * PAGES_READ]:
        try:
            document = probe.read(item)
        except (FetchError, NotArticle, Unreadable) as error:
            found.append(Finding("page", is_well=False, what=f"{error} at {item.url}"))
            continue
        found.append(Finding("page", is_well=True, what=describe(document)))
        yield document
        if sum(f.name == "page" and f.is_well for f in found) >= PAGES_READ:
            return


def address_pattern(urls: Sequence[str]) -> str | None:
    """A regular expression that nearly all the addresses match and a front page does not; None when they have no form in common."""
    shapes = Counter(_shape(url) for url in set(urls))
    best = shapes.most_common(SHAPES)
    if not best or sum(count for _, count in best) < COVERED * shapes.total():
        return None
    hosts = sorted({re.escape(urlsplit(url).netloc.removeprefix("www.")) for url in urls})
    inside = [shape for shape, _ in best if shape]
    return rf"^https?://(?:www\.)?(?:{'|'.join(hosts)})/(?:{'|'.join(inside)})/?$" if len(inside) == len(best) else None


def _shape(url: str) -> str:
    parts = [part for part in urlsplit(url).path.split("/") if part]
    return "/".join(_part_shape(part, is_last=n == len(parts) - 1) for n, part in enumerate(parts))


def _part_shape(part: str, *, is_last: bool) -> str:
    if part.isdigit():
        return rf"\d{{{len(part)}}}" if len(part) in {2, 4} else r"\d+"
    stem, dot, suffix = part.rpartition(".")
    if not is_last:
        return r"[\w-]+"
    numbered = r"-\d+" if re.search(r"-\d{3,}$", stem or part) else ""
    return rf"[\w%-]+{numbered}" + (rf"\.{re.escape(suffix)}" if dot else "")


def _draft(
    front: str,
    host: str,
    tree: html.HtmlElement,
    ways: Sequence[Way],
    pattern: str | None = None,
    documents: Sequence[Document] = (),
) -> Source:
    name = tree.xpath("string(.//meta[@property='og:site_name']/@content)") or SITE_SUFFIX.sub(
        "", tree.xpath("string(.//title)")
    )
    languages = Counter(d.language for d in documents if d.language in {"es", "en"})
    bare = host.partition(":")[0].removeprefix("www.")
    return Source(
        id=re.sub(r"[^a-z0-9]+", "-", bare.rsplit(".", 1)[0].lower()).strip("-") or "site",
        name=" ".join(str(name).split()) or bare,
        kind="national_news",
        language="en" if languages.most_common(1) and languages.most_common(1)[0][0] == "en" else "es",
        home=front,
        ways=tuple(ways),
        article_pattern=pattern,
    )


def as_toml(source: Source) -> str:
    """The entry as it is pasted into ``sources.toml``; what nobody but a person knows stands as a comment."""
    lines = ["[[source]]", f"id = {_value(source.id)}", f"name = {_value(source.name)}"]
    lines += ["# owner = who is behind it; leave it out when unknown", f"kind = {_value(source.kind)}  # is it?"]
    lines += [f"language = {_value(source.language)}", f"home = {_value(source.home)}", "ways = ["]
    lines += [f"  {{ kind = {_value(way.kind)}, url = {_value(way.url)} }}," for way in source.ways] + ["]"]
    if source.article_pattern:
        lines.append(f"article_pattern = '{source.article_pattern}'")
    else:
        lines.append(
            "# article_pattern = regular expression of its pages' addresses; those found have no form in common"
        )
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    """A TOML string; JSON's are TOML's too."""
    return json.dumps(value, ensure_ascii=False)
