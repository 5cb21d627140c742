"""The run report: what a person reads in a minute."""

from __future__ import annotations

from typing import Any

from flows.steps.gazette import compare_routes
from flows.steps.night import Night


def finish_report(night: Night) -> dict[str, Any]:
    """Complete the run's report from the operational state: requests, outcomes, sources, gaps."""
    with night.ops() as ops:
        outcomes: dict[str, int] = {}
        reasons: dict[str, int] = {}
        for row in ops.rows("outcome_counts", night.run_id):
            outcomes[row["outcome"]] = outcomes.get(row["outcome"], 0) + row["urls"]
            if row["reason"]:
                key = f"{row['outcome']}: {row['reason']}"
                reasons[key] = reasons.get(key, 0) + row["urls"]
        requests: dict[str, int] = {}
        for row in ops.rows("exchange_counts", night.run_id):
            way = "pages" if row["way"] == "article" else "lists"
            requests[way] = requests.get(way, 0) + row["requests"]
        routes = compare_routes(night, ops)
        gaps = [dict(row) for row in ops.rows("gaps_of_run", night.run_id)]
        waiting = {row[0]: row[1] for row in ops.rows("frontier_counts")}
    night.report |= {
        "run_id": night.run_id,
        "requests": requests,
        "outcomes": outcomes,
        "reasons": reasons,
        "gaps": gaps,
        "gazette_routes": routes,
        "pages_waiting": waiting.get("pending", 0),
    }
    return night.report


def summary_line(report: dict[str, Any]) -> str:
    """One line that says what changed, also when nothing did."""
    kind = report["run_id"].split("-")[1]
    if kind == "poll":
        return f"{report.get('new_urls', 0)} new addresses"
    if kind == "retrain":
        return f"new model from {report.get('rows', 0)} judged documents: {report.get('verdict', 'none')}"
    pages = report["requests"].get("pages", 0)
    kept = report.get("kept", {})
    new_documents = report.get("new_documents", 0)
    new_events = report.get("linked", {}).get("new_events", 0)
    if not pages and not new_documents and not new_events:
        lists = report["requests"].get("lists", 0)
        return (
            f"nothing new: {lists} lists asked, no page fetched, no document and no event added "
            f"({kept.get('documents', 0)} documents, {kept.get('events', 0)} events kept)"
        )
    return (
        f"{pages} pages fetched, {new_documents} documents and {new_events} events new "
        f"({kept.get('documents', 0)} documents, {kept.get('events', 0)} events kept)"
    )


def as_markdown(report: dict[str, Any]) -> str:
    """The report as the Prefect artifact shows it."""
    lines = [f"# Run {report['run_id']}", "", summary_line(report), ""]
    if report.get("error"):
        lines += [f"**Failed:** {report['error']}", ""]
    lines += [f"- {line}" for line in report.get("figures", ())]
    lines += [f"- model card: {report['card']}", ""] if "card" in report else []
    lines += _table("What became of the addresses", "outcome", report["outcomes"])
    lines += _table("Why", "outcome: reason", report["reasons"])
    broken = [n for n in report.get("sources", []) if n["health"] != "healthy"]
    if broken:
        lines += ["## Sources that need a look", "", "| source | health | why |", "|---|---|---|"]
        lines += [f"| {n['source_id']} | {n['health']} | {n['reason'] or ''} |" for n in broken] + [""]
    if report["gaps"]:
        lines += ["## Possible gaps", "", "| source | list | newest known | oldest seen |", "|---|---|---|---|"]
        lines += [
            f"| {g['source_id']} | {g['way_url']} | {g['newest_known']} | {g['oldest_seen']} |" for g in report["gaps"]
        ]
        lines.append("")
    for route in report.get("gazette_routes", []):
        if route["codes"]:
            lines.append(
                f"- {route['source']}: {route['not_in_day_lists']} norms listed as today's stand in no day list, "
                f"{route['not_in_todays_list']} of today's list are not among them: {', '.join(route['codes'])}"
            )
    if report.get("checks"):
        lines += ["## Checks", "", "| rule | severity | rows | for example |", "|---|---|---|---|"]
        lines += [
            f"| {c['name']}: {c['says']} | {c['severity']} | {c['failures']} | {'; '.join(c['examples'])} |"
            for c in report["checks"]
        ]
        lines.append("")
    if "drift" in report:
        lines += _drift(report["drift"], report.get("spelled_share"))
    for crash in report.get("crashes", []):
        lines.append(f"- crawl of {crash['source']} ended early: {crash['reason']}")
    return "\n".join(lines)


def _drift(drift: dict[str, Any], spelled: float | None) -> list[str]:
    """How the model's answers move; `chasqui sql "from label_drift"` has all weeks."""
    lines = ["## How the model's answers move", ""]
    if spelled is not None:
        lines += [
            f"Words the vocabulary has to spell: {_percent(spelled)} (usual {_percent(drift['usual_spelled_share'])}).",
            "",
        ]
    if drift["labels"]:
        first = drift["labels"][0]
        lines += [
            f"Week of {first['week']}, {first['documents_read']} documents:",
            "",
            "| label | share | usual | uncertain | mean probability where given |",
            "|---|---|---|---|---|",
        ]
        lines += [
            f"| {x['label']} | {_percent(x['label_share'])} | {_percent(x['usual_share'])} | {_percent(x['uncertain_share'])} "
            f"| {'–' if x['mean_probability'] is None else format(x['mean_probability'], '.2f')} |"
            for x in drift["labels"]
        ]
        lines.append("")
    return lines


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"


def _table(title: str, head: str, counts: dict[str, int]) -> list[str]:
    if not counts:
        return []
    rows = [f"| {name} | {count} |" for name, count in sorted(counts.items(), key=lambda c: (-c[1], c[0]))]
    return [
        f"## {title}",
        "",
        f"| {head} | addresses |",
        "|---|---|",
        *rows,
        f"| **sum** | {sum(counts.values())} |",
        "",
    ]
