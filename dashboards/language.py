"""Two languages: sentences from a translation file, dates and numbers as Peruvians write them.

Spanish is the language of the source; ``translations/en*.po`` hold the English, a file a medium. Not here: the sentences
themselves.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations

from warehouse.records import LIMA

TRANSLATIONS = Path(__file__).parent / "translations"
LOCALES = {"es": "es_PE", "en": "en_GB"}


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language."""

    code: str
    locale: str
    catalog: NullTranslations

    def say(self, text: str, **values: object) -> str:
        """A sentence, with its gaps filled."""
        return self.catalog.ugettext(text).format(**values)

    def count(self, one: str, many: str, number: int, **values: object) -> str:
        """A sentence that depends on a number, which stands in it as ``{n}``."""
        return self.catalog.ungettext(one, many, number).format(n=self.number(number), **values)

    def words(self, one: str, many: str, number: int) -> str:
        """The word that goes with a number, which stands elsewhere."""
        return self.catalog.ungettext(one, many, number)

    def number(self, value: float) -> str:
        """2,5 written the Peruvian way; at most one decimal."""
        return format_decimal(value, format="#,##0.#", locale=self.locale)

    def soles(self, value: float) -> str:
        """A sum in soles; céntimos only where there are any."""
        whole = float(value).is_integer()
        return "S/ " + format_decimal(value, format="#,##0" if whole else "#,##0.00", locale=self.locale)

    def day(self, day: date) -> str:
        """Martes 20 de octubre."""
        return f"{self.weekday(day)} {format_skeleton('MMMMd', day, locale=self.locale)}"

    def short_day(self, day: date) -> str:
        """20 oct."""
        return format_skeleton("MMMd", day, locale=self.locale)

    def medium_day(self, day: date) -> str:
        """20 oct. 2025."""
        return format_skeleton("yMMMd", day, locale=self.locale)

    def long_day(self, day: date) -> str:
        """20 de octubre de 2025."""
        return format_date(day, "long", locale=self.locale)

    def weekday(self, day: date) -> str:
        """Martes."""
        return format_date(day, "EEEE", locale=self.locale)

    def month(self, day: date) -> str:
        """Octubre."""
        return format_date(day, "LLLL", locale=self.locale)

    def short_month(self, day: date) -> str:
        """Oct."""
        return format_date(day, "LLL", locale=self.locale).rstrip(".")

    def instant(self, at: datetime) -> str:
        """20 oct., 04:12, in Lima."""
        there = at.astimezone(LIMA)
        return f"{self.short_day(there.date())}, {format_time(there, 'HH:mm', locale=self.locale)}"

    def span(self, first: date, last: date) -> str:
        """From one day to another: 20 – 26 de octubre."""
        if first.month == last.month:
            return f"{first.day}–{format_skeleton('MMMMd', last, locale=self.locale)}"
        return f"{format_skeleton('MMMMd', first, locale=self.locale)} – {format_skeleton('MMMMd', last, locale=self.locale)}"

    def join(self, parts: Sequence[str]) -> str:
        """A, b y c."""
        return format_list(list(parts), "standard", locale=self.locale) if parts else ""


@cache
def tongue(code: str) -> Tongue:
    """The language of a code, ``es`` or ``en``."""
    paths = sorted(TRANSLATIONS.glob(f"{code}*.po"))
    if not paths:
        return Tongue(code, LOCALES[code], NullTranslations())
    catalog = Catalog(locale=LOCALES[code])
    for path in paths:
        with path.open("rb") as file:
            for message in read_po(file, locale=LOCALES[code], abort_invalid=True):
                catalog[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Tongue(code, LOCALES[code], Translations(compiled))
