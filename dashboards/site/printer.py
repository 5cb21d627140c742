"""One language of the site: pages from templates, figures as specifications and tables, all through one shelf.

Not here: which pages there are (``pages``), what is said (templates, ``dashboards.wording``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from altair.utils.schemapi import debug_mode
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboards.charts.figures import Figure
from dashboards.charts.style import darkened
from dashboards.language import Tongue, tongue
from dashboards.records import Names
from dashboards.site.records import Edition
from dashboards.site.shelf import Shelf
from dashboards.spreadsheet import as_csv
from dashboards.wording import EventWords

TEMPLATES = Path(__file__).parent / "templates"
FIRST_LANGUAGE = "es"  # at the root of the site; the other under its code
# No script and no style but the site's own files, no evaluated text, nothing from elsewhere, nothing sent anywhere.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as a template takes it."""

    id: str
    title: str
    note: str
    alt: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    spec: str  # path under the language's folder, without scheme
    csv: str
    is_tall: bool


class Printer:
    """Writes one language."""

    def __init__(self, code: str, edition: Edition, shelf: Shelf, permalink_base: str) -> None:
        self.t: Tongue = tongue(code)
        self.edition = edition
        self.words = EventWords(self.t, Names(dict(edition.sector_names[code]), dict(edition.type_names[code]), {}))
        self._shelf = shelf
        self._folder = "" if code == FIRST_LANGUAGE else f"{code}/"
        self._permalink_base = permalink_base

    def page(self, path: str, template: str, figures: Sequence[Shown] = (), **values: object) -> None:
        """One page.

        Args:
            path: its folder, empty or ending in a slash; the same in both languages.
            template: name of its template.
            figures: the charts on it.
            values: what else the template needs.
        """
        up = "../" * (path.count("/") + self._folder.count("/")) or "./"
        html = _environment().get_template(f"{template}.html.j2").render(
            t=self.t, say=self.t.say, count=self.t.count, w=self.words, edition=self.edition, policy=POLICY, path=path,
            root=up, home=f"{up}{self._folder}", figures=figures, sector_names=self.edition.sector_names[self.t.code],
            other=f"{up}{'en/' if self._folder == '' else ''}{path}", permalink_base=self._permalink_base,
            week_end=lambda monday: monday + timedelta(days=6), **values,
        )  # fmt: skip
        self._shelf.write(f"{self._folder}{path}index.html", html)

    def figure(self, figure: Figure, scope: str = "") -> Shown:
        """Write a figure's specification for both surroundings and its table as CSV.

        Args:
            figure: what to show.
            scope: tells figures of one name apart, such as a sector.
        """
        name = f"{scope}-{figure.name}" if scope else figure.name
        with debug_mode(False):  # noqa: FBT003 - Altair's own validation, which takes most of the time; tests draw with it
            spec = json.dumps(figure.draw("light", "container").to_dict(validate=False), ensure_ascii=False)
        self._shelf.write(f"{self._folder}charts/{name}.light.json", spec)
        self._shelf.write(f"{self._folder}charts/{name}.dark.json", darkened(spec))
        self._shelf.write(f"{self._folder}data/{name}.csv", as_csv(figure.columns, figure.rows))
        numeric = tuple(
            all(isinstance(r[n], int | float | None) for r in figure.rows) for n in range(len(figure.columns))
        )
        rows = tuple(tuple(self._cell(v) for v in row) for row in figure.rows)
        return Shown(
            id=name, title=figure.title, note=figure.note, alt=figure.alt, columns=figure.columns, rows=rows, numeric=numeric,
            spec=f"charts/{name}", csv=f"data/{name}.csv", is_tall=figure.name.startswith(("departments", "provinces", "districts")),
        )  # fmt: skip

    def file(self, path: str, content: str | bytes) -> None:
        """Another file of this language."""
        self._shelf.write(f"{self._folder}{path}", content)

    def json(self, path: str, value: object) -> None:
        """Data of this language."""
        self._shelf.write_json(f"{self._folder}{path}", value)

    def _cell(self, value: object) -> str:
        if value is None:
            return "–"
        if isinstance(value, date) and not isinstance(value, datetime):
            return self.t.medium_day(value)
        if isinstance(value, int | float):
            return self.t.number(value)
        return str(value)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
