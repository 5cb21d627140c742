"""What is tried again: a step that failed for something that passes, not one that would fail the same way."""

from __future__ import annotations

import sqlite3

import pytest
from prefect.states import Failed
from prefect.task_engine import TaskRunTimeoutError

from flows.nightly import is_passing


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (ConnectionResetError("gone"), True),
        (TimeoutError("no answer"), True),
        (sqlite3.OperationalError("database is locked"), True),
        (TaskRunTimeoutError("Scope timed out"), False),
        (OSError(28, "No space left on device"), False),
        (KeyError("a bug"), False),
    ],
)
def test_only_what_passes_is_tried_again(error: Exception, *, passes: bool) -> None:
    assert is_passing(None, None, Failed(data=error)) is passes
