"""Review: what deserves a person's look, and what signed-in reviewers judge of it. Judgements wait in the inbox for the night."""

from __future__ import annotations

import streamlit as st

from dashboards.app import filters, telling
from dashboards.app.data import SHARED
from dashboards.app.setup import setup
from dashboards.app.show import data_table, html, plain
from dashboards.app.signin import signs_in
from dashboards.language import Tongue
from warehouse.ops import Ops
from warehouse.reviews.inbox import Proposal, ReviewError, Verdict, propose, waiting
from warehouse.reviews.queue import QueueItem, queue

SHOWN = 20
SIGNED_IN = "reviewer"  # in the session of the browser tab


def draw(t: Tongue) -> None:
    """Draw the page."""
    st.title(t.say("Revisión"))
    reviewer = _reviewer(t)
    with SHARED.cursor(setup().published) as cursor:
        items = queue(cursor, SHOWN)
    st.header(t.say("Lo que merece una mirada"))
    st.caption(
        t.say(
            "Primero lo que más pesa si está mal, luego lo menos seguro. Lo juzgado vale desde la próxima noche, por encima del modelo."
        )
    )
    if not items:
        st.info(t.say("Nada espera revisión."))
    called = filters.names(t)
    for number, item in enumerate(items):
        with st.container(border=True):
            _item(t, called, item)
            if reviewer:
                _judge(t, number, item, reviewer)
    if reviewer:
        _event_form(t, reviewer)
        _inbox(t)


def _reviewer(t: Tongue) -> str | None:
    """Who is signed in."""
    name = st.session_state.get(SIGNED_IN)
    if name:
        st.success(t.say("Usted revisa como {name}.", name=plain(name)))
        st.button(t.say("Salir"), on_click=lambda: st.session_state.pop(SIGNED_IN, None))
        return name
    if not setup().reviewers:
        st.info(t.say("Esta instancia no tiene revisores: la cola solo se lee."))
        return None
    with st.expander(t.say("Entrar como revisor"), icon=":material/login:"), st.form("signin", border=False):
        given = st.text_input(t.say("Nombre"), autocomplete="username")
        secret = st.text_input(t.say("Clave"), type="password", autocomplete="current-password")
        if st.form_submit_button(t.say("Entrar")):
            if signs_in(setup().reviewers, given, secret):
                st.session_state[SIGNED_IN] = given
                st.rerun()
            st.error(t.say("Nombre o clave equivocados."))
    return None


def _item(t: Tongue, called: filters.Names, item: QueueItem) -> None:
    names = called.sectors if item.axis == "sector" else called.types
    why = {
        "nearly given": t.say("casi se le dio esta etiqueta"),
        "barely given": t.say("apenas se le dio esta etiqueta"),
        "sources differ on the dead": t.say("las fuentes difieren en el número de muertos"),
        "three dead or more by one voice": t.say("tres muertos o más según una sola voz"),
        "a murder without a day": t.say("un asesinato sin día"),
        "a murder without a district": t.say("un asesinato sin distrito"),
        "a very large sum": t.say("un monto muy grande"),
        "the page no longer says what was judged": t.say("la página ya no dice lo que se juzgó"),
    }
    html(
        "review_item",
        t=t,
        item=item,
        label=names.get(item.label or ""),
        why=why.get(item.why, item.why),
        telling=telling,
    )


def _judge(t: Tongue, number: int, item: QueueItem, reviewer: str) -> None:
    right, wrong = st.columns(2)
    if item.event_id is not None:
        right.button(
            t.say("Está bien así"),
            key=f"right-{number}",
            on_click=_propose,
            args=(t, Proposal(reviewer=reviewer, verdict="accept", event_id=item.event_id)),
        )
        wrong.button(
            t.say("Retirar el hecho"),
            key=f"wrong-{number}",
            on_click=_propose,
            args=(t, Proposal(reviewer=reviewer, verdict="retract", event_id=item.event_id)),
        )
    elif item.document_id is not None:
        of = {"reviewer": reviewer, "document_id": item.document_id, "axis": item.axis, "label": item.label}
        right.button(
            t.say("Sí, la lleva"), key=f"right-{number}", on_click=_propose, args=(t, Proposal(verdict="add", **of))
        )
        wrong.button(
            t.say("No la lleva"), key=f"wrong-{number}", on_click=_propose, args=(t, Proposal(verdict="remove", **of))
        )


def _event_form(t: Tongue, reviewer: str) -> None:
    st.header(t.say("Corregir un hecho"))
    verdicts: dict[Verdict, str] = {
        "set": t.say("Poner un dato"),
        "merge": t.say("Es el mismo que otro hecho"),
        "split": t.say("Una nota cuenta otra cosa"),
        "retract": t.say("Retirar"),
    }
    with st.form("event", border=True):
        event_id = st.text_input(t.say("Número del hecho"))
        verdict = st.selectbox(t.say("Qué se dice"), list(verdicts), format_func=lambda v: verdicts[v])
        field = st.selectbox(
            t.say("Dato"), ["killed", "wounded", "date", "ubigeo", "amount_pen", "norm", "status", "types", "sectors"]
        )
        value = st.text_input(
            t.say("Valor (vacío: no se sabe)"),
            help=t.say("Día: 2026-10-05. Varios sectores o tipos: separados por comas."),
        )
        other = st.text_input(t.say("Otro hecho, o la nota que cuenta otra cosa"))
        note = st.text_area(t.say("Por qué"), max_chars=1000)
        if st.form_submit_button(t.say("Proponer")):
            _propose(t, Proposal(
                reviewer=reviewer, verdict=verdict, event_id=event_id.strip(), note=note.strip() or None,
                field=field if verdict == "set" else None, value=(value.strip() or None) if verdict == "set" else None,
                other_id=other.strip() if verdict == "merge" else None, document_id=other.strip() if verdict == "split" else None,
            ))  # fmt: skip


def _propose(t: Tongue, proposal: Proposal) -> None:
    # Who signed out in another click may not judge any more.
    if st.session_state.get(SIGNED_IN) != proposal.reviewer:
        return
    try:
        with SHARED.cursor(setup().published) as cursor, Ops(setup().ops) as ops:
            propose(ops, cursor, proposal)
    except ReviewError as error:
        st.error(plain(str(error)))
        return
    st.toast(t.say("Anotado; vale desde la próxima noche."))


def _inbox(t: Tongue) -> None:
    with Ops(setup().ops) as ops:
        found = waiting(ops)
    st.header(t.say("En la bandeja, a la espera de la noche: {n}", n=t.number(len(found))))
    data_table(t, [
        {
            t.say("Cuándo"): t.instant(w.proposed_at),
            t.say("Quién"): w.proposal.reviewer,
            t.say("Qué se dice"): w.proposal.verdict,
            t.say("De qué"): w.proposal.event_id or f"{w.proposal.document_id} {w.proposal.label}",
            t.say("Dato"): w.proposal.field,
            t.say("Valor (vacío: no se sabe)"): w.proposal.value or w.proposal.other_id,
            t.say("Por qué"): w.proposal.note,
        }
        for w in found
    ], "chasqui-inbox")  # fmt: skip
