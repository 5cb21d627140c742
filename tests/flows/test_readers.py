"""Reading processes: what is waited for always comes or fails, whatever becomes of them."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import ModuleType

import pytest
from pebble import ProcessExpired

from flows.steps.readers import ReadersDiedError, make_readers, result_from

PAGES = 400
LONG = "x" * 1000  # so that what is queued does not fit the pipe to the readers (64 KiB)


def die(_text: str) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


@pytest.mark.timeout(60)
def test_readers_that_cannot_start_are_an_error_not_a_wait(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    gone = ModuleType("__main__")
    gone.__file__ = str(tmp_path / "gone.py")  # each reader would have to import it
    monkeypatch.setitem(sys.modules, "__main__", gone)
    with make_readers(2) as pool:
        futures = [pool.schedule(len, args=[LONG], timeout=30) for _ in range(PAGES)]
        with pytest.raises(ReadersDiedError, match="die at their start"):
            result_from(pool, futures[-1])


@pytest.mark.timeout(60)
def test_a_reader_that_is_killed_costs_its_page_alone() -> None:
    with make_readers(1) as pool:
        killed = pool.schedule(die, args=[LONG], timeout=30)
        others = [pool.schedule(len, args=[LONG], timeout=30) for _ in range(3)]
        with pytest.raises(ProcessExpired):
            result_from(pool, killed)
        assert [result_from(pool, other) for other in others] == [len(LONG)] * 3
