"""The sentences the code and the templates say, found in their source: what the translation files must hold."""

from __future__ import annotations

from pathlib import Path

from babel.messages.extract import extract
from jinja2.ext import babel_extract

ROOT = Path(__file__).parents[2] / "dashboards"
KEYWORDS = {"say": None, "count": (1, 2), "words": (1, 2)}


def said(*parts: str) -> set[str | tuple[str, ...]]:
    """Every message of folders and modules of the room, or of all of it; one that depends on a number is a pair."""
    found: set[str | tuple[str, ...]] = set()
    files = [
        f for part in parts or ("",) for f in ([ROOT / part] if part.endswith(".py") else (ROOT / part).rglob("*"))
    ]
    for path in sorted(f for f in files if f.suffix == ".py"):
        with path.open("rb") as file:
            found |= {_plain(m) for _, m, _, _ in extract("python", file, keywords=KEYWORDS)}
    for path in sorted(f for f in files if f.suffix == ".j2"):
        with path.open("rb") as file:
            found |= {_plain(m) for _, _, m, _ in babel_extract(file, tuple(KEYWORDS), (), {"encoding": "utf-8"})}
    return {m for m in found if m}


def _plain(message: object) -> str | tuple[str, ...]:
    if isinstance(message, (tuple, list)):
        texts = tuple(m for m in message if isinstance(m, str))
        return texts if len(texts) > 1 else (texts[0] if texts else "")
    return message if isinstance(message, str) else ""
