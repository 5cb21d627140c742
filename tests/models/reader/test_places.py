"""Where something happened: not where the street's, the club's or the victim's namesake is."""

from __future__ import annotations

from datetime import date

import pytest

from models.reader import places
from models.reader.mentions import read_mentions
from models.reader.reading import read


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("Un chofer fue asesinado a balazos en la avenida Arequipa.", None),
        ("Un chofer fue asesinado a balazos en el jirón Cusco.", None),
        ("Carlos Tarma fue asesinado a balazos. Tarma manejaba una combi.", None),
        ("Un estudiante de la Universidad San Martín de Porres fue asesinado a balazos.", None),
        ("Un hincha de Alianza Lima fue asesinado a balazos.", None),
        ("Un chofer fue asesinado en el cruce de las avenidas Tacna, Abancay y Arequipa.", None),
        ("Un chofer fue asesinado en la esquina de Huánuco y Paruro.", None),
        ("Un comerciante fue asesinado en el mercado Unicachi.", None),
        ("Un bodeguero fue asesinado en La Victoria. Había perdido todo su capital.", None),
        ("Un chofer fue asesinado en el óvalo de Mi Perú.", "070107"),
        ("Un chofer fue asesinado en Caraz.", "021201"),
    ],
)
def test_scene(text: str, district: str | None) -> None:
    (found, *_) = read_mentions("Matan a un hombre", text, date(2025, 3, 13), [], ["murder"])
    assert found.ubigeo == district


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("Volvió a Virú. Lo mataron en el centro poblado Puente Alto, provincia de Virú.", False),
        ("Volvió a Virú. Lo mataron en el centro poblado Puente Alto, distrito de Virú.", True),
        ("Volvió a Virú. Lo mataron en una calle de la provincia de Virú.", True),
    ],
)
def test_a_hamlet_of_a_province_is_not_of_the_district_of_that_name(text: str, is_named: bool) -> None:  # noqa: FBT001 - a parameter of the test
    units = places.named_for(read("", text, date(2025, 3, 13)), "murder").units
    assert ("131201" in units) == is_named
