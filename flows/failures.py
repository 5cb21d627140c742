"""Failures as one clear line: what went wrong and where. Known by name, so that no heavy library is imported to tell."""

from __future__ import annotations

USAGE = frozenset(
    {"UsageError", "UnknownLabelError", "SettingsError", "UnknownPlaceError", "GroupsError", "ReviewError"}
)
# Failures whose own message is already the line a person needs.
PLAIN = frozenset(
    """RegistryError QueryError SeriesError BlockedError BusyError ServerError LockedError LakeError MoveError NotWarcError NewerWarehouseError NewerStoreError
    ModelMissingError ArchiveError NewsroomMissingError FetchError NothingFoundError NotReadableError DiskLowError SearchError BackupError StaleError PortTakenError SiteError""".split()
)


class UsageError(ValueError):
    """The command was called in a way that cannot be meant."""


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
