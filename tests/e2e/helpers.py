"""What the end-to-end tests share: settings for a newsroom, and what a home holds, run ids and times apart."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from flows.settings import Home, Settings
from tests.newsroom import Newsroom
from warehouse.store import open_warehouse

TODAY = date(2026, 11, 15)
TABLES = {
    "documents": "SELECT document_id, url, title, text, published_at, published_from, text_hash, version FROM documents",
    "versions": "SELECT document_id, version, text_hash FROM document_versions",
    "labels": "SELECT * FROM document_labels",
    "mentions": "SELECT * FROM mentions",
    "events": "SELECT * FROM events",
    "event_mentions": "SELECT * FROM event_mentions",
    "event_sectors": "SELECT * FROM event_sectors",
}


def settings_for(newsroom: Newsroom, folder: Path, **more: Any) -> Settings:
    """A home of its own under ``folder`` and a registry of the newsroom's sites."""
    registry = folder / "sources.toml"
    registry.write_text(newsroom.registry_toml(), encoding="utf-8")
    values: dict[str, Any] = {
        "home": folder / "home",
        "sources": registry,
        "contact": "tests",
        "today": TODAY,
        "look_back_days": 70,
        "delay_s": 0,
        "allow_loopback": True,
        "request_timeout_s": 20,
    }
    return Settings(**{**values, **more})


def environment(settings: Settings) -> dict[str, str]:
    """The settings as a child process reads them."""
    given = {k: v.get_secret_value() if isinstance(v, SecretStr) else v for k, v in settings if v is not None}
    values = {f"CHASQUI_{k.upper()}": json.dumps(v) if isinstance(v, dict) else str(v) for k, v in given.items()}
    return {**os.environ, **{k: v for k, v in values.items() if v}}


def rows_of(home: Home) -> dict[str, list[tuple[Any, ...]]]:
    """What the warehouse holds, table by table, in order."""
    with open_warehouse(home.warehouse) as con:
        return {name: con.execute(f"{sql} ORDER BY ALL").fetchall() for name, sql in TABLES.items()}
