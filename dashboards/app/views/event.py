"""One event: who tells it, in which words, what they differ on, what was said before."""

from __future__ import annotations

import re

import streamlit as st

from dashboards.app import filters, telling
from dashboards.app.data import rows
from dashboards.app.show import html
from dashboards.language import Tongue

EVENT_ID = re.compile(r"[0-9a-z-]{1,40}")


def draw(t: Tongue) -> None:
    """Draw the page."""
    event_id = st.query_params.get("id", "")
    stands = rows("event_now", event_id=event_id) if EVENT_ID.fullmatch(event_id) else []
    if not stands:
        st.title(t.say("Un hecho"))
        st.warning(t.say("Ningún hecho tiene ni tuvo este número."))
        return
    now = stands[0]["now_id"]
    if now is None:
        st.title(t.say("Hecho retirado"))
        st.info(t.say("Este hecho se retiró: ninguna nota lo sostiene ya."))
        _ledger(t, event_id)
        return
    if now != event_id:
        st.info(t.say("El hecho {old} es el mismo que este y ahora cuentan como uno.", old=event_id))
    event = rows("event", event_id=now)[0]
    html("event", t, e=event, called=filters.names(t), telling=telling, is_located=event["ubigeo"] is not None)
    html("event_sources", t, sources=rows("event_sources", event_id=now))
    claims = rows("event_claims", event_id=now)
    if claims:
        html(
            "event_claims",
            t=t,
            claims=[{**c, "field_name": _field(t, c["field"]), "value_name": _value(c)} for c in claims],
        )
    _ledger(t, now)


def _ledger(t: Tongue, event_id: str) -> None:
    html("event_ledger", t, changes=rows("event_ledger", event_id=event_id))


def _field(t: Tongue, field: str) -> str:
    called = {
        "killed": t.say("Muertos"),
        "wounded": t.say("Heridos"),
        "date": t.say("Día"),
        "ubigeo": t.say("Lugar"),
        "amount_pen": t.say("Monto (S/)"),
        "group_name": t.say("Banda"),
        "norm": t.say("Norma"),
    }
    return called.get(field, field)


def _value(claim: dict[str, str]) -> str:
    if claim["field"] != "ubigeo":
        return claim["value"]
    found = rows("place_names", code=claim["value"].removesuffix("00").removesuffix("00"))
    level = 3 if not claim["value"].endswith("00") else 2 if not claim["value"].endswith("0000") else 1
    return ", ".join(reversed([v for v in list(found[0].values())[:level] if v])) if found else claim["value"]
