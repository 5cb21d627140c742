"""Room on the disk: what the archive takes and gains, what a source's retention lets go, when to stop before it is full."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.settings import Home, Settings
from flows.steps.night import Night

GROWTH_DAYS = 14  # of which the growth is told
GB = 1e9


class DiskLowError(Exception):
    """Less room is left than the setting keeps free; nothing more is fetched."""


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes of the disk and of the archive on it."""

    free: int
    keep_free: int
    archive: int
    grown: int  # in the last GROWTH_DAYS days
    grown_days: int  # days of them since the oldest file, at least 1

    @property
    def is_low(self) -> bool:
        """Whether less is left than is to be kept free."""
        return self.free < self.keep_free

    @property
    def days_left(self) -> int | None:
        """Days until no more is left than is to be kept free, at the present growth; None when the archive does not grow."""
        a_day = self.grown / self.grown_days
        return int(max(0, self.free - self.keep_free) / a_day) if a_day else None


def measure(home: Home, settings: Settings, now: datetime) -> Room:
    """Look at the disk and at the archive's files."""
    since = (now - timedelta(days=GROWTH_DAYS)).timestamp()
    sizes = [(stat.st_mtime, stat.st_size) for stat in (path.stat() for path in segments(home.archive))]
    recent = [(at, size) for at, size in sizes if at >= since]
    oldest = min((at for at, _ in recent), default=now.timestamp())
    return Room(
        free=free_bytes(home),
        keep_free=int(settings.keep_free_gb * GB),
        archive=sum(size for _, size in sizes),
        grown=sum(size for _, size in recent),
        grown_days=max(1, round((now.timestamp() - oldest) / 86400)),
    )


def segments(archive: Path) -> list[Path]:
    """The archive's files."""
    return sorted(archive.glob("*/*.warc.gz"))


def free_bytes(home: Home) -> int:
    """Bytes left where the home folder lies, or will lie."""
    folder = next(p for p in (home.root, *home.root.parents) if p.exists())
    return shutil.disk_usage(folder).free


def require_room(night: Night) -> None:
    """Stop before the disk is full.

    Raises:
        DiskLowError: less is left than ``keep_free_gb``.
    """
    free, kept = free_bytes(night.home), night.settings.keep_free_gb
    if free < kept * GB:
        raise DiskLowError(
            f"{free / GB:.1f} GB left for {night.home.root}, keep_free_gb is {kept:g}: nothing is fetched"
        )


def let_go(night: Night) -> dict[str, int]:
    """Remove archive files older than their source's retention; a file whose pages still wait to be read stays."""
    gone = gone_bytes = 0
    with night.ops() as ops:
        for source in night.registry.sources:
            if source.retention_days is None:
                continue
            oldest = datetime.now(UTC).timestamp() - source.retention_days * 86400
            for path in sorted((night.home.archive / source.id).glob("*.warc.gz")):
                size, at = path.stat().st_size, path.stat().st_mtime
                if at < oldest and ops.forget_segment(f"{source.id}/{path.name}"):
                    path.unlink()
                    gone, gone_bytes = gone + 1, gone_bytes + size
    return {"files": gone, "bytes": gone_bytes}
