"""What a view is narrowed to. It lives in the address, so that a link opens the same view.

Not here: what it does to a question (``warehouse.timeline.Filters``, which ``queries/chosen.sql`` takes as its parameters), nor the
language, which stands in the address as well (``frame``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import streamlit as st

from dashboards.app.data import rows
from dashboards.language import Tongue
from warehouse.timeline import Filters

KEYS = ("sector", "event", "region", "since", "until")


@dataclass(frozen=True, slots=True)
class Names:
    """What the ids of the data are called in one language."""

    sectors: Mapping[str, str]
    types: Mapping[str, str]
    departments: Mapping[str, str]  # by the beginning of their codes


def names(t: Tongue) -> Names:
    """Names in a language."""
    labels = rows("labels")
    called = {
        axis: {r["label"]: r[f"name_{t.code}"] for r in labels if r["axis"] == axis} for axis in ("sector", "event")
    }
    departments = {r["code"]: r["department"] for r in rows("departments")}
    return Names(called["sector"], called["event"], departments)


def from_address(called: Names) -> Filters:
    """The filters the address holds; values that are none are passed over."""
    query = st.query_params
    return Filters(
        tuple(v for v in query.get_all("sector") if v in called.sectors),
        tuple(v for v in query.get_all("event") if v in called.types),
        _region(query.get("region")),
        _day(query.get("since")),
        _day(query.get("until")),
    )


def choose(t: Tongue, called: Names) -> Filters:
    """Draw the filters and return what is chosen."""
    chosen = from_address(called)
    with st.expander(_summary(t, called, chosen), icon=":material/filter_alt:", expanded=False):
        first, second = st.columns(2)
        with first:
            _many(t, "sector", t.say("Sectores"), called.sectors, chosen.sectors)
            _one(t, "region", t.say("Departamento"), called.departments, (chosen.region or "")[:2])
        with second:
            _many(t, "event", t.say("Tipos de hecho"), called.types, chosen.events)
            since, until = st.columns(2)
            with since:
                _date(t, "since", t.say("Desde"), chosen.since)
            with until:
                _date(t, "until", t.say("Hasta"), chosen.until)
    return chosen


def switch(key: str, label: str, options: Mapping[str, str]) -> str:
    """One of a few, in the address; the first where the address names none."""
    first = next(iter(options))
    now = st.query_params.get(key, first)
    st.session_state[f"box-{key}"] = now if now in options else first
    st.segmented_control(
        label,
        list(options),
        format_func=lambda v: options[v],
        key=f"box-{key}",
        required=True,
        on_change=_write,
        args=(key,),
    )
    return str(st.session_state[f"box-{key}"])


def kept() -> list[tuple[str, str]]:
    """The filters as they stand in the address, to be carried to another page."""
    return [(key, value) for key in KEYS for value in st.query_params.get_all(key)]


def _summary(t: Tongue, called: Names, chosen: Filters) -> str:
    parts = [
        *(called.sectors[s] for s in chosen.sectors),
        *(called.types[e] for e in chosen.events),
        *([called.departments.get(chosen.region[:2], chosen.region)] if chosen.region else []),
        *([t.say("desde {day}", day=t.long_day(chosen.since))] if chosen.since else []),
        *([t.say("hasta {day}", day=t.long_day(chosen.until))] if chosen.until else []),
    ]
    return t.say("Filtros: {parts}", parts=" · ".join(parts)) if parts else t.say("Filtros: todo")


def _many(t: Tongue, key: str, label: str, options: Mapping[str, str], now: Iterable[str]) -> None:
    # The address is the truth: the box shows it, and a change of the box is written there before the page is drawn.
    st.session_state[f"box-{key}"] = list(now)
    st.multiselect(
        label, list(options), format_func=lambda v: options.get(v, v), key=f"box-{key}", placeholder=t.say("Todos"),
        on_change=_write, args=(key,),
    )  # fmt: skip


def _one(t: Tongue, key: str, label: str, options: Mapping[str, str], now: str) -> None:
    st.session_state[f"box-{key}"] = now if now in options else None
    st.selectbox(
        label, list(options), index=None, format_func=lambda v: options.get(v, v), key=f"box-{key}", placeholder=t.say("Todos"),
        on_change=_write, args=(key,),
    )  # fmt: skip


def _date(t: Tongue, key: str, label: str, now: date | None) -> None:
    del t
    st.session_state[f"box-{key}"] = now
    st.date_input(label, value=None, key=f"box-{key}", format="DD/MM/YYYY", on_change=_write, args=(key,))


def _write(key: str) -> None:
    value = st.session_state.get(f"box-{key}")
    if not value:
        st.query_params.pop(key, None)
    elif isinstance(value, list):
        st.query_params[key] = value
    else:
        st.query_params[key] = str(value)


def _region(text: str | None) -> str | None:
    return text if text and text.isdigit() and len(text) in {2, 4, 6} else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
