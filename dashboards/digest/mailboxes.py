"""Where mail that came back lies: a Maildir on this machine, or a folder on an IMAP server.

Belongs here: looking through letters and taking away those that were understood. Not here: what they say (``bounces``).
"""

from __future__ import annotations

import imaplib
import mailbox
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urlsplit

LARGEST = 1_000_000  # bytes of a letter worth reading
TIMEOUT_S = 60
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")

Understood = Callable[[bytes | None], bool]  # of a letter, None where it is too large; True: it can go


class MailboxError(Exception):
    """The mailbox cannot be read; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Maildir:
    """A folder that the mail server delivers to."""

    folder: Path

    def go_through(self, understood: Understood) -> None:
        """Show every letter, and remove those that are understood."""
        if not (self.folder / "new").is_dir():  # mail servers make it with the first letter
            return
        box = mailbox.Maildir(self.folder, create=False)
        for name in list(box.keys()):
            raw = box.get_bytes(name)
            if understood(raw if len(raw) <= LARGEST else None):
                box.remove(name)


@dataclass(frozen=True, slots=True)
class ImapFolder:
    """A folder on a server, over TLS."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    ca_file: Path | None = None

    def go_through(self, understood: Understood) -> None:
        """Show every letter, and remove those that are understood.

        Raises:
            MailboxError: the server cannot be reached, or refuses.
        """
        with self._opened() as link:
            for uid in _words(link.uid("SEARCH", "UNDELETED")):
                if understood(_letter(link, uid)):
                    link.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)")
            _done(link.expunge())

    @contextmanager
    def _opened(self) -> Iterator[imaplib.IMAP4]:
        context = ssl.create_default_context(cafile=str(self.ca_file) if self.ca_file else None)
        try:
            link = imaplib.IMAP4_SSL(self.host, self.port, ssl_context=context, timeout=TIMEOUT_S)
            try:
                link.login(self.user, self.password)
                _done(link.select(f'"{self.folder}"'))
                yield link
            finally:
                with suppress(imaplib.IMAP4.error, OSError):
                    link.logout()
        except (imaplib.IMAP4.error, OSError) as error:
            raise MailboxError(f"{self.user} at {self.host}: {error}") from error


Mailbox = Maildir | ImapFolder


def mailbox_of(where: str, password: str = "", ca_file: Path | None = None) -> Mailbox:
    """A mailbox from its name: a Maildir's path, or ``imaps://USER@HOST[:PORT][/FOLDER]``.

    Raises:
        MailboxError: it is neither.
    """
    if "://" not in where:
        return Maildir(Path(where))
    parts = urlsplit(where)
    if parts.scheme != "imaps" or not parts.hostname or not parts.username or parts.password is not None:
        raise MailboxError(
            f"{parts.scheme}://…: a mailbox is a Maildir's path or imaps://USER@HOST/FOLDER, without a password"
        )
    folder = unquote(parts.path.strip("/")) or "INBOX"
    return ImapFolder(parts.hostname, parts.port or 993, unquote(parts.username), password, folder, ca_file)


def _letter(link: imaplib.IMAP4, uid: str) -> bytes | None:
    """A letter that is left unread for whoever looks into the mailbox."""
    size = SIZE.search(b"".join(p for p in link.uid("FETCH", uid, "(RFC822.SIZE)")[1] if isinstance(p, bytes)))
    if size is None or int(size[1]) > LARGEST:
        return None
    parts = link.uid("FETCH", uid, "(BODY.PEEK[])")[1]
    return next((part[1] for part in parts if isinstance(part, tuple)), None)


def _words(answer: tuple[str, list[bytes]]) -> list[str]:
    return b" ".join(part for part in _done(answer) if part).decode("ascii").split()


def _done(answer: tuple[str, list[bytes | None]] | tuple[str, list[bytes]]) -> list[bytes | None] | list[bytes]:
    state, data = answer
    if state != "OK":
        raise imaplib.IMAP4.error(" ".join(str(d) for d in data))
    return data
