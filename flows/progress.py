"""How a night tells what it does: bars when a person watches, plain lines when not."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Protocol


class Bar(Protocol):
    """Counts a step's work."""

    def advance(self, amount: int = 1) -> None:
        """So much more is done."""
        ...


class _Nothing:
    def advance(self, amount: int = 1) -> None:
        del amount


class PlainReporter:
    """Plain lines with the time, for logs."""

    def line(self, text: str) -> None:
        """One line on standard error."""
        print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)

    @contextmanager
    def bar(self, text: str, total: int) -> Iterator[Bar]:
        """Said once; the step's result says the rest."""
        del text, total
        yield _Nothing()


class JsonReporter(PlainReporter):
    """One JSON object a line on standard error: time in UTC, process, text."""

    def line(self, text: str) -> None:
        """One object."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds")
        print(json.dumps({"at": at, "pid": os.getpid(), "text": text}, ensure_ascii=False), file=sys.stderr, flush=True)


class RichReporter:
    """Bars that go away when a step is done, and a line that stays."""

    def __init__(self) -> None:
        from rich.console import Console

        self._console = Console(stderr=True)

    def line(self, text: str) -> None:
        """One line above the bars."""
        self._console.print(text, highlight=False, markup=False)

    @contextmanager
    def bar(self, text: str, total: int) -> Iterator[Bar]:
        """A live bar."""
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self._console, transient=True) as progress:
            task = progress.add_task(text, total=total)

            class Live:
                def advance(self, amount: int = 1) -> None:
                    progress.advance(task, amount)

            yield Live()


def make_reporter(log_format: str = "text") -> PlainReporter | RichReporter:
    """Bars for a terminal; lines, or JSON when asked for, for anything else."""
    if sys.stderr.isatty():
        return RichReporter()
    return JsonReporter() if log_format == "json" else PlainReporter()
