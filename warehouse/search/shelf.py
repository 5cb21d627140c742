"""Where the index lies: numbered folders, one of which is current, and whether its files are whole.

Belongs here: opening, replacing and examining. Not here: what the index holds (``schema``, ``update``). The index in use is
changed in place, which tantivy does whole or not at all; one that is made anew grows in a folder of its own and becomes
current at once when it is done.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
import zlib
from dataclasses import dataclass
from pathlib import Path

import tantivy

from warehouse.durable import sync
from warehouse.search.schema import SPANISH, VERSION, make_analyzer, make_schema

POINTER = "current.json"
PROVEN = "proven.json"  # files whose checksum was right, with their size and time: they are never changed
CONTENTS = "meta.json"  # tantivy's own list of an index's files, which have random names
PARTS = (".term", ".idx", ".pos", ".fieldnorm", ".fast", ".store")
FOOTER = struct.Struct("<II")  # length of the footer, tantivy's mark
MARK = 1337
READ_AT_ONCE = 1 << 20


class SearchError(Exception):
    """The index cannot be asked; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder ``search/`` of a home."""

    folder: Path

    @property
    def current(self) -> Path | None:
        """The folder of the index in use; None when there is none of this program's making."""
        try:
            pointer = json.loads((self.folder / POINTER).read_text(encoding="utf-8"))
            name, version = str(pointer["folder"]), pointer["version"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        path = self.folder / name
        return path if version == VERSION and path.parent == self.folder and path.is_dir() else None

    @property
    def masker(self) -> str | None:
        """Version of what masked the texts of the index in use; None when it does not say."""
        try:
            return json.loads((self.folder / POINTER).read_text(encoding="utf-8")).get("masker")
        except (OSError, ValueError, AttributeError):
            return None

    def open(self) -> tantivy.Index:
        """The index in use.

        Raises:
            SearchError: there is none, or it cannot be read.
        """
        path = self.current
        if path is None:
            raise SearchError(f"no search index in {self.folder} yet: the next `chasqui nightly` makes it")
        return open_index(path)

    def damage(self, *, only_new: bool = False) -> str | None:
        """What is wrong with the index in use, by the checksums its files carry; None when it is whole.

        Args:
            only_new: read only files that were never found right, or look different since. A night must not read all that ever was.
        """
        path = self.current
        if path is None:
            return "missing"
        return next((f"{name} {what}" for name, what in _damages(path, _proven(path) if only_new else {})), None)

    def new_folder(self) -> Path:
        """A folder for an index to be made anew; what an earlier attempt left is cleared away."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        current = self.current
        numbers = [0]
        for path in self.folder.iterdir():
            if path.is_dir() and path != current:
                shutil.rmtree(path)
            elif path.is_dir():
                numbers.append(int(path.name))
        path = self.folder / str(max(numbers) + 1)
        path.mkdir(mode=0o700)
        return path

    def make_current(self, path: Path, masker: str) -> None:
        """Put a finished index, its texts masked by a version of the masker, into use and clear the others away."""
        temporary = self.folder / f".{POINTER}"
        temporary.write_text(json.dumps({"folder": path.name, "version": VERSION, "masker": masker}), encoding="utf-8")
        for name in (temporary, path):
            sync(name)
        temporary.replace(self.folder / POINTER)
        sync(self.folder)
        for other in self.folder.iterdir():
            if other.is_dir() and other != path:
                shutil.rmtree(other)

    def discard(self) -> None:
        """Take the index away, with every text in it; the next night makes it anew."""
        if self.folder.exists():
            shutil.rmtree(self.folder)


def make_index(path: Path) -> tantivy.Index:
    """An empty index."""
    return _with_words(tantivy.Index(make_schema(), path=str(path)))


def open_index(path: Path) -> tantivy.Index:
    """The index in a folder."""
    try:
        return _with_words(tantivy.Index.open(str(path)))
    except (ValueError, OSError) as error:
        raise SearchError(f"{path}: {str(error).splitlines()[0]}; the next `chasqui nightly` makes it anew") from error


def mark_of(path: Path) -> str:
    """What tells an index, as it stands, from any other and from what it was before its last change."""
    return hashlib.sha256((path / CONTENTS).read_bytes()).hexdigest()


def _with_words(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer(SPANISH, make_analyzer())
    return index


Stamp = list[int]  # size and time of a file


def _damages(path: Path, proven: dict[str, Stamp]) -> list[tuple[str, str]]:
    """(file, what is wrong) of an index's files; tantivy ends each with a checksum of what comes before."""
    try:
        segments = json.loads((path / CONTENTS).read_text(encoding="utf-8"))["segments"]
    except (OSError, ValueError, KeyError):
        return [(CONTENTS, "cannot be read")]
    found, right = [], dict[str, Stamp]()
    for segment in segments:
        name = segment["segment_id"].replace("-", "")
        files = [f"{name}{part}" for part in PARTS]
        if segment["deletes"]:
            files.append(f"{name}.{segment['deletes']['opstamp']}.del")
        for file in files:
            stamp = _stamp(path / file)
            if what := None if stamp and proven.get(file) == stamp else _damage(path / file):
                found.append((file, what))
            elif stamp:
                right[file] = stamp
    if not found and right != proven:
        _note(path, right)
    return found


def _proven(path: Path) -> dict[str, Stamp]:
    try:
        return json.loads((path / PROVEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _note(path: Path, right: dict[str, Stamp]) -> None:
    temporary = path / f".{PROVEN}"
    temporary.write_text(json.dumps(right), encoding="utf-8")
    temporary.replace(path / PROVEN)


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return [found.st_size, found.st_mtime_ns]


def _damage(path: Path) -> str | None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            file.seek(max(0, size - FOOTER.size))
            length, mark = FOOTER.unpack(file.read(FOOTER.size))
            if mark != MARK:
                return "is cut short"
            file.seek(size - FOOTER.size - length)
            expected = json.loads(file.read(length))["crc"]
            file.seek(0)
            return None if _checksum(file, size - FOOTER.size - length) == expected else "is corrupted"
    except FileNotFoundError:
        return "is missing"
    except (OSError, ValueError, KeyError, struct.error):
        return "is cut short"


def _checksum(file, length: int) -> int:  # noqa: ANN001 - any open file of bytes
    value = 0
    while length > 0 and (piece := file.read(min(length, READ_AT_ONCE))):
        value = zlib.crc32(piece, value)
        length -= len(piece)
    return value
