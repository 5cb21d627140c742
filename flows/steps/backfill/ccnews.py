"""CC-NEWS, the news crawl that Common Crawl publishes month by month.

Belongs here: from a month to the files that its listing names. Not here: their bytes (``spiders/transfer``) or what is in them (``segment``).
Nothing tells beforehand which hosts a file holds: all of a month's files are read through, and other hosts' pages passed over.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterable
from datetime import date
from functools import partial
from urllib.parse import urljoin

from flows.failures import UsageError
from flows.settings import Settings
from spiders.transfer import NotThereError, RemoteFile, TransferError

LISTING = "crawl-data/CC-NEWS/{month:%Y/%m}/warc.paths.gz"
MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
PATH = re.compile(r"crawl-data/CC-NEWS/\d{4}/\d{2}/[\w.-]+\.warc\.gz")
LISTING_BYTES = 10_000_000  # a month has some hundreds of files

Files = list[tuple[str, RemoteFile]]


def months_of(texts: Iterable[str]) -> list[date]:
    """The first days of the months named, each once, in order.

    Raises:
        UsageError: one is no month.
    """
    for text in texts:
        if not MONTH.fullmatch(text):
            raise UsageError(f"--cc-news must be a month such as 2025-10, got {text!r}")
    return sorted({date.fromisoformat(f"{text}-01") for text in texts})


def list_files(settings: Settings, months: Iterable[date]) -> Files:
    """The files of months as their listings name them, each with the key by which it is known again.

    Raises:
        NotThereError: a month has no listing.
        TransferError: a listing did not come whole, or is none.
    """
    elsewhere = partial(RemoteFile, user_agent=settings.user_agent, timeout_s=settings.request_timeout_s)
    base = settings.cc_news_url.rstrip("/") + "/"
    files: Files = []
    for month in months:
        listing = elsewhere(urljoin(base, LISTING.format(month=month)))
        try:
            paths = _read_listing(listing)
        except NotThereError as error:
            raise NotThereError(f"no listing of CC-NEWS for {month:%Y-%m}: {error}") from error
        files += [(hashlib.sha256(path.encode()).hexdigest()[:20], elsewhere(urljoin(base, path))) for path in paths]
    return files


def _read_listing(listing: RemoteFile) -> list[str]:
    with listing.open() as stream:
        packed = stream.read(LISTING_BYTES + 1)
    try:
        lines = gzip.decompress(packed).decode("ascii").split()
    except (OSError, EOFError, zlib.error, ValueError) as error:
        raise TransferError(f"{listing.url}: no listing ({error})") from error
    strange = [line for line in lines if not PATH.fullmatch(line)]
    if strange or not lines:
        raise TransferError(f"{listing.url}: a path of a WARC file a line was expected, got {strange[:1] or 'nothing'}")
    return lines
