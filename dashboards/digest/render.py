"""Content into an edition: subject, HTML, plain text, chat text, pictures, the table.

Belongs here: form alone. Not here: whose mail it is (``message``), which facts and words (content, words).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import css_inline
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dashboards.digest.chat import chat_text
from dashboards.digest.records import Content, Happening
from dashboards.digest.words import Words
from dashboards.language import Tongue, tongue
from dashboards.spreadsheet import as_csv

TEMPLATES = Path(__file__).parent / "templates"
HTML_BYTES = 95_000  # mail clients clip at 100 kB, and transport adds a little
EVENTS = (40, 25, 15, 8, 3)  # shown in full, fewer until the mail is small enough
LATE = 10
UNSUBSCRIBE = "https://unsubscribe.invalid/"  # stands for each recipient's own address


@dataclass(frozen=True, slots=True)
class Edition:
    """What every copy of a mail says."""

    subject: str
    html: str
    text: str
    chat: str
    language: str
    images: dict[str, bytes] = field(default_factory=dict)  # PNG by content id
    table: tuple[str, bytes] | None = None  # file name and CSV
    list_name: str | None = None  # of the group whose mail it is; None: a notice, no list's mail

    def as_page(self) -> str:
        """The HTML part as a page that stands by itself, its pictures within."""
        page = self.html.replace(UNSUBSCRIBE, "#")
        for name, png in self.images.items():
            page = page.replace(f'"cid:{name}"', f'"data:image/png;base64,{b64encode(png).decode()}"')
        return page


@cache
def _environment(kind: str) -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=kind == "html",  # noqa: S701 - plain text has nothing to escape
        undefined=StrictUndefined,
        trim_blocks=kind == "txt",
        keep_trailing_newline=True,
    )


@cache
def _inliner() -> css_inline.CSSInliner:
    return css_inline.CSSInliner(keep_style_tags=False, keep_at_rules=False, load_remote_stylesheets=False)


def render(content: Content, reasons: Sequence[str] = ()) -> Edition:
    """The edition of a content: the weekly digest, or with ``reasons`` an alert, which tells the week so far below them."""
    t = tongue(content.group.language)
    words = Words(t, content)
    images = pictures(content, words)
    subject = f"{content.group.name}: {reasons[0]}" if reasons else words.subject()
    values = {
        "c": content,
        "w": words,
        "t": t,
        "say": t.say,
        "count": t.count,
        "subject": subject,
        "heading": t.say("Aviso") if reasons else t.say("Boletín semanal"),
        "reasons": reasons,
        "chat": chat_text(t, content, words),
        "unsubscribe": UNSUBSCRIBE,
        "has_map": "map-light" in images,
        "has_chart": "weeks-light" in images,
        "base_css": _css("base"),
        "shown_late": content.late[:LATE],
    }
    html = ""
    shown: tuple[Happening, ...] = ()
    for most in EVENTS:
        shown = content.events[:most]
        html = _inliner().inline(_environment("html").get_template("digest.html.j2").render(values | {"shown": shown}))
        # What no attribute can say (dark, narrow) goes back in once the rest has been inlined.
        html = html.replace("</head>", f"<style>\n{_css('media')}</style>\n</head>", 1)
        if len(html.encode()) <= HTML_BYTES:
            break
    text = _environment("txt").get_template("digest.txt.j2").render(values | {"shown": shown})
    is_cut = len(shown) < len(content.events)
    table = (
        (f"chasqui-{content.group.id}-{content.week}.csv", as_table(content, words, t))
        if _wants_table(content, is_cut=is_cut)
        else None
    )
    return Edition(subject, html, text, values["chat"], t.code, images, table, content.group.name)


def _wants_table(content: Content, *, is_cut: bool) -> bool:
    """Groups that asked for it; and whoever would otherwise not see all."""
    return bool(content.events) and (content.group.has_csv or is_cut)


@cache
def _css(name: str) -> str:
    return (TEMPLATES / f"{name}.css").read_text(encoding="utf-8")


def pictures(content: Content, words: Words) -> dict[str, bytes]:
    """Chart and, for the whole country, map; each for light and dark. None when nothing is known of twelve weeks."""
    from dashboards.charts.departments import departments_map
    from dashboards.charts.png import to_png
    from dashboards.charts.weeks import WeekBar, weeks_chart

    if not any(w.events for w in content.weeks):
        return {}  # twelve zeros are said in a sentence
    bars = [WeekBar(words.week_label(w), w.events) for w in content.weeks]
    found: dict[str, bytes] = {}
    counts = dict(content.departments)
    for scheme in ("light", "dark"):
        found[f"weeks-{scheme}"] = to_png(weeks_chart(bars, "–", scheme))
        if len(counts) > 1 and not content.group.regions:
            found[f"map-{scheme}"] = to_png(departments_map(counts, scheme))
    return found


def as_table(content: Content, words: Words, t: Tongue) -> bytes:
    """The week's events as CSV."""
    columns = t.say(
        "código,fecha,tipos,sectores,departamento,provincia,distrito,muertos,heridos,monto S/,titular,fuentes,enlace"
    )
    rows = [
        (
            e.event_id, e.date, words.what(e), [content.names.sectors[s] for s in e.sectors], e.department, e.province, e.district, e.killed,
            e.wounded, e.amount_pen, e.title, [v.name for v in e.voices], next((v.url for v in e.voices if v.url), None),
        )
        for e in content.events
    ]  # fmt: skip
    return as_csv(columns.split(","), rows)
