"""Postfix from the distribution's package, on loopback, with a configuration, queue and mailboxes of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.dashboards.certificate import make_certificate
from tests.dashboards.post_office import free_port

MAIN = """\
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/data
mail_owner = postfix
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.org
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
mynetworks =
maillog_file = {root}/maillog
maillog_file_prefixes = {root}
virtual_mailbox_domains = example.org
virtual_mailbox_base = {root}/mail
virtual_mailbox_maps = regexp:{root}/mailboxes
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
relay_domains = roto.example
transport_maps = inline:{{ roto.example=nouser: }}
recipient_delimiter = +
smtpd_relay_restrictions = reject_unauth_destination
smtpd_tls_cert_file = {root}/cert.pem
smtpd_tls_key_file = {root}/key.pem
smtpd_tls_security_level = encrypt
smtp_dns_support_level = disabled
"""
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
tlsmgr unix - - n 1000? 1 tlsmgr
proxymap unix - - n - - proxymap
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
virtual unix - n n - - virtual
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
smtp unix - - n - - smtp
postlog unix-dgram n - n - 1 postlogd
nouser unix - n n - - pipe user=nobody argv={root}/nouser
"""
# Whoever is not named does not exist, and is refused at once; roto.example takes everything and fails afterwards.
MAILBOXES = ("bounces", *(f"lector{n}" for n in range(10)))


@dataclass(frozen=True, slots=True)
class Postfix:
    """A running server."""

    port: int
    root: Path

    @property
    def ca_file(self) -> Path:
        return self.root / "cert.pem"

    def mailbox(self, name: str) -> Path:
        return self.root / "mail" / name

    def wait_for(self, name: str, count: int, seconds: float = 60) -> list[bytes]:
        """Messages in a mailbox, once there are so many."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            found = sorted((self.mailbox(name) / "new").glob("*"))
            if len(found) >= count:
                return [f.read_bytes() for f in found]
            time.sleep(0.2)
        raise AssertionError((self.root / "maillog").read_text(errors="replace")[-4000:])


def why_not() -> str | None:
    """Why Postfix cannot be started here; None when it can."""
    if shutil.which("postfix") is None:
        return "no Postfix: apt-get install postfix"
    return "Postfix is started by root only" if os.geteuid() else None


@contextmanager
def postfix() -> Iterator[Postfix]:
    """A server while the block runs."""
    root = Path(tempfile.mkdtemp(prefix="chasqui-postfix-"))
    root.chmod(0o755)
    nobody, owner = pwd.getpwnam("nobody"), pwd.getpwnam("postfix")
    port = free_port()
    for name, who in (("queue", None), ("data", owner), ("mail", nobody)):
        (root / name).mkdir()
        if who:
            os.chown(root / name, who.pw_uid, who.pw_gid)
    make_certificate(root)
    (root / "nouser").write_text("#!/bin/sh\nexit 67\n")  # EX_NOUSER
    (root / "nouser").chmod(0o755)
    (root / "mailboxes").write_text("".join(rf"/^{m}(\+.*)?@example\.org$/ {m}/" + "\n" for m in MAILBOXES))
    (root / "main.cf").write_text(MAIN.format(root=root, uid=nobody.pw_uid, gid=nobody.pw_gid))
    (root / "master.cf").write_text(MASTER.format(port=port, root=root))
    started = subprocess.run(
        ["postfix", "-c", str(root), "start"], capture_output=True, text=True, timeout=60, check=False
    )
    try:
        assert started.returncode == 0, started.stderr + _log(root)
        yield Postfix(port, root)
    finally:
        subprocess.run(["postfix", "-c", str(root), "stop"], capture_output=True, timeout=60, check=False)
        shutil.rmtree(root, ignore_errors=True)


def _log(root: Path) -> str:
    log = root / "maillog"
    return log.read_text(errors="replace") if log.exists() else ""
