"""A PostgreSQL of one's own on loopback, for the tests of everything that meets there; gone when they end."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
USER = "chasqui"


def why_not() -> str | None:
    """Why no server can be started here; None when one can."""
    if not BINARIES:
        return "no PostgreSQL binaries under /usr/lib/postgresql: apt-get install postgresql"
    if os.geteuid() == 0 and not _somebody():
        return "PostgreSQL does not run as root, and there is no user to run it as"
    return None


@contextmanager
def postgres(host: str = "127.0.0.1") -> Iterator[str]:
    """A fresh cluster; gives the connection's parameters, without a database."""
    folder = Path(mkdtemp(prefix="chasqui-pg-", dir="/tmp"))  # short: a socket's path has little room
    command: list[str] = []
    if os.geteuid() == 0:
        somebody = _somebody()
        assert somebody is not None, "no unprivileged user to run PostgreSQL as"
        shutil.chown(folder, somebody)
        command = ["runuser", "-u", somebody, "--"]
    port = _free_port()
    data, log = folder / "data", folder / "log"
    make = [*command, str(BINARIES[-1] / "initdb"), "-D", str(data), "-A", "trust", "-U", USER, "--no-sync"]
    subprocess.run(make, check=True, capture_output=True)
    if host != "127.0.0.1":
        with (data / "pg_hba.conf").open("a") as rules:
            rules.write(f"host all all {host}/24 trust\n")
    options = ["-D", str(data), "-p", str(port), "-h", f"127.0.0.1,{host}", "-k", str(folder), "-F"]
    with log.open("wb") as out:
        server = subprocess.Popen([*command, str(BINARIES[-1] / "postgres"), *options], stdout=out, stderr=out)
    try:
        _wait(server, port)
        yield f"host={host} port={port} user={USER}"
    finally:
        server.terminate()  # runuser hands it on
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def create_database(parameters: str, name: str) -> str:
    """A new database; gives the parameters that name it."""
    given = dict(p.split("=") for p in parameters.split())
    command = ["createdb", "-h", given["host"], "-p", given["port"], "-U", given["user"], name]
    subprocess.run([str(BINARIES[-1] / command[0]), *command[1:]], check=True, capture_output=True)
    return f"dbname={name} {parameters}"


def _somebody() -> str | None:
    names = {line.split(":")[0] for line in Path("/etc/passwd").read_text().splitlines()}
    return next((n for n in ("postgres", "nobody") if n in names), None)


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert server.poll() is None, "PostgreSQL ended at once"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.2)
    ready = [str(BINARIES[-1] / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    while time.monotonic() < deadline and subprocess.run(ready, check=False).returncode:
        time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
