"""Which WARC files a backfill reads: those named, less those read before.

Belongs here: from paths and patterns to pieces of work. Not here: fetching files from elsewhere (``ccnews``).
"""

from __future__ import annotations

import glob
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from flows.failures import UsageError
from flows.steps.backfill.keep import is_kept
from flows.steps.backfill.segment import Segment
from flows.steps.night import Night
from spiders.warc import identity_of


def find_files(patterns: Iterable[str]) -> list[Path]:
    """Files that paths and patterns name, each once, in order of name; ``**`` means any depth.

    Raises:
        UsageError: one of them names none.
    """
    found: dict[Path, None] = {}
    for pattern in patterns:
        paths = sorted(p for p in map(Path, glob.glob(pattern, recursive=True)) if p.is_file())  # noqa: PTH207 - absolute patterns too
        if not paths:
            raise UsageError(f"--warc {pattern}: no such file")
        found |= dict.fromkeys(p.resolve() for p in paths)
    return sorted(found, key=lambda p: (p.name, str(p)))


def segment_of(night: Night, path: Path) -> Segment:
    """The piece of work that a file is. All sources' pages are taken, also of those no night visits any more."""
    settings = night.settings
    return Segment(
        key=identity_of(path),
        path=path,
        folder=night.home.backfill,
        sources=night.registry.sources,
        model=settings.model,
        read_timeout_s=settings.read_timeout_s,
    )


def missing(segments: Iterable[Segment], *, again: bool) -> Iterator[Segment]:
    """Those not taken in yet, each once; ``again`` forgets what was read of them."""
    seen: set[str] = set()
    for segment in segments:
        if segment.key in seen:
            continue
        seen.add(segment.key)
        if again and is_kept(segment.place):
            shutil.rmtree(segment.place)
        if not is_kept(segment.place):
            yield segment


def clean_up(folder: Path) -> int:
    """Remove what killed workers left behind; returns how many half readings there were."""
    leftovers = [p for p in folder.glob(".*") if p.is_dir()] if folder.exists() else []
    for leftover in leftovers:
        shutil.rmtree(leftover, ignore_errors=True)
    return len(leftovers)
