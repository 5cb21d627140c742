"""Prefect's surroundings: the configured server, or a temporary one of our own that is stopped again.

Set up before Prefect is imported, since it reads its environment then.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

STOP_S = 15.0
QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
    "PREFECT_CLI_PROMPT": "false",
    # A poll every twenty minutes leaves 26,000 runs a year on the server; a month of them is enough.
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(30 * 24 * 3600),
}
ADDRESS_FILE = "api.url"  # of the server that is up for this home


class ServerError(Exception):
    """The temporary server did not come up."""


def be_quiet() -> None:
    """Nothing is sent home and little is said, unless the operator's environment wants it otherwise.

    For whoever imports Prefect: a mere import sends who imported it to its makers.
    """
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)


@contextmanager
def prefect_server(home: Path, timeout_s: float) -> Iterator[str]:
    """Address of the Prefect API: the configured one, else that of a temporary server for this run.

    Args:
        home: folder for the temporary server's database and log.
        timeout_s: how long it may take to answer.

    Raises:
        ServerError: it died, or did not answer in time.
    """
    be_quiet()
    configured = os.environ.get("PREFECT_API_URL") or running_server(home)
    if configured:
        with _environment(PREFECT_API_URL=configured), _told(configured), _drained():
            yield configured
        return
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    port = _free_port()
    url = f"http://127.0.0.1:{port}/api"
    environment = {**os.environ, "PREFECT_HOME": str(home), "PREFECT_SERVER_LOGGING_LEVEL": "WARNING"}
    with (home / "server.log").open("ab") as log:
        command = [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
        server = subprocess.Popen(  # noqa: S603 - our own interpreter
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, start_new_session=True
        )
    stopping = threading.Event()
    try:
        _wait(server, url, timeout_s, home / "server.log")
        (home / ADDRESS_FILE).write_text(url, encoding="ascii")
        threading.Thread(target=_end_with, args=[server, stopping], daemon=True).start()
        with _environment(PREFECT_API_URL=url, PREFECT_HOME=str(home)), _told(url), _drained():
            yield url
    finally:
        stopping.set()
        (home / ADDRESS_FILE).unlink(missing_ok=True)
        _stop(server)


def running_server(home: Path) -> str | None:
    """Address of a server that another process has up for this home; two on one database would get in each other's way."""
    try:
        url = (home / ADDRESS_FILE).read_text(encoding="ascii")
    except OSError:
        return None
    return url if _answers(url) else None


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _told(url: str) -> Iterator[None]:
    """A Prefect that is already imported has read its environment: without a word it would start a server of its own."""
    if "prefect" not in sys.modules:
        yield
        return
    from prefect.settings import PREFECT_API_URL, temporary_settings  # not before its environment is set

    with temporary_settings({PREFECT_API_URL: url}):
        yield


@contextmanager
def _drained() -> Iterator[None]:
    """The last logs and events of the runs in this process are sent while the server is there to take them.

    Prefect's threads for them would otherwise try again for minutes, against nobody.
    """
    try:
        yield
    finally:
        for module, name in (("prefect.events.worker", "EventsWorker"), ("prefect.logging.handlers", "APILogWorker")):
            if module in sys.modules:
                getattr(sys.modules[module], name).drain_all(timeout=STOP_S, at_exit=False)


def _end_with(server: subprocess.Popen[bytes], stopping: threading.Event) -> None:
    """When the server dies by itself, so does what runs against it: a supervisor then starts both anew."""
    server.wait()
    if not stopping.is_set():
        os.kill(os.getpid(), signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], url: str, timeout_s: float, log: Path) -> None:
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise ServerError(f"the temporary Prefect server ended with code {server.returncode}; see {log}")
        if _answers(url):
            return
        time.sleep(0.25)
    raise ServerError(f"the temporary Prefect server did not answer within {timeout_s:g} s; see {log}")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:  # noqa: S310 - loopback, our own server
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError, ValueError):
        return False


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(STOP_S)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
