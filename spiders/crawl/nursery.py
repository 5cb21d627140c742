"""Where crawling children come from: a process that loads the crawler once and forks a child for each job.

Loading Scrapy costs most of a second, a night sends out two children a source, a day of polling thousands. The children are
processes of their own all the same: own settings, own memory, own group; what happens to one harms no other. Here: forking and
reaping, and the parent's handle on both. Not here: watching a job (``child``), or what a child does (``__main__``).

The parent writes a line for each job, ``["job file", "file for its errors"]``; the nursery says ``started PID`` and, when the
child is over, ``ended PID CODE``. It ends with its input, and leaves children that are still at work alone.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import Self

LOST = -1  # return code of a child whose nursery is gone


class NurseryError(Exception):
    """No child can be started."""


@dataclass(slots=True)
class Child:
    """One child as its parent sees it."""

    pid: int
    returncode: int | None = None
    _over: threading.Event = field(default_factory=threading.Event)

    def wait(self, timeout_s: float) -> bool:
        """Whether it is over, after at most so many seconds."""
        return self._over.wait(timeout_s)

    def end(self, returncode: int) -> None:
        """Note how it ended."""
        self.returncode = returncode
        self._over.set()

    def interrupt(self) -> None:
        """Ask it to end."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGINT)

    def kill(self) -> None:
        """End it and whatever it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)


class Nursery:
    """The parent's handle: starts children, from any thread, for as long as a ``with`` block lasts.

    The process is started with the first child, and anew should it have died.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running: _Running | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._running is not None:
            self._running.close()

    def start(self, job: Path, errors: Path) -> Child:
        """A child at work on a job file.

        Raises:
            NurseryError: the process died over it.
        """
        with self._lock:
            if self._running is not None and self._running.is_over():
                self._running.close()
                self._running = None
            if self._running is None:
                self._running = _Running()
            return self._running.start(job, errors)


class _Running:
    """One nursery process, the thread that hears it, and the children it has at work."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "spiders.crawl.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._input, self._output = self._process.stdin, self._process.stdout
        self._started: SimpleQueue[Child | None] = SimpleQueue()
        self._children: dict[int, Child] = {}
        self._is_over = False
        self._listener = threading.Thread(target=self._listen, name="nursery", daemon=True)
        self._listener.start()

    def is_over(self) -> bool:
        """Whether it died."""
        return self._is_over

    def close(self) -> None:
        """Let it end."""
        with suppress(BrokenPipeError):
            self._input.close()
        self._process.wait()
        self._listener.join()
        self._output.close()

    def start(self, job: Path, errors: Path) -> Child:
        """One child; one caller at a time."""
        try:
            self._input.write(json.dumps([str(job), str(errors)]).encode() + b"\n")
            self._input.flush()
        except BrokenPipeError as error:
            raise NurseryError("the process that starts crawling children is gone") from error
        child = self._started.get()
        if child is None:
            raise NurseryError("the process that starts crawling children died")
        return child

    def _listen(self) -> None:
        for line in self._output:
            match line.split():
                case [b"started", pid]:
                    child = self._children[int(pid)] = Child(int(pid))
                    self._started.put(child)
                case [b"ended", pid, code]:
                    self._children.pop(int(pid)).end(int(code))
                case _:
                    break  # no line of ours
        self._is_over = True
        self._started.put(None)  # whoever waits for a start need not any more
        for child in self._children.values():
            child.kill()
            child.end(LOST)


def main() -> int:
    """The nursery's own side: fork a child for each line, say when one is over, until the input ends."""
    from spiders.crawl import __main__ as crawler  # its parent has no use for it

    crawler.load_parts()
    gc.freeze()  # what is loaded by now is shared with every child
    awake, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake)
    unread = b""
    while True:
        ready, _, _ = select.select([sys.stdin.fileno(), awake], [], [])
        if awake in ready:
            os.read(awake, 4096)
            _reap()
        if sys.stdin.fileno() in ready:
            read = os.read(sys.stdin.fileno(), 65536)
            if not read:
                return 0
            *lines, unread = (unread + read).split(b"\n")
            for line in lines:
                job, errors = json.loads(line)
                pid = os.fork()
                if pid == 0:
                    _work(partial(crawler.main, job), errors, (awake, wake))
                _say(f"started {pid}")


def _work(work: Callable[[], int], errors: str, pipe: tuple[int, int]) -> None:
    """The child's side of a fork: cut every tie to the nursery, crawl, and never return."""
    code = 1
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for descriptor in pipe:
            os.close(descriptor)
        for path, flags, targets in (
            (os.devnull, os.O_RDONLY, (0,)),
            (errors, os.O_WRONLY | os.O_CREAT | os.O_APPEND, (1, 2)),
        ):
            opened = os.open(path, flags, 0o600)
            for target in targets:
                os.dup2(opened, target)
            os.close(opened)
        code = work()
    except BaseException:  # noqa: BLE001 - above is the nursery's loop, which this process must not go on with
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _reap() -> None:
    with suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            _say(f"ended {pid} {os.waitstatus_to_exitcode(status)}")


def _say(line: str) -> None:
    os.write(sys.stdout.fileno(), line.encode() + b"\n")


if __name__ == "__main__":
    sys.exit(main())
