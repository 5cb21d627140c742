from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.newsroom.check import check
from tests.newsroom.data import LIMA, Card, Happening, NewsroomError, Page, Press, load_press
from tests.newsroom.pdf import make_pdf
from tests.newsroom.wording import day_faults

DAY = datetime(2026, 10, 5, 8, tzinfo=LIMA)  # a Monday
CARD = Card(id="uno", family="arc", name="Uno", owner="Dos", kind="national_news")


def page(slug: str = "una-nota", **fields: Any) -> Page:
    given: dict[str, Any] = {
        "site": "uno",
        "origin": f"uno.toml: {slug}",
        "slug": slug,
        "section": "lima",
        "published": DAY,
    }
    return Page.model_validate(
        given | {"title": f"Título de {slug}", "text": f"Texto breve de la nota {slug}."} | fields
    )


def errors(*pages: Page, happenings: tuple[Happening, ...] = ()) -> list[str]:
    return [p.what for p in check(Press((CARD,), pages, happenings)) if not p.is_doubt]


def test_the_newsroom_s_own_data_are_sound() -> None:
    press = load_press()
    assert [str(p) for p in check(press) if not p.is_doubt] == []
    assert {c.id for c in press.cards} == {p.site for p in press.pages}


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("Ocurrió el lunes 5 de octubre de 2026.", 0),
        ("Ocurrió el martes 5 de octubre.", 1),
        ("Paran desde el jueves 15 hasta el sábado 17.", 0),
        ("Paran desde el jueves 16 en todo Lima.", 1),
        ("El miércoles 30 de setiembre cerraron.", 0),
        ("They met on Monday, October 5, 2026, downtown.", 0),
        ("They met on Friday, October 5, in Callao today.", 1),
        ("Lima, oct. 5. Dos sujetos fueron detenidos.", 0),
        ("Lima, oct. 6. Dos sujetos fueron detenidos.", 1),
    ],
)
def test_weekdays_and_datelines_are_held_against_the_calendar(text: str, faults: int) -> None:
    assert len(list(day_faults(page(text=text)))) == faults


def test_eight_words_in_a_row_belong_to_one_page_but_for_wire_copies() -> None:
    run = "una dos tres cuatro cinco seis siete ocho nueve"
    original, copy, thief = page("uno", text=run), page("dos", text=run, wire="uno/uno"), page("tres", text=run)
    assert errors(original, copy) == []
    assert [e.partition(" with ")[2] for e in errors(original, copy, thief)] == ["uno.toml: uno", "uno.toml: dos"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"tells": ("h-404",)}, "no happening h-404"),
        ({"wire": "uno/nada"}, "no page uno/nada"),
        ({"version_of": "nada", "updated": DAY}, "no page nada"),
        ({"published": datetime(2026, 9, 6, tzinfo=LIMA)}, "outside"),
        ({"gone_on": date(2026, 10, 5)}, "before anybody saw it"),
    ],
)
def test_what_cannot_stand_is_said(fields: dict[str, Any], said: str) -> None:
    assert said in " ".join(errors(page(**fields)))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('events = ["robo"]', "no such label"),
        ('colour = "red"', "Extra inputs"),
        ("published = 2026-10-05T07:30:00", "offset"),
    ],
)
def test_a_wrong_entry_is_named_with_file_and_slug(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "sites.toml").write_text(
        '[[site]]\nid = "uno"\nfamily = "arc"\nname = "Uno"\nowner = "Dos"\nkind = "national_news"\n', encoding="utf-8"
    )
    entry = f'[[page]]\nslug = "nota"\ntitle = "Título"\ntext = "Un texto de más de veinte letras."\n{line}\n'
    if "published" not in line:
        entry += "published = 2026-10-05T07:30:00-05:00\n"
    (tmp_path / "pages" / "uno.toml").write_text(entry, encoding="utf-8")
    with pytest.raises(NewsroomError, match=rf"uno\.toml: nota.*{said}"):
        load_press(tmp_path)


def test_the_same_report_gives_the_same_bytes() -> None:
    report = page(kind="report", text="1. Qué vimos\n\n" + "Texto del informe. " * 30)
    first = make_pdf(report, "Uno", monthly=False)
    assert first.startswith(b"%PDF-")
    assert first == make_pdf(report, "Uno", monthly=False)


def test_version_stands_from_its_update_on() -> None:
    later = page("nota-2", version_of="nota", updated=DAY + timedelta(hours=5))
    assert later.address_slug == "nota"
    assert later.stands_from == DAY + timedelta(hours=5)
