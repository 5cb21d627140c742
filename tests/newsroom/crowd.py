"""A day with more pages than a feed can hold, for tests of polling. Made by rule: no text to read, and nothing happens in it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from tests.newsroom.data import LIMA, Page

FIRST_NUMBER = 990_000
WORDS = (
    "acta acuerdo agenda archivo avenida balance banco barrio bono caja calle campo canal carta censo comisión compra "
    "consejo cuenta cuota desfile dique distrito elección encuesta escala estudio exportación faena feria festival ficha "
    "firma fondo gira grano huerta impuesto jornada junta laguna lluvia lote mapa marea mesa museo norma obra oficina "
    "orden padrón palma parque patio pesca plan plaza presupuesto puerto quena quinua reforma región registro reserva "
    "ruta sala sembrío sesión subasta tarifa tasa temporada terreno torneo trámite tren valle vía votación zona"
).split()


def crowded_day(site: str, day: date, count: int, seed: int = 1) -> Iterator[Page]:
    """So many pages of one site, spread evenly over one day.

    Args:
        site: id of the site.
        day: the day in Lima.
        count: how many.
        seed: other seeds give other texts.
    """
    chance = random.Random(f"{site} {day} {seed}")
    start = datetime.combine(day, time.min, LIMA)
    for number in range(count):
        words = [" ".join(chance.choices(WORDS, k=10)).capitalize() + "." for _ in range(8)]
        yield Page(
            site=site,
            origin=f"crowd: {number}",
            slug=f"nota-{day:%Y%m%d}-{number:04d}",
            section="actualidad",
            number=FIRST_NUMBER + number,
            published=start + timedelta(days=1) * number / count,
            title=f"Nota {number} del día: {' '.join(chance.choices(WORDS, k=4))}",
            text="\n\n".join([" ".join(words[:4]), " ".join(words[4:])]),
        )
