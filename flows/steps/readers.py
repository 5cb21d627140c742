"""Processes beside this one that read pages: one that takes too long or too much memory costs its page alone.

Belongs here: starting them, bounding what they take, noticing that they cannot live. Not here: what a page gives (``reading``).
"""

from __future__ import annotations

import multiprocessing
import resource
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from pebble import ProcessFuture, ProcessPool

MEMORY = 2 * 1024**3  # bytes of address space above what the interpreter starts with
PAGES = 5000  # then a reader is replaced, and what pages left in its memory goes with it
WATCH_S = 0.5  # between two looks at the pool while a page is waited for

Result = TypeVar("Result")


class ReadersDiedError(Exception):
    """Reading processes end before they read anything: no page's fault."""

    def __init__(self) -> None:
        super().__init__(
            "the processes that read pages die at their start: each imports the program that was started, which must be a file "
            "that is still there and can be imported"
        )


def make_readers(count: int) -> ProcessPool:
    """So many reading processes, as a context that ends them."""
    context = multiprocessing.get_context("spawn")
    return ProcessPool(max_workers=count, max_tasks=PAGES, initializer=limit_memory, context=context)


def limit_memory() -> None:
    """Bound what a reading process may take: a page that needs more costs itself."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, resource.RLIM_INFINITY))


def result_from(pool: ProcessPool, future: ProcessFuture[Result]) -> Result:
    """Wait for what a reading process gives, or raises.

    A pool whose processes all die idle gives up with its work still queued (Pebble 5.2): whoever waits for that would wait for
    good, so the pool is watched too.

    Raises:
        ReadersDiedError: the pool gave up.
    """
    while not wait([future], timeout=WATCH_S).done:
        if not pool.active and not future.done():
            raise ReadersDiedError
    try:
        return future.result()
    except BrokenProcessPool as error:
        raise ReadersDiedError from error
