"""A backup: one tar file of what a home cannot do without, each part with its checksum; the archive is kept by other means.

Belongs here: making and reading back. Not here: when, and what is done afterwards (the room that runs things). Parts are
the warehouse, the operational state and the journal. The published file and the search index are made from these.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from warehouse import journal
from warehouse.forgetting import TOMBSTONES
from warehouse.search.shelf import sync
from warehouse.store import open_warehouse

MANIFEST = "manifest.json"
WAREHOUSE, OPS, JOURNAL = "warehouse.duckdb", "ops.sqlite", "journal"
READ_AT_ONCE = 1 << 20


class BackupError(Exception):
    """A backup that is damaged or is none; the message names the part."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a backup."""

    name: str
    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds and when it was made."""

    made_at: str
    parts: tuple[Part, ...]


def make_backup(home: Path, file: Path) -> Manifest:
    """Write a backup, whole or not at all, readable by its owner only.

    Raises:
        LockedError: another process writes to the warehouse.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.new")
    with tempfile.TemporaryDirectory(dir=home, prefix=".backup-") as name:
        copies = Path(name)
        _copy(home, copies)
        parts = tuple(_part(copies, path) for path in sorted(copies.rglob("*")) if path.is_file())
        manifest = Manifest(datetime.now(UTC).isoformat(timespec="seconds"), parts)
        temporary.touch(mode=0o600)
        with tarfile.open(temporary, "w") as tar:
            _add_manifest(tar, manifest)
            for part in parts:
                tar.add(copies / part.name, part.name)
    sync(temporary)
    temporary.replace(file)
    sync(file.parent)
    return manifest


def read_backup(file: Path, target: Path) -> Manifest:
    """Unpack a backup into an empty folder, every part checked.

    Raises:
        BackupError: it is no backup, or a part of it is damaged or missing.
    """
    try:
        with tarfile.open(file, "r:") as tar:
            manifest = _manifest(tar, file)
            for part in manifest.parts:
                _unpack(tar, part, target, file)
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(f"{file}: {error}") from error
    return manifest


def put_back(parts: Path, home: Path) -> list[str]:
    """Put unpacked parts into a home; what was there is set aside beside it. Returns what was set aside.

    The journal on the disk knows what has been said since, and what was taken out of it because a page was forgotten: after
    that it stays as it is. Else a file of it that does not go on from the backup's is damaged, and gets its lines back.
    """
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S}"
    aside = [path for name in (WAREHOUSE, OPS) if (path := set_aside(home / name, stamp))]
    for name in (WAREHOUSE, OPS):
        if (parts / name).exists():
            (parts / name).replace(home / name)
    (home / JOURNAL).mkdir(mode=0o700, exist_ok=True)
    forgot_since = bool(_forgotten(home / JOURNAL) - _forgotten(parts / JOURNAL))
    for path in sorted((parts / JOURNAL).glob("*")):
        there = home / JOURNAL / path.name
        if there.exists() and (forgot_since or there.read_bytes().startswith(path.read_bytes())):
            continue
        if there.exists():
            journal.append_lines(path, _lines_beyond(path, there))
        if kept := set_aside(there, stamp):
            aside.append(kept)
        path.replace(there)
    sync(home / JOURNAL)
    sync(home)
    return aside


def set_aside(path: Path, stamp: str) -> str | None:
    """Rename a file, with what its database keeps beside it, so that nothing opens it; the new name, None when it is not there."""
    for ending in (".wal", "-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.rename(path.with_name(f"{path.name}.{stamp}.aside{ending}"))
    if not path.exists():
        return None
    kept = path.with_name(f"{path.name}.{stamp}.aside")
    path.rename(kept)
    return kept.name


def _forgotten(folder: Path) -> set[str]:
    """The pages that a journal names as forgotten."""
    return {line["document_id"] for line in journal.read(folder / TOMBSTONES)}


def _lines_beyond(whole: Path, damaged: Path) -> list[str]:
    """The lines of a damaged file of the journal that can be read and a whole one has not."""
    known = set(whole.read_bytes().splitlines())
    fresh = (line for line in damaged.read_bytes().splitlines() if line not in known)
    return [line.decode() for line in fresh if _is_record(line)]


def _is_record(line: bytes) -> bool:
    try:
        json.loads(line)
    except ValueError:
        return False
    return True


def _copy(home: Path, copies: Path) -> None:
    """Copies of the parts as of one moment each."""
    if (home / WAREHOUSE).exists():
        with open_warehouse(home / WAREHOUSE) as con:  # nobody else writes meanwhile
            con.execute("CHECKPOINT")
            shutil.copyfile(home / WAREHOUSE, copies / WAREHOUSE)
    if (home / OPS).exists():
        with closing(sqlite3.connect(home / OPS)) as source, closing(sqlite3.connect(copies / OPS)) as copy:
            source.backup(copy)
    if (home / JOURNAL).exists():
        shutil.copytree(home / JOURNAL, copies / JOURNAL)


def _part(root: Path, path: Path) -> Part:
    with path.open("rb") as file:
        return Part(
            path.relative_to(root).as_posix(), path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()
        )


def _add_manifest(tar: tarfile.TarFile, manifest: Manifest) -> None:
    data = json.dumps(asdict(manifest), indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(data), 0o600
    tar.addfile(info, io.BytesIO(data))


def _manifest(tar: tarfile.TarFile, file: Path) -> Manifest:
    first = tar.next()
    if first is None or first.name != MANIFEST or (opened := tar.extractfile(first)) is None:
        raise BackupError(f"{file} is no backup of chasqui")
    row = json.loads(opened.read())
    return Manifest(row["made_at"], tuple(Part(**part) for part in row["parts"]))


def _unpack(tar: tarfile.TarFile, part: Part, target: Path, file: Path) -> None:
    """Write one part; its name comes from the manifest and must stay within the folder."""
    path = (target / part.name).resolve()
    if not path.is_relative_to(target.resolve()):
        raise BackupError(f"{file}: {part.name} lies outside of it")
    try:
        member = tar.getmember(part.name)
    except KeyError as error:
        raise BackupError(f"{file}: {part.name} is missing") from error
    opened = tar.extractfile(member)
    if opened is None:
        raise BackupError(f"{file}: {part.name} is no file")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    digest = hashlib.sha256()
    with path.open("wb") as out:
        for piece in _pieces(opened):
            digest.update(piece)
            out.write(piece)
    if digest.hexdigest() != part.sha256:
        raise BackupError(f"{file}: {part.name} is damaged")
    sync(path)


def _pieces(opened: object) -> Iterator[bytes]:
    while piece := opened.read(READ_AT_ONCE):  # type: ignore[attr-defined] - any open file of bytes
        yield piece
