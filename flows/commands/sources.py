"""``chasqui sources``: the registry as a person reads it, what works now of a source, an entry for a new one."""

from __future__ import annotations

import json

from flows.settings import Home, Settings, load_settings
from spiders.probe import Asker, Finding, Probe
from spiders.propose import as_toml, propose
from spiders.registry import load_registry

NIGHTS_SHOWN = 7


def list_sources(form: str) -> None:
    """All sources, enabled or not, and why not."""
    registry = load_registry(load_settings().sources)
    if form == "json":
        print(json.dumps([s.model_dump(mode="json") for s in registry.sources], ensure_ascii=False, indent=1))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in ("id", "name", "kind", "owner", "ways in", "verified", "state"):
        table.add_column(name, overflow="fold")
    for s in registry.sources:
        ways = ", ".join(sorted({w.kind for w in s.ways}))
        state = "enabled" if s.enabled else f"disabled: {s.disabled_reason}"
        table.add_row(s.id, s.name, s.kind, s.owner or "unknown", ways, str(s.verified_on or "never"), state)
    Console(width=180).print(table)


def show_source(source_id: str) -> None:
    """One source: its entry, its lists' last answers, its last nights."""
    settings = load_settings()
    source = load_registry(settings.sources).get(source_id)
    for name, value in source.model_dump(mode="json", exclude={"ways"}).items():
        if value not in (None, [], {}):
            print(f"{name:<18} {value}")
    if source.owner is None:
        print(f"{'owner':<18} unknown")
    if source.verified_on is None:
        print(f"{'verified_on':<18} never")
    home = Home(settings.home)
    if not home.ops.exists():
        for way in source.ways:
            print(f"way                {way.kind} {way.url}{' (doubtful)' if way.doubtful else ''}")
        print("never asked from here")
        return
    from warehouse.ops import Ops

    with Ops(home.ops) as ops:
        asked = {row["url"]: row for row in ops.rows("ways_known", source_id)}
        pages = ops.rows("pages_of", source_id)
    for way in source.ways:
        urls = [
            u for u in asked if u == way.url or ("{day}" in way.url and u.startswith(way.url.partition("{day}")[0]))
        ]
        last = max((asked[u] for u in urls), key=lambda r: r["last_read_at"] or "", default=None)
        said = (
            f"{last['last_state']}, {last['last_items']} items, {last['last_read_at'] or 'never read'}"
            if last
            else "never asked"
        )
        reason = f" ({last['last_reason']})" if last and last["last_reason"] else ""
        print(f"way                {way.kind} {way.url}{' (doubtful)' if way.doubtful else ''}: {said}{reason}")
    for row in pages:
        print(f"pages              {row['pages']} {row['outcome'] or 'waiting'}")


def check_sources(ids: list[str]) -> int:
    """What works now of the sources named, or of all; 1 when something of one of them does not."""
    settings = load_settings()
    registry = load_registry(settings.sources)
    sources = [registry.get(name) for name in ids] or [s for s in registry.sources if s.ways]
    asker = _asker(settings)
    broken = []
    for source in sources:
        print(f"{source.id}  {source.name}" + ("" if source.enabled else f"  (disabled: {source.disabled_reason})"))
        findings = []
        for finding in Probe(source, asker, settings.day()).run():
            findings.append(finding)
            _print(finding)
        if all(f.is_well or "doubtful" in f.name for f in findings):
            print(f"  all is well: set verified_on = {settings.day()} in its entry")
        elif source.enabled:
            broken.append(source.id)
    if broken:
        print(f"not well: {', '.join(broken)}")
    return 1 if broken else 0


def add_source(url: str) -> None:
    """Print an entry for the site at an address, ready to be pasted."""
    settings = load_settings()
    source, findings = propose(url, _asker(settings), settings.day())
    for finding in findings:
        print(f"# {'ok  ' if finding.is_well else 'fail'} {finding.name}: {finding.what}")
    print(as_toml(source), end="")


def _asker(settings: Settings) -> Asker:
    return Asker(settings.user_agent, settings.request_timeout_s, settings.delay_s, settings.allow_loopback)


def _print(finding: Finding) -> None:
    print(f"  {'ok  ' if finding.is_well else 'fail'} {finding.name:<10} {finding.what}", flush=True)
