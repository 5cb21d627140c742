"""Bad input gives empty fields, never an exception."""

from __future__ import annotations

import time
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from models.gazetteer import find_places
from models.gazetteer.units import units
from models.reader import read_mentions
from models.reader.counted import find_counts
from models.reader.decrees import read_norms
from models.reader.figures import read_figures
from models.reader.mask import mask

EVENTS = [
    "murder",
    "attack",
    "arson",
    "extortion",
    "kidnapping",
    "arrest",
    "strike",
    "closure",
    "bill",
    "new_law",
    "state_of_emergency",
]
PIECES = st.sampled_from(
    ["asesinan a ", "en Comas", "N° 124-2024-PCM ", "el 31 de febrero", "“", "S/ 5,000", "\n\n", "hace 99999999 años", "Artículo 1.- ", "DECRETA:",
     "uno ", "dos choferes ", "en Ate", "el jueves ", ": ", "fueron asesinados ", "\ue000", "\ue001", "Julio Quispe", "entre 5 y ", "estado de emergencia ", "por 60 días", "\x00", "\u2028", "🚌", "ç", "de 9999", "999-999", " y ", ", "]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join))
DAYS = st.one_of(st.none(), st.dates())


@settings(max_examples=60, deadline=None)
@given(title=TEXTS, text=TEXTS, published=DAYS)
def test_never_an_exception(title: str, text: str, published: date | None) -> None:
    for mention in read_mentions(title, text, published, ["transport"], EVENTS):
        field = title if mention.evidence.field == "title" else text
        assert field[mention.evidence.start : mention.evidence.end] == mention.evidence.text
    for hit in find_places(text):
        assert text[hit.start : hit.end] == hit.text
    read_norms(text, published, title)
    read_figures(text, published, title)
    for span in mask(text).spans:
        assert 0 <= span.start < span.end <= len(text)


def test_a_megabyte_is_read_in_time() -> None:
    text = "Asesinan a Julio Quispe en Comas el jueves 16 de octubre. Piden S/ 5,000 al mes. " * 13_000
    began = time.monotonic()
    assert read_mentions("Título", text, date(2025, 10, 17), [], ["murder"])
    mask(text)
    assert time.monotonic() - began < 30


def test_a_gazetteer_and_a_table_are_read_in_time() -> None:
    names = ", ".join(sorted(unit.name for unit in units().values()))
    began = time.process_time()
    assert len(find_places(names)) > 1000
    assert len(find_counts("12 denuncias el 3 de marzo, " * 2000)) == 2000
    assert time.process_time() - began < 7  # with every name weighed against every other: 15 s of one core; so 0.9


def test_the_places_of_a_gazetteer_are_weighed_in_time() -> None:
    names = ", ".join(sorted(unit.name for unit in units().values()))
    began = time.process_time()
    read_mentions("Matan a chofer", f"Un chofer fue asesinado en {names}.", date(2025, 10, 17), [], EVENTS[:3])
    assert time.process_time() - began < 10  # with every name weighed against every other: 30 s of one core; so 1.2


def test_signs_repeated_without_end_are_read_in_time() -> None:
    began = time.process_time()
    for sign in ("\n", " ", ".", "9", "decreto supremo\n"):
        read_norms(sign * 40_000 + "x", None)
        read_mentions("", sign * 40_000, None, [], ["extortion"])
    mask('"A" ' * 5_000)
    mask("Rojas, Juan, " * 3_000)
    assert time.process_time() - began < 20  # each kind of sign alone took that long; now all of them 5


def test_other_languages_and_control_characters() -> None:
    assert read_mentions("Новости", "Сегодня в городе ничего не случилось. " * 5, None, [], ["murder"])[0].date is None
    (found,) = read_mentions("\x00\x01", "\x07\x1b[31m asesinan\x00 \u202e", date(9999, 12, 31), [], ["murder"])
    assert found.ubigeo is None
