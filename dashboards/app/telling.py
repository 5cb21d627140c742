"""An event in words: what, when, where, what it cost; unknown said plainly.

Not here: the digest's sentences, which compare and sum up.
"""

from __future__ import annotations

from urllib.parse import urlencode

from dashboards.app.data import Row
from dashboards.app.filters import Names
from dashboards.language import Tongue

GRAVE = frozenset({"murder", "attack", "arson", "kidnapping"})


def what(called: Names, event: Row) -> list[tuple[str, bool]]:
    """(type, whether it is a grave one), the primary type first."""
    order = list(called.types)
    rest = sorted((e for e in event["types"] if e != event["primary_type"]), key=order.index)
    return [(called.types[e], e in GRAVE) for e in (event["primary_type"], *rest)]


def status(t: Tongue, event: Row) -> str:
    """What it is if it is not counted among what happened; empty: it is."""
    said = {"planned": t.say("Anunciado"), "recalled": t.say("Contado de nuevo, de otro tiempo")}
    return said.get(event["status"], "")


def whom(t: Tongue, called: Names, event: Row) -> str:
    """Its sectors."""
    return t.join([called.sectors[s] for s in event["sectors"]]) or t.say("sector no precisado")


def when(t: Tongue, event: Row) -> str:
    """Its day, as precisely as it is known."""
    if event["date"] is None:
        if event["first_reported_on"] is None:
            return t.say("día no precisado")
        return t.say("día no precisado; primera nota, {day}", day=t.long_day(event["first_reported_on"]))
    if event["date_precision"] == "week":
        return t.say("semana del {day}", day=t.long_day(event["date"]))
    if event["date_precision"] == "month":
        return t.say("mes de {month}", month=f"{t.month(event['date'])} {event['date'].year}")
    return t.long_day(event["date"])


def where(t: Tongue, event: Row) -> str:
    """Its place, as finely as it is told."""
    parts = [event["district"], event["province"], event["department"]]
    told = [p for n, p in enumerate(parts) if p and p not in parts[:n]]
    return ", ".join(told) or t.say("lugar no precisado")


def precision(t: Tongue, event: Row) -> str:
    """How finely the place is told."""
    said = {
        "district": t.say("hasta el distrito"),
        "province": t.say("hasta la provincia"),
        "department": t.say("hasta el departamento"),
    }
    return said.get(event["place_precision"], t.say("ninguna nota dice el lugar"))


def cost(t: Tongue, event: Row) -> list[str]:
    """Killed, wounded, sum; what no report says is said not to be said."""
    is_violent = bool(GRAVE.intersection(event["types"]))
    parts = []
    if event["killed"] is not None or is_violent:
        parts.append(
            _persons(
                event["killed"],
                t.say("muertos: no se dice"),
                t.say("sin muertos"),
                t.count("{n} muerto", "{n} muertos", event["killed"] or 0),
            )
        )
    if event["wounded"] is not None or is_violent:
        parts.append(
            _persons(
                event["wounded"],
                t.say("heridos: no se dice"),
                t.say("sin heridos"),
                t.count("{n} herido", "{n} heridos", event["wounded"] or 0),
            )
        )
    if event["amount_pen"] is not None:
        parts.append(t.say("piden {sum}", sum=t.soles(event["amount_pen"])))
    return parts


def facts(t: Tongue, event: Row) -> list[str]:
    """The line under an event: what it cost, whether the sources differ, how many there are."""
    differ = [t.say("las fuentes difieren")] if event["is_disputed"] else []
    return [*cost(t, event), *differ, t.count("{n} fuente", "{n} fuentes", event["source_count"])]


def address(t: Tongue, event_id: str) -> str:
    """Where an event's page is, seen from any page."""
    return "event?" + urlencode([("id", event_id), *([("lang", t.code)] if t.code != "es" else [])])


def _persons(number: int | None, unknown: str, none: str, some: str) -> str:
    if number is None:
        return unknown
    return some if number else none
