"""Every fault of the newsroom on every way in: each costs the one list it happens to, under a name, and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from flows.steps.night import judge_url
from spiders.crawl.child import run_job
from spiders.crawl.job import Job, Politeness, Request, read_log
from spiders.crawl.nursery import Nursery
from spiders.registry import Registry, WayKind, load_registry
from tests.newsroom import Newsroom
from tests.newsroom.mishaps import FAULTS
from tests.newsroom.sites.gazette import DAY_LIST
from warehouse.ops import Ops

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

# Way in -> (site, path of the list, path by which faults are set).
WAYS: dict[WayKind, tuple[str, str, str]] = {
    "feed": ("radio-sonda", "/rss.xml", "/rss.xml"),
    "sitemap": ("el-cotidiano", "/sitemap/noticias.xml", "/sitemap/noticias.xml"),
    "listing": ("la-brujula", "/ultimas-noticias/", "/ultimas-noticias/"),
    "gazette": ("gaceta", DAY_LIST.replace("{day}", "20261112"), "/"),
    "gazette_today": ("gaceta", "/Normas/LoadNormasLegales?Length=0", "/Normas/LoadNormasLegales"),
    "bills": ("congreso", "/spley-portal-service/proyecto-ley/lista-con-filtro?perParId=2026&codTipoParl=D", "*/lista-con-filtro"),
    "gobpe": ("portal-estado", "/busquedas.json?contenido[]=normas", "/busquedas.json"),
}  # fmt: skip
# What a fault is called, whatever the list.
CARRIED = {
    "503": "http_503",
    "429": "http_429",
    "slow": "timeout",
    "cut": "connection_lost",
    "endless": "too_large",
    "gzip_bomb": "too_large",
    "redirect_loop": "redirects",
    "redirect_away": "off_registry",
    "redirect_inside": "off_registry",
    "empty_list": "empty_list",
}
HTML = {"soft_error": "empty_list", "looping_pdf": "empty_list", "broken_xml": "empty_list"}
XML = {"soft_error": "html_instead_of_feed", "looping_pdf": "broken_xml", "broken_xml": "broken_xml"}
JSON = {
    "soft_error": "broken_json",
    "looping_pdf": "broken_json",
    "broken_xml": "broken_json",
    "entity_expansion": "broken_json",
    "wrong_charset": "broken_json",
}
# What it is called where the form of the list matters; a fault that is not named leaves the list readable.
NAMED: dict[WayKind, dict[str, str]] = {
    "feed": XML,
    "sitemap": {"soft_error": "html_instead_of_sitemap", "looping_pdf": "broken_xml", "entity_expansion": "empty_list"},
    "listing": HTML,
    "gazette": HTML | {"soft_error": "gazette_without_total", "looping_pdf": "gazette_without_total"},
    "gazette_today": HTML | {"empty_list": "broken_html"},
    "bills": JSON,
    "gobpe": JSON,
}
WITHOUT_ADDRESSES = "bills"  # nothing in its entries leads anywhere
PAUSE = "429_long"  # ends the host's night: no fault of one list
LOOP = "redirect_loop"  # comes last, for good: it takes several requests


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(sites={site for site, _, _ in WAYS.values()}) as newsroom:
        yield newsroom


@pytest.fixture(scope="module")
def registry(newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Registry:
    path = tmp_path_factory.mktemp("registry") / "sources.toml"
    path.write_text(newsroom.registry_toml(), encoding="utf-8")
    return load_registry(path)


def ask_often(newsroom: Newsroom, registry: Registry, folder: Path, kind: WayKind, times: int) -> Job:
    """One child that asks for one list so many times, one after the other; each counts as a list of its own."""
    site, path, _ = WAYS[kind]
    requests = [Request(url=f"{newsroom.url(site, path)}#{n}", way=kind, pages=1) for n in range(times)]
    job = Job(
        run_id="r",
        phase="discover",
        source=registry.get(site),
        requests=tuple(requests),
        politeness=Politeness(
            user_agent="test", delay_s=0.01, timeout_s=5, retry_times=0, maximum_bytes=2_000_000, allow_loopback=True
        ),
        archive=folder / "archive",
        hosts=folder / "hosts",
        log=folder / "logs" / f"{site}.jsonl",
    )
    with Nursery() as nursery:
        assert run_job(job, nursery).is_clean
    return job


@pytest.mark.parametrize("kind", WAYS)
def test_each_fault_costs_one_list(newsroom: Newsroom, registry: Registry, tmp_path: Path, kind: WayKind) -> None:
    site, _, where = WAYS[kind]
    faults = [name for name in FAULTS if name not in {PAUSE, LOOP}]
    newsroom.clear_faults()
    for name in faults:
        newsroom.set_fault(f"{site}:{where}", name, times=1)
    newsroom.set_fault(f"{site}:{where}", LOOP)
    faults.append(LOOP)
    job = ask_often(newsroom, registry, tmp_path, kind, len(faults))
    lines = list(read_log(job.log))
    ways = [line for line in lines if line["kind"] == "way"]
    assert len(ways) == sum(line["kind"] == "exchange" for line in lines) == len(faults)
    names = CARRIED | NAMED[kind]
    assert Counter(way["reason"] for way in ways if way["state"] == "error") == Counter(
        names[f] for f in faults if f in names
    )
    assert all(way["items"] for way in ways if way["state"] != "error")
    assert newsroom.stray_requests() == []
    found = {line["url"] for line in lines if line["kind"] in {"found", "item"}}
    strangers = {urlsplit(newsroom.url(name)).netloc for name in ("decoy", "admin")} & {
        urlsplit(u).netloc for u in found
    }
    assert len(strangers) == (0 if kind == WITHOUT_ADDRESSES else 2)
    judge = partial(judge_url, job.source)
    with Ops(tmp_path / "ops.sqlite") as ops:
        done = ops.ingest(job.log, job.run_id, site, lines, judge)
        waiting = len(ops.pending(site, 1000))
    assert done.requests == len(faults)
    refused = Counter(str(judge(url).refusal) for url in found if judge(url).refusal is not None)
    assert Counter(done.outcomes) == refused
    assert waiting + done.delivered + refused.total() == len(found)
