"""``chasqui add``: a report that arrived by mail, or a page at an address nobody lists, put into the archive for the next night."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flows.failures import UsageError
from flows.settings import Home, Settings, load_settings
from spiders.archive import ArchiveWriter, payload_digest
from spiders.extract import NotArticle, Page, Unreadable, extract
from spiders.extract.page import LOCAL_HOST
from spiders.fetch import fetch_page
from spiders.registry import Source, load_registry
from spiders.urls import canonical_url
from warehouse.ingest import Judged
from warehouse.ops import Ops

TYPES = {
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".htm": "text/html",
    ".md": "text/plain",
    ".txt": "text/plain",
}
RUN = "by-hand"


class NotReadableError(Exception):
    """The report gives no document; the message says why."""


def add_report(name: str, source_id: str) -> None:
    """Read a file or page, archive it under a source, and leave it to the next night.

    Raises:
        NotReadableError: nothing in it can be read; it is not kept.
        FetchError: the address is on none of the source's hosts, or gave no page.
    """
    settings = load_settings()
    source = load_registry(settings.sources).get(source_id)
    page = replace(_page(name, source, settings), source=source)
    try:
        documents = extract(page)
    except (NotArticle, Unreadable) as error:
        raise NotReadableError(f"{name}: {error}") from error
    is_new = _store(Home(settings.home).make(), page, source_id)
    parts = f"{len(documents)} parts" if len(documents) > 1 else "one document"
    print(
        f"“{documents[0].title}”: {parts}; "
        + ("the next night takes it in" if is_new else "known already, nothing to do")
    )


def _page(name: str, source: Source, settings: Settings) -> Page:
    if name.startswith(("http://", "https://")):
        return fetch_page(
            name,
            settings.user_agent,
            settings.request_timeout_s,
            allow_loopback=settings.allow_loopback,
            hosts=source.registered_hosts,
        )
    path = Path(name)
    kind = TYPES.get(path.suffix.lower())
    if kind is None:
        raise UsageError(f"{name}: of files {', '.join(TYPES)} can be read")
    body = path.read_bytes()
    mark = (
        payload_digest(body).partition(":")[2][:12].lower()
    )  # the same file twice is the same page, whatever its folder
    return Page(f"https://{LOCAL_HOST}/{source.id}/{mark}/{path.name.replace(' ', '-')}", body, kind)


def _store(home: Home, page: Page, source_id: str) -> bool:
    """Archive the page and put it among those that wait to be read; False when the same content is there already."""
    url, digest = canonical_url(page.url), payload_digest(page.body)
    with Ops(home.ops) as ops:
        if any(row["digest"] == digest for row in ops.rows("page_at", url)):
            return False
        now = datetime.now(UTC)
        writer = ArchiveWriter(home.archive, source_id, RUN)
        try:
            stored = writer.write(
                page.url, 200, [("Content-Type", page.content_type or "text/html")], page.body, now, kind="resource"
            )
        finally:
            writer.close()
        line = {
            "kind": "item",
            "way": "hand",
            "way_url": "by hand",
            "url": page.url,
            "title": None,
            "published_at": None,
            "updated_at": None,
            "fetched_at": now.isoformat(),
            "digest": stored.digest,
            "warc_file": stored.file,
            "warc_offset": stored.offset,
            "content_type": page.content_type,
        }
        ops.ingest(Path(stored.file) / str(stored.offset), RUN, source_id, [line], lambda address: Judged(url, address))
    return True
