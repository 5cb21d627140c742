"""Charts: zero and unread weeks, honest notes, words and tables; drawn with Altair's own validation on."""

from __future__ import annotations

import json
from datetime import date, timedelta

from dashboards.charts import figures as fig
from dashboards.charts.areas import Point, drawn_codes
from dashboards.charts.health import SourceNight
from dashboards.charts.style import PALETTES, darkened
from dashboards.charts.timeline import Mark, Span
from dashboards.language import tongue
from models.taxonomy import load as load_taxonomy

ES, EN = tongue("es"), tongue("en")
MONDAY = date(2026, 10, 19)
WEEK = timedelta(weeks=1)
TYPES = {e.id: e.es for e in load_taxonomy().events}


def drawn(figure: fig.Figure) -> str:
    return json.dumps(figure.draw("light", "container").to_dict(), ensure_ascii=False)


def test_a_week_without_events_counts_zero_and_one_without_reading_nothing() -> None:
    documents = {MONDAY - 2 * WEEK: 4, MONDAY - WEEK: 0, MONDAY: 3}
    figure = fig.weeks_figure(ES, [(MONDAY, "murder"), (MONDAY, "strike")], documents, TYPES)
    assert [row[-2:] for row in figure.rows] == [(2, 3), (0, 0), (0, 4)]
    assert "«–»" in figure.note
    assert "12 oct" not in figure.alt
    assert '"text": "–"' in drawn(figure)


def test_bars_stand_on_each_other_and_carry_emergencies_and_laws_of_their_time_only() -> None:
    spans = [Span(MONDAY - 30 * WEEK, MONDAY - 20 * WEEK, "viejo"), Span(MONDAY, MONDAY + WEEK, "DS 1: Lima")]
    figure = fig.weeks_figure(
        ES,
        [(MONDAY, "murder"), (MONDAY, "arson")],
        {MONDAY - WEEK: 1, MONDAY: 2},
        TYPES,
        spans,
        [Mark(MONDAY, "Ley 1")],
    )
    spec = drawn(figure)
    assert '"low": 1' in spec
    assert "DS 1: Lima" in spec
    assert "Ley 1" in spec
    assert "viejo" not in spec


def test_lines_tell_their_kinds_apart_without_colour() -> None:
    figure = fig.weeks_figure(ES, [(MONDAY, "murder")], {MONDAY: 1}, TYPES, form="lines")
    assert "strokeDash" in drawn(figure)


def test_a_rate_names_its_year_and_leaves_small_places_out() -> None:
    places = [fig.Place("1301", "Trujillo", 1_000_000), fig.Place("1302", "Chica", 4000)]
    figure = fig.areas_figure(ES, "provinces", {"1301": 5, "1302": 1}, places, 2, is_rate=True)
    assert [row[-1] for row in figure.rows] == [0.5, None]
    assert "2025" in figure.note
    assert "2 hechos" in figure.note


def test_a_province_without_a_shape_is_named_and_stands_in_the_table() -> None:
    figure = fig.areas_figure(EN, "provinces", {"1608": 2}, [fig.Place("1608", "Putumayo, Loreto", 20_000)], 0)
    assert "1608" not in drawn_codes("provinces")
    assert "Putumayo" in figure.note
    assert figure.rows[0][:3] == ("1608", "Putumayo, Loreto", 2)


def test_every_department_and_all_provinces_but_one_have_a_shape() -> None:
    assert (len(drawn_codes("departments")), len(drawn_codes("provinces"))) == (25, 195)


def test_districts_profile_and_sources_draw() -> None:
    drawn(fig.points_figure(ES, [Point("Comas", -11.9, -77.0, 3)], 1))
    names = {"transport": "Transporte", "schools": "Colegios"}
    profile = fig.profile_figure(ES, {("transport", "murder"): 2}, names, TYPES)
    assert profile.rows == (("Transporte", 2),)
    drawn(profile)
    health = fig.health_figure(EN, [SourceNight("Uno", MONDAY, "broken"), SourceNight("Dos", MONDAY, "healthy")])
    assert health.alt == "Last night: well 1, does not answer 1."
    drawn(health)


def test_ranking_leaves_zeros_out_and_says_so_when_nothing_is_left() -> None:
    figure = fig.ranking_figure(ES, "types", {"murder": 2, "arson": 0}, TYPES)
    assert figure.rows == (("Asesinato", 2),)
    assert fig.ranking_figure(ES, "types", {}, TYPES).alt == "Sin datos."


def test_the_dark_specification_has_no_light_colour_left() -> None:
    spec = darkened(drawn(fig.weeks_figure(ES, [(MONDAY, "murder")], {MONDAY: 1}, TYPES)))
    assert PALETTES["dark"].surface in spec
    assert PALETTES["light"].ink not in spec
