"""Where an export lands: built beside the old one and put in its place when it is whole; nothing is written outside it."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

MARKER = ".chasqui-site"  # the folder is ours to replace
PART = re.compile(r"[a-z0-9][a-z0-9_.-]*")


class SiteError(ValueError):
    """The site cannot be written there, or under that name; one line says why."""


class Shelf:
    """The folder that an export fills."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.files = 0
        self.bytes = 0

    def write(self, name: str, content: str | bytes) -> None:
        """One file.

        Raises:
            SiteError: a name that is no plain path below the folder.
        """
        parts = PurePosixPath(name).parts
        if not parts or name.startswith("/") or not all(PART.fullmatch(p) for p in parts):
            raise SiteError(f"{name!r} is no file name of the site")
        data = content.encode() if isinstance(content, str) else content
        path = self._root.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self.files += 1
        self.bytes += len(data)

    def write_json(self, name: str, value: object) -> None:
        """One file of JSON; days and instants as text."""
        self.write(name, json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str))


@contextmanager
def shelf(target: Path) -> Iterator[Shelf]:
    """A shelf that takes the target's place at the end; on failure the former site stays.

    Raises:
        SiteError: the target is a link, a file, or a folder that holds something else.
    """
    target = _checked(target)
    new, old = (target.with_name(f".{target.name}.{what}") for what in ("new", "old"))
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        (new / MARKER).touch()
        yield Shelf(new)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _checked(target: Path) -> Path:
    if ".." in target.parts:
        raise SiteError(f"{target} leads upwards: name the folder plainly")
    target = Path(os.path.abspath(target))  # noqa: PTH100 - resolve() would follow the link that is refused below
    if target.is_symlink():
        raise SiteError(f"{target} is a link: name the folder itself")
    if target.exists():
        if not target.is_dir():
            raise SiteError(f"{target} is no folder")
        if not (target / MARKER).is_file() and any(target.iterdir()):
            raise SiteError(
                f"{target} holds something else than an exported site; it is left alone: name another folder"
            )
    return target
