"""The evening of every run that changes the warehouse: what was loaded is joined, checked, published, made findable, shown.

Belongs here: the one order of these steps and what the report says of them. Not here: what is loaded, and from where
(a night, pages read again, archives of the past), nor the steps themselves (``keeping``, ``indexing``, ``site``).
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Literal

import duckdb

from flows.steps.indexing import index_all
from flows.steps.keeping import as_report, check_all, link_all, publish_all, take_reviews
from flows.steps.night import Night, Wrap, plain
from flows.steps.site import export_site_of

Reason = Literal["report", "model"]


def join(night: Night, con: duckdb.DuckDBPyConnection, wrap: Wrap = plain, reason: Reason = "report") -> None:
    """Mentions become events, and what persons said of them counts; ``reason`` is what the ledger gives for changes."""
    linked = wrap("link", link_all)(night, con, reason)
    night.reporter.line(f"{linked.tellings} tellings: {linked.new_events} new events, {linked.joined} joined")
    night.report["linked"] = asdict(linked)
    reviews = wrap("review", take_reviews)(night, con)
    if reviews.taken or reviews.refused:
        night.reporter.line(f"reviews: {reviews.taken} taken in, {len(reviews.refused)} no longer of anything")
    night.report["reviews"] = asdict(reviews)


def show(night: Night, con: duckdb.DuckDBPyConnection, wrap: Wrap = plain) -> None:
    """Check, publish, index, and write the static edition where the settings want one.

    Raises:
        BlockedError: a blocking rule is broken; the last published file stays.
    """
    say = night.reporter.line
    night.report["checks"] = as_report(wrap("check", check_all)(night, con))
    published, counts = wrap("publish", publish_all)(night, con)
    night.report["kept"] = asdict(counts)
    say(f"published: {published.events} events, {published.documents} documents, {published.file_bytes / 1e6:.1f} MB")
    indexed = wrap("index", index_all)(night, con)
    say(f"search: {indexed.added} documents indexed" if indexed else f"search: {night.report['search_error']}")
    if night.settings.site_dir is not None:
        exported = wrap("site", export_site_of)(night)
        say(f"site: {exported.files} files" if exported else f"site: {night.report['site_error']}")
