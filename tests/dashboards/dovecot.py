"""Dovecot from the distribution's package, on loopback, over TLS, with a mailbox of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.dashboards.certificate import make_certificate
from tests.dashboards.post_office import free_port

USER, PASSWORD = "bounces@example.org", "clave-de-prueba"
CONFIGURATION = """\
base_dir = {root}/run
log_path = {root}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{root}/cert.pem
ssl_key = <{root}/key.pem
mail_location = maildir:{root}/mail
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/mail
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Dovecot:
    """A running server."""

    port: int
    root: Path

    @property
    def ca_file(self) -> Path:
        return self.root / "cert.pem"

    @property
    def maildir(self) -> Path:
        return self.root / "mail"

    def put(self, *letters: bytes) -> None:
        """Deliver letters, as the mail server does."""
        nobody = pwd.getpwnam("nobody")
        for n, raw in enumerate(letters):
            path = self.maildir / "new" / f"{time.time_ns()}.{n}.test"
            path.write_bytes(raw)
            os.chown(path, nobody.pw_uid, nobody.pw_gid)

    def held(self) -> list[Path]:
        """Letters that lie there."""
        return [*self.maildir.glob("new/*"), *self.maildir.glob("cur/*")]


def why_not() -> str | None:
    """Why Dovecot cannot be started here; None when it can."""
    if shutil.which("dovecot") is None:
        return "no Dovecot: apt-get install dovecot-imapd"
    return "Dovecot is started by root only" if os.geteuid() else None


@contextmanager
def dovecot() -> Iterator[Dovecot]:
    """A server while the block runs."""
    root = Path(tempfile.mkdtemp(prefix="chasqui-dovecot-"))
    root.chmod(0o755)
    nobody, port = pwd.getpwnam("nobody"), free_port()
    make_certificate(root)
    for folder in ("mail", "mail/new", "mail/cur", "mail/tmp"):
        (root / folder).mkdir()
        os.chown(root / folder, nobody.pw_uid, nobody.pw_gid)
    (root / "dovecot.conf").write_text(
        CONFIGURATION.format(root=root, password=PASSWORD, uid=nobody.pw_uid, gid=nobody.pw_gid, port=port)
    )
    server = subprocess.Popen(["dovecot", "-F", "-c", str(root / "dovecot.conf")], stderr=subprocess.PIPE)
    try:
        _wait(server, port, root)
        yield Dovecot(port, root)
    finally:
        server.terminate()
        server.communicate(timeout=30)
        shutil.rmtree(root, ignore_errors=True)


def _wait(server: subprocess.Popen[bytes], port: int, root: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    log = root / "log"
    raise AssertionError(log.read_text() if log.exists() else "Dovecot did not start")
