"""A forgotten page is passed over by whatever list names it."""

from __future__ import annotations

from flows.steps.night import judge_url
from spiders.registry import load_registry
from spiders.urls import canonical_url, document_id


def test_a_tombstone_is_obeyed() -> None:
    source = load_registry(None).sources[0]
    url = f"https://{min(source.registered_hosts)}/2026/11/una-nota"
    forgotten = frozenset({document_id(canonical_url(url, source.mirrors))})
    assert judge_url(source, url, forgotten).is_forgotten
    assert not judge_url(source, url).is_forgotten
