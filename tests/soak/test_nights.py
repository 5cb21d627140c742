"""Months of nights that nobody watches: killed, starved, lied to by the clock; in the end every article is there once.

The long form, sixty nights of 150 articles and two of 2,000, is ``make soak``'s. A short one:
``CHASQUI_TEST_SOAK=1 CHASQUI_TEST_SOAK_NIGHTS=16 CHASQUI_TEST_SOAK_ARTICLES=24 CHASQUI_TEST_SOAK_MANY=120 CHASQUI_TEST_SOAK_SITES=3``.
"""

from __future__ import annotations

import os
import signal
import statistics
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from spiders.urls import canonical_url
from tests.dashboards.post_office import post_office
from tests.e2e.helpers import settings_for
from tests.newsroom import Newsroom
from tests.soak.course import Soak, Worker, figures, small_disk
from tests.soak.plan import Plan, big_enough
from warehouse.ops import Ops
from warehouse.store import open_warehouse

pytestmark = [pytest.mark.soak, pytest.mark.timeout(4 * 3600)]
RECIPIENTS = [f"lectora{n}@example.org" for n in range(5)]
OPERATOR = "guardia@example.org"
FEWEST_TO_SEE_GROWTH = 20
GROUP = '[[group]]\nid = "todos"\nname = "Todos"\nsectors = ["transport"]\nrecipients_file = "lista.txt"\n'


@pytest.fixture(scope="module")
def soak(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Soak]:
    """All nights over."""
    if os.geteuid() != 0:
        pytest.skip("a disk that can be full needs root to be mounted")
    plan, folder = Plan.from_environment(), tmp_path_factory.mktemp("soak")
    size = big_enough(plan)
    (folder / "lista.txt").write_text("\n".join(RECIPIENTS))
    (folder / "groups.toml").write_text(GROUP)
    with ExitStack() as stack:
        disk = stack.enter_context(small_disk(folder / "disk", size))
        newsroom = stack.enter_context(Newsroom(today=plan.days[0], press=plan.press()))
        office = stack.enter_context(post_office())
        settings = settings_for(
            newsroom, folder, home=disk / "home", look_back_days=2, keep_free_gb=0, groups=folder / "groups.toml",
            smtp_host="127.0.0.1", smtp_port=office.server.port, smtp_tls="none", mail_from="chasqui@example.org",
            mail_secret="0123456789abcdef0123456789abcdef", operator_address=OPERATOR,
            mail_per_minute=0, mail_retry_s=0.2, mail_patience_s=0.5, pages_per_source=max(plan.many, 500),
        )  # fmt: skip
        worker = Worker(settings, folder / "worker.log")
        stack.callback(worker.stop)
        soak = Soak(plan, settings, disk, size, newsroom, office, worker)
        soak.run(folder / "nights.jsonl")
        terminal = request.config.pluginmanager.get_plugin("terminalreporter")
        for line in figures(soak):
            print(line) if terminal is None else terminal.write_line(line)
        yield soak


def peaceful(soak: Soak) -> list[dict[str, Any]]:
    """Nights of the worker in which nothing was wrong, after the great ones."""
    last_great = max(soak.plan.great).isoformat()
    return [
        r for r in soak.rows
        if r["kind"] == "nightly" and not r["fault"] and "documents" in r and r["day"] > last_great
    ]  # fmt: skip


def test_every_night_in_peace_ends_well_and_every_strike_hits(soak: Soak) -> None:
    nights = [r for r in soak.rows if r["kind"] == "nightly"]
    assert [r for r in nights if not r["fault"] and r["state"] != "done"] == []
    said = {r["fault"]: r["state"] for r in nights if r["fault"]}
    assert said.keys() == set(soak.plan.faults().values())
    killed = {said[f] for f in said if f.startswith(("killed", "corrupt"))}
    assert killed == {f"code {-signal.SIGKILL}"}
    assert said["disk full"] == "failed"
    assert said["newsroom down"] == "done"
    assert said["clock jump"] in {"code 0", "done"}


def test_every_article_that_could_be_reached_is_there_once(soak: Soak) -> None:
    newsroom, home = soak.newsroom, soak.home
    wanted = {canonical_url(newsroom.url_of(page)) for page in newsroom.press.pages}
    with open_warehouse(home.warehouse) as con:
        found = Counter(url for (url,) in con.execute("SELECT canonical_url FROM documents").fetchall())
        ((doubled,),) = con.execute("SELECT count(*) - count(DISTINCT text_hash) FROM documents").fetchall()
    with Ops(home.ops) as ops:
        states = dict(tuple(row) for row in ops.rows("frontier_counts"))
        missing = [
            dict(row)
            for url in wanted - found.keys()
            for row in ops._db.execute("SELECT * FROM frontier WHERE canonical_url = ?", (url,))
        ]
    assert [url for url, n in found.items() if n > 1] == []
    assert wanted - found.keys() == set(), missing
    assert found.keys() - wanted == set()
    assert doubled == 0
    assert states == {"done": len(wanted)}


def test_mail_reaches_everybody_once_and_the_operator_hears_of_what_needs_a_hand(soak: Soak) -> None:
    weeks = {r["week"] for r in soak.rows if "week" in r}
    letters = soak.office.taken
    digests = Counter(
        (letter.recipient, letter.message["Message-ID"]) for letter in letters if letter.recipient in RECIPIENTS
    )
    assert set(digests.values()) == {1}
    assert len(digests) == len(weeks) * len(RECIPIENTS)
    subjects = " ".join(letter.message["Subject"] for letter in letters if letter.recipient == OPERATOR)
    assert "ended without a word" in subjects
    assert "disk" in subjects


def test_memory_and_open_files_stay_flat(soak: Soak) -> None:
    nights = peaceful(soak)
    first, last = nights[: max(2, len(nights) // 4)], nights[-max(2, len(nights) // 4) :]
    rss = [statistics.median(r["rss"] for r in part) for part in (first, last)]
    assert rss[1] - rss[0] < max(0.1 * rss[0], 30e6), rss
    assert max(r["files"] for r in last) <= max(r["files"] for r in first) + 2
    assert max(r["threads"] for r in last) <= max(r["threads"] for r in first) + 2
    assert max(r["children"] for r in last) <= max(r["children"] for r in first)


def test_the_warehouse_takes_as_much_a_document_in_the_end_as_at_the_beginning(soak: Soak) -> None:
    nights = peaceful(soak)
    for name in ("warehouse", "published", "ops", "archive"):
        sizes = [r[name] / r["documents"] for r in nights]
        assert sizes[-1] < 1.25 * statistics.median(sizes[: max(2, len(sizes) // 4)]), (name, sizes)


def test_a_document_costs_no_more_room_late_than_early(soak: Soak) -> None:
    nights = peaceful(soak)
    if len(nights) < FEWEST_TO_SEE_GROWTH:
        pytest.skip(f"{len(nights)} nights in peace are too few: DuckDB takes room by blocks of 256 kB")
    half = len(nights) // 2
    early, late = nights[:half], nights[half:]
    for name in ("ops", "archive"):  # they grow by what a night adds
        costs = [grown(part, name) for part in (early, late)]
        assert costs[1] < 1.5 * costs[0], (name, costs)
    for name in (
        "warehouse",
        "published",
    ):  # they fill room that was freed before they grow: no steady cost to compare with
        assert grown(late, name) < early[-1][name] / early[-1]["documents"], name


def grown(nights: list[dict[str, Any]], name: str) -> float:
    """Bytes that each further document took over these nights."""
    first, last = nights[0], nights[-1]
    return (last[name] - first[name]) / (last["documents"] - first["documents"])
