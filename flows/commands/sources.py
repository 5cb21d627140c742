"""``chasqui sources``: the registry as a person reads it."""

from __future__ import annotations

import json

from flows.settings import load_settings
from spiders.registry import load_registry


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
