"""Which pages the site has, and what stands on each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from dashboards.charts import figures as fig
from dashboards.charts.areas import Level, Point
from dashboards.charts.timeline import Mark
from dashboards.site.printer import Printer, Shown
from dashboards.site.records import Told
from dashboards.spreadsheet import as_csv
from dashboards.weeks import Week

SHORT_LIST = 8  # events on the overview
SECTOR_LIST = 100  # on a sector's page; the rest stands in the weeks


def print_language(p: Printer) -> None:
    """All pages of one language."""
    deeds = p.edition.deeds
    sectors = p.edition.sector_names[p.t.code]
    _overview(p, deeds)
    p.page("timeline/", "timeline", [_weeks(p, deeds), _lines(p, deeds)])
    p.page("map/", "map", _maps(p, deeds))
    _weeks_pages(p, deeds)
    for sector, name in sectors.items():
        _sector(p, sector, name, [d for d in deeds if sector in d.event.sectors])
    p.page("sectors/", "sectors", [_profile(p, deeds)], rows=_sector_rows(p, deeds))
    for told in p.edition.told:
        p.page(f"event/{told.event.event_id}/", "event", told=told)
    for former, now in p.edition.redirects.items():
        p.page(f"event/{former}/", "moved", now=now)
    p.page("laws/", "laws")
    p.page("about/", "about", [p.figure(fig.health_figure(p.t, p.edition.nights))])
    _data(p, deeds)


def _overview(p: Printer, deeds: Sequence[Told]) -> None:
    monday = max(p.edition.weeks)
    week = [d for d in deeds if d.event.week == monday]
    before = [sum(d.event.week == monday - timedelta(weeks=n) for d in deeds) for n in range(4, 0, -1)]
    is_comparable = all(p.edition.weeks.get(monday - timedelta(weeks=n)) for n in range(1, 5))
    figures = [_weeks(p, deeds), *_rankings(p, deeds)]
    p.page(
        "", "overview", figures, week=Week(monday), events=len(week), killed=_sum(d.event.killed for d in week),
        wounded=_sum(d.event.wounded for d in week), before=before if is_comparable else [], latest=deeds[:SHORT_LIST],
    )  # fmt: skip


def _sum(values: Iterable[int | None]) -> int | None:
    """None when nobody tells a number."""
    known = [v for v in values if v is not None]
    return sum(known) if known else None


def _weeks(p: Printer, deeds: Sequence[Told], scope: str = "") -> Shown:
    pairs = [(d.event.week, d.event.primary_type) for d in deeds]
    names = p.edition.type_names[p.t.code]
    return p.figure(fig.weeks_figure(p.t, pairs, p.edition.weeks, names, p.edition.spans, _marks(p)), scope)


def _lines(p: Printer, deeds: Sequence[Told]) -> Shown:
    pairs = [(d.event.week, d.event.primary_type) for d in deeds]
    names = p.edition.type_names[p.t.code]
    return p.figure(fig.weeks_figure(p.t, pairs, p.edition.weeks, names, form="lines"))


def _marks(p: Printer) -> list[Mark]:
    found = []
    for law in p.edition.laws:
        day = law.event.date or law.event.reported_on
        if day is not None:
            found.append(Mark(day, f"{law.norm}: {law.event.title}" if law.norm else law.event.title))
    return found


def _rankings(p: Printer, deeds: Sequence[Told], scope: str = "") -> list[Shown]:
    types = Counter(t for d in deeds for t in d.event.types)
    shown = [p.figure(fig.ranking_figure(p.t, "types", types, p.edition.type_names[p.t.code]), scope)]
    if not scope:
        sectors = Counter(s for d in deeds for s in d.event.sectors)
        shown.append(p.figure(fig.ranking_figure(p.t, "sectors", sectors, p.edition.sector_names[p.t.code])))
    return shown


def _profile(p: Printer, deeds: Sequence[Told]) -> Shown:
    counts = Counter((s, t) for d in deeds for s in d.event.sectors for t in d.event.types)
    return p.figure(fig.profile_figure(p.t, counts, p.edition.sector_names[p.t.code], p.edition.type_names[p.t.code]))


def _maps(p: Printer, deeds: Sequence[Told]) -> list[Shown]:
    codes = [d.event.ubigeo for d in deeds]
    departments = Counter(c[:2] for c in codes if c)
    provinces = Counter(c[:4] for c in codes if c and c[2:4] != "00")
    districts = Counter(c for c in codes if c and c[4:] != "00")
    shown = []
    levels: tuple[tuple[Level, Counter[str], tuple[fig.Place, ...]], ...] = (
        ("departments", departments, p.edition.departments),
        ("provinces", provinces, p.edition.provinces),
    )
    for level, counts, places in levels:
        unplaced = len(codes) - counts.total()
        shown += [p.figure(fig.areas_figure(p.t, level, counts, places, unplaced, is_rate=r)) for r in (False, True)]
    towns = p.edition.towns
    points = [
        Point(towns[c].name, towns[c].latitude, towns[c].longitude, n) for c, n in districts.items() if c in towns
    ]
    shown.append(p.figure(fig.points_figure(p.t, points, len(codes) - sum(x.events for x in points))))
    return shown


def _weeks_pages(p: Printer, deeds: Sequence[Told]) -> None:
    by_week: dict[date, list[Told]] = defaultdict(list)
    for d in deeds:
        by_week[d.event.week].append(d)
    weeks = [(Week(m), by_week[m]) for m in sorted(p.edition.weeks, reverse=True)]
    p.page("events/", "events", weeks=weeks)
    for n, (week, told) in enumerate(weeks):
        newer = weeks[n - 1][0] if n else None
        older = weeks[n + 1][0] if n + 1 < len(weeks) else None
        p.page(f"events/{week.monday}/", "week", week=week, told=told, newer=newer, older=older)


def _sector(p: Printer, sector: str, name: str, deeds: Sequence[Told]) -> None:
    figures = [_weeks(p, deeds, sector), *_rankings(p, deeds, sector)] if deeds else []
    p.page(
        f"sector/{sector}/", "sector", figures, sector=sector, name=name, told=deeds[:SECTOR_LIST], total=len(deeds),
        killed=_sum(d.event.killed for d in deeds), wounded=_sum(d.event.wounded for d in deeds),
    )  # fmt: skip


def _sector_rows(p: Printer, deeds: Sequence[Told]) -> list[tuple[str, str, int]]:
    counts = Counter(s for d in deeds for s in d.event.sectors)
    return [(sector, name, counts[sector]) for sector, name in p.edition.sector_names[p.t.code].items()]


def _data(p: Printer, deeds: Sequence[Told]) -> None:
    """The events as data, for those who count themselves."""
    columns = (
        "event_id", "date", "date_precision", "week", "types", "sectors", "ubigeo", "department", "province", "district", "killed", "wounded",
        "amount_pen", "title", "sources",
    )  # fmt: skip
    rows = [
        (
            e.event_id, e.date, e.date_precision, e.week, list(e.types), list(e.sectors), e.ubigeo, e.department, e.province, e.district,
            e.killed, e.wounded, e.amount_pen, e.title, [v.name for v in e.voices],
        )
        for e in (d.event for d in deeds)
    ]  # fmt: skip
    p.file("data/events.csv", as_csv(columns, rows))
    p.json("data/events.json", [dict(zip(columns, row, strict=True)) for row in rows])
