"""Failures as one clear line: what went wrong and where. Known by name, so that no heavy library is imported to tell."""

from __future__ import annotations

import re
from dataclasses import dataclass

USAGE = frozenset(
    {"UsageError", "UnknownLabelError", "SettingsError", "UnknownPlaceError", "GroupsError", "ReviewError"}
)
# Failures whose own message is already the line a person needs.
PLAIN = frozenset(
    """RegistryError QueryError SeriesError BlockedError BusyError ServerError LockedError LakeError MoveError NotWarcError NewerWarehouseError NewerStoreError
    ModelMissingError ArchiveError NewsroomMissingError FetchError NothingFoundError NotReadableError DiskLowError SearchError BackupError StaleError PortTakenError SiteError TrainingError ReadersDiedError TransferError NotThereError
    ListsMissingError EndlessListError""".split()
)


class UsageError(ValueError):
    """The command was called in a way that cannot be meant."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A cause of failures in words for whoever minds the machine; never an error's own text."""

    cause: str
    what: str
    todo: str


FULL = "disk full"
FULL_SAID = re.compile(
    r"no space left|disk is full|could not write (?:file|all bytes)", re.IGNORECASE
)  # libc, SQLite, DuckDB
FAMILIES = ("ConnectionError", "TimeoutError", "OSError")  # told for all their kind, the nearest first
_LOOK = "look at `chasqui status` and `chasqui doctor`; the next run tries again"
REMEDIES = {
    remedy.cause: remedy
    for remedy in (
        Remedy("BlockedError", "not published, the last file stays: a blocking rule is broken",
               "look at the rule's examples in the report and mend the source, or take the pages away with `chasqui forget`"),
        Remedy("DiskLowError", "the disk is nearly full, nothing is fetched",
               "make room, or set retention_days for large sources; the next run goes on by itself"),
        Remedy(FULL, "the disk is full", "make room, then nothing: the next run finishes what was left"),
        Remedy("OSError", "a file or folder cannot be used",
               "see whether the home is there and writable (`chasqui doctor`); the next run goes on by itself"),
        Remedy("ConnectionError", "a server cannot be reached", "see whether the network and, where set, PostgreSQL and Prefect's server are up"),
        Remedy("TimeoutError", "a step took longer than it may", _LOOK),
        Remedy("RegistryError", "the registry of sources cannot be read",
               "`chasqui sources list` says which entry is wrong; mend it"),
        Remedy("ModelMissingError", "the classifier is not where the settings say",
               "put the model folder back (its former one lies beside it as NAME.before), or unset `model`"),
        Remedy("LockedError", "another program holds the warehouse", "end it: nobody but Chasqui opens warehouse.duckdb"),
        Remedy("LakeError", "the warehouse's catalog cannot be reached", "see whether PostgreSQL runs and warehouse_url is right"),
        Remedy("IOException", "the warehouse cannot be read or written", "`chasqui warehouse verify` says which file is damaged, and what to do"),
        Remedy("DatabaseError", "a database file is damaged", "`chasqui warehouse verify` says which, and what to do"),
        Remedy("NewerWarehouseError", "the warehouse was made by a newer program", "install that program again, or restore a backup"),
        Remedy("NewerStoreError", "ops.sqlite was made by a newer program", "install that program again, or restore a backup"),
        Remedy("TrainingError", "the training failed, the old model stays in place", "read the training's log, named in the report"),
        Remedy("Refused", "the new model reads a core label worse: the old one stays in place",
               "nothing, or look at the new model's card, named in the report, and review more documents of those labels"),
    )
}  # fmt: skip


def remedy_for(name: str) -> Remedy:
    """What is told of a failure known by its name."""
    return REMEDIES.get(name) or Remedy(name, f"it failed ({name})", _LOOK)


def cause_of(error: BaseException) -> str:
    """The name under which a failure is told: its own where something is to be said of it, else its family's."""
    if FULL_SAID.search(str(error)):
        return FULL
    kinds = [kind.__name__ for kind in type(error).__mro__]
    return next((name for name in kinds if name in FAMILIES or (name == kinds[0] and name in REMEDIES)), kinds[0])


def explain(error: BaseException) -> tuple[int, str]:
    """(exit code, line) of a failure."""
    name = type(error).__name__
    text = " ".join(str(error).split())
    if name in USAGE:
        return 2, text
    if name in PLAIN:
        return 1, text
    if isinstance(error, OSError) and error.strerror:
        where = f" ({error.filename})" if error.filename else ""
        return 1, f"{error.strerror}{where}"
    return 1, f"{name}: {text[:300]} (run again with --debug for the traceback)"
