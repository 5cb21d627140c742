"""Which WARC files a backfill reads: those named, less those read before.

Belongs here: from paths and patterns to pieces of work. Not here: files that lie elsewhere (``ccnews``).
"""

from __future__ import annotations

import glob
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from flows.failures import UsageError
from flows.steps.backfill.keep import is_kept
from flows.steps.backfill.segment import Segment
from flows.steps.night import Night
from spiders.transfer import RemoteFile, TransferError
from spiders.warc import identity_of

ASKING = 4  # connections that ask a server what files weigh


def find_files(patterns: Iterable[str]) -> list[tuple[str, Path]]:
    """Files that paths and patterns name, each once, in order of name, with the identity of each; ``**`` means any depth.

    Raises:
        UsageError: one of them names none.
    """
    found: dict[Path, None] = {}
    for pattern in patterns:
        paths = sorted(p for p in map(Path, glob.glob(pattern, recursive=True)) if p.is_file())  # noqa: PTH207 - absolute patterns too
        if not paths:
            raise UsageError(f"--warc {pattern}: no such file")
        found |= dict.fromkeys(p.resolve() for p in paths)
    return [(identity_of(path), path) for path in sorted(found, key=lambda p: (p.name, str(p)))]


def segments_of(night: Night, files: Iterable[tuple[str, Path | RemoteFile]]) -> list[Segment]:
    """Files, each with the key by which it is known again, as pieces of work.

    All sources' pages are taken, also of those no night visits any more.
    """
    settings = night.settings
    return [
        Segment(
            key=key,
            file=file,
            folder=night.home.backfill,
            sources=night.registry.sources,
            model=settings.model,
            read_timeout_s=settings.read_timeout_s,
        )
        for key, file in files
    ]


def missing(segments: Iterable[Segment], *, again: bool) -> list[Segment]:
    """Those not taken in yet, each once; with ``again`` also the others."""
    each = {segment.key: segment for segment in segments}
    return [segment for segment in each.values() if again or not is_kept(segment.place)]


def forget(segments: Iterable[Segment]) -> None:
    """Forget that files were taken in, so that they are read anew, now or by a run that goes on with this one."""
    for segment in segments:
        if is_kept(segment.place):
            shutil.rmtree(segment.place)


def weigh(segments: Iterable[Segment]) -> list[int | None]:
    """Bytes of each file; None where a server does not say them without sending the file, or has it not."""
    with ThreadPoolExecutor(ASKING) as pool:
        return list(pool.map(_weigh, segments))


def _weigh(segment: Segment) -> int | None:
    if not isinstance(segment.file, RemoteFile):
        return segment.file.stat().st_size
    try:
        return segment.file.size()
    except TransferError:
        return None  # the reading will say why


def clean_up(folder: Path) -> int:
    """Remove what killed workers left behind; returns how many half readings there were."""
    leftovers = [p for p in folder.glob(".*") if p.is_dir()] if folder.exists() else []
    for leftover in leftovers:
        shutil.rmtree(leftover, ignore_errors=True)
    return len(leftovers)
