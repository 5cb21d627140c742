"""Telling the world how a run ended: a Prometheus text file, and the ping that a dead man's switch waits for.

What is told is a courtesy: that it could not be told is said in the log and never fails a night.
"""

from __future__ import annotations

import os
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

from flows.steps.night import Night

PING_TIMEOUT_S = 15
HELP = {
    "chasqui_run_good": "1 when the last run of this kind ended well",
    "chasqui_run_ended_seconds": "when the last run of this kind ended, seconds since 1970",
    "chasqui_run_duration_seconds": "how long the last run of this kind took",
    "chasqui_addresses": "addresses of the last night by what became of them",
    "chasqui_pages_waiting": "addresses known and not yet fetched",
    "chasqui_documents": "documents kept",
    "chasqui_events": "events kept",
    "chasqui_spelled_word_share": "words of the last night's documents that the vocabulary has to spell, of all",
    "chasqui_sources": "sources by health in the last night",
    "chasqui_check_failures": "rows that break a rule",
}


def tell(night: Night, state: str) -> None:
    """Leave the metrics; after a good night, ask for the ping address."""
    settings = night.settings
    path = settings.metrics_file or night.home.metrics
    try:
        path = path.with_name(f"{path.stem}.{night.kind}{path.suffix}")
        temporary = path.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_text(exposition(metrics(night.report, night.kind, state, night.started_at.timestamp())))
        temporary.replace(path)
    except OSError as error:
        night.reporter.line(f"metrics not written: {error}")
    url = settings.ping_url.get_secret_value()
    if url and night.kind == "nightly" and state == "done":
        try:
            ping(url)
        except (OSError, ValueError) as error:
            night.reporter.line(f"the ping was not heard: {type(error).__name__}")  # its address may hold a secret


def ping(url: str) -> None:
    """Ask for an address and throw the answer away.

    Raises:
        OSError: no answer, or one that says no.
        ValueError: not an http address.
    """
    if not url.startswith(("https://", "http://")):
        raise ValueError("ping_url must begin with https:// or http://")
    request = urllib.request.Request(url, headers={"User-Agent": "chasqui"})  # noqa: S310 - judged above
    with urllib.request.urlopen(request, timeout=PING_TIMEOUT_S) as answer:  # noqa: S310 - the operator's own address
        answer.read(64)


def metrics(
    report: dict[str, Any], kind: str, state: str, started: float
) -> Iterator[tuple[str, dict[str, str], float]]:
    """Name, labels and value of everything worth a graph."""
    run = {"kind": kind}
    yield "chasqui_run_good", run, float(state == "done")
    yield "chasqui_run_ended_seconds", run, time.time()
    yield "chasqui_run_duration_seconds", run, time.time() - started
    if kind != "nightly":
        return
    for outcome, count in sorted(report.get("outcomes", {}).items()):
        yield "chasqui_addresses", {"outcome": outcome}, count
    yield "chasqui_pages_waiting", {}, report.get("pages_waiting", 0)
    for name in ("documents", "events"):
        if name in report.get("kept", {}):
            yield f"chasqui_{name}", {}, report["kept"][name]
    if report.get("spelled_share") is not None:
        yield "chasqui_spelled_word_share", {}, report["spelled_share"]
    health = [night["health"] for night in report.get("sources", [])]
    for state_name in sorted(set(health)):
        yield "chasqui_sources", {"health": state_name}, health.count(state_name)
    for check in report.get("checks", []):
        yield "chasqui_check_failures", {"rule": check["name"], "severity": check["severity"]}, check["failures"]


def exposition(found: Iterator[tuple[str, dict[str, str], float]]) -> str:
    """The text format that node_exporter's textfile collector reads."""
    lines: list[str] = []
    last = ""
    for name, labels, value in found:
        if name != last:
            lines += [f"# HELP {name} {HELP[name]}", f"# TYPE {name} gauge"]
            last = name
        inner = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
        lines.append(f"{name}{{{inner}}} {value:g}" if value < 1e6 else f"{name}{{{inner}}} {value:.0f}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
