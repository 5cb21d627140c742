"""What a dashboard shows and to whom: set once by whoever starts the server, read by every view.

Not here: the settings themselves (only ``flows`` reads them), the queries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Setup:
    """One dashboard.

    Attributes:
        published: the file analysts get.
        ops: the operational state, whose review inbox is all the dashboard writes to.
        search: folder of the search index.
        reviewers: sign-in name to hashed secret, see ``signin``.
        stale_hours: age of the last good night from which on the banner warns.
        now: the clock.
    """

    published: Path
    ops: Path
    search: Path
    reviewers: Mapping[str, str] = field(default_factory=dict)
    stale_hours: float = 30
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


class _Held:
    setup: Setup | None = None


def configure(setup: Setup) -> None:
    """Set up the dashboard of this process."""
    _Held.setup = setup


def setup() -> Setup:
    """The dashboard of this process."""
    if _Held.setup is None:
        raise RuntimeError("no dashboard is set up: start it with `chasqui dashboard`")
    return _Held.setup
