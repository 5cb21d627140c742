"""The two routes into the gazette, compared by op code."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from flows.progress import PlainReporter
from flows.settings import load_settings
from flows.steps.gazette import compare_routes
from flows.steps.night import judge_url, new_night

REGISTRY = """[[source]]
id = "gaceta"
name = "G"
kind = "official_gazette"
ways = [{ kind = "gazette", url = "https://g.pe/?dia={day}" }, { kind = "gazette_today", url = "https://g.pe/hoy" }]
"""


def compare(folder: Path, today_list: list[str], other: list[str], earlier: list[str] | None = None):
    (folder / "s.toml").write_text(REGISTRY, encoding="utf-8")
    settings = load_settings(home=folder / "home", sources=folder / "s.toml", today=date(2026, 11, 13))
    night = new_night(settings, PlainReporter(), "nightly")
    source = night.registry.get("gaceta")
    with night.ops() as ops:
        for url, kind, codes in (
            ("https://g.pe/?dia=20261113", "gazette", today_list),
            ("https://g.pe/?dia=20261112", "gazette", earlier or []),
            ("https://g.pe/hoy", "gazette_today", other),
        ):
            ops.register_ways([(url, "gaceta", kind)])
            log = [{"kind": "found", "way_url": url, "way": kind, "url": f"https://g.pe/dispositivo/NL/{c}", "title": None,
                    "published_at": None, "updated_at": None} for c in codes]  # fmt: skip
            log.append({"kind": "way", "url": url, "state": "read", "items": len(codes)})
            ops.ingest(folder / url.rpartition("/")[2], night.run_id, "gaceta", log, lambda u: judge_url(source, u))
        return compare_routes(night, ops)


def test_what_one_route_names_and_the_other_does_not_is_counted(tmp_path: Path) -> None:
    (row,) = compare(tmp_path, ["2569204-1", "2569204-2"], ["2569204-1", "2569300-1"])
    assert row == {
        "source": "gaceta",
        "both": 1,
        "not_in_day_lists": 1,
        "not_in_todays_list": 1,
        "codes": ["2569204-2", "2569300-1"],
    }


def test_a_norm_of_yesterday_on_the_other_site_is_no_difference(tmp_path: Path) -> None:
    (row,) = compare(tmp_path, ["2569204-1"], ["2569204-1", "2569100-1"], earlier=["2569100-1", "2569100-2"])
    assert (row["both"], row["codes"]) == (2, [])


def test_a_route_that_named_nothing_is_not_compared(tmp_path: Path) -> None:
    assert compare(tmp_path, ["2569204-1"], []) == []
