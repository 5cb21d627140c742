"""When a norm was printed, told otherwise than beside its number: in a box, in the head of a gazette's page, of several norms at once.

Not here: what is told of one norm and of "la norma" (``norm_days``).
"""

from __future__ import annotations

import re
from datetime import date

from models.reader.date_forms import MONTH_WORDS, WEEKDAY_WORDS
from models.reader.dates import find_dates
from models.reader.numbers import parse_number
from models.reader.reading import Reading

GAZETTE = r"(?:el peruano|diario oficial|normas legales|official gazette)\b"
STOP = re.compile(
    r"[,;:.()]|\b(?:que|y|para|rige|entra|hasta|desde|durante|vigente|contra|sobre|modific\w+|tras|luego)\b"
)
GAP = 70
HEAD = 6  # sentences of a page's head
# A box beside the text: "Fecha de publicación en El Peruano: 12/03/2026". "Publicado: 12/03/2026" is when the page itself was.
BOX = re.compile(
    r"\W*(?:fecha de publicacion|publicad[oa]|publicacion) en (?:el diario oficial )?el peruano(?: el)? ?: ?|\W*(?P<bare>fecha de publicacion) ?: ?"
)
MASTHEAD = re.compile(rf"(?:{WEEKDAY_WORDS}),? \d{{1,2}} de (?:{MONTH_WORDS}) (?:de|del) 20\d\d\W*$")
# "Dos decretos supremos que aparecieron este sábado", "publicó anoche dos decretos supremos": said of each of them.
NOUNS = {
    "decretos": {"DS", "DL", "DU"}, "decretos supremos": {"DS"}, "decretos legislativos": {"DL"}, "decretos de urgencia": {"DU"},
    "leyes": {"Ley"}, "resoluciones": {"RM", "RVM", "RS", "RD"}, "normas": None, "dispositivos": None,
}  # fmt: skip
TOGETHER = re.compile(
    r"\b(?:los|las|ambos|ambas|(?P<number>dos|tres|cuatro|cinco|seis)) (?:(?:dos|tres) )?"
    rf"(?P<nouns>{'|'.join(sorted(NOUNS, key=len, reverse=True))})\b"
)
WERE = re.compile(
    r"(?:,? que)? (?:(?:fueron |salieron )?publicad[oa]s|se publicaron"
    rf"|(?:(?:fueron )?difundid[oa]s|aparecieron|salieron)(?=[^.;]{{0,70}}\b{GAZETTE}))\b"
)
PUBLISHED = re.compile(r"\bpublic(?:o|aron) (?P<day>[^.;:,]{0,40})$")


def day_after(folded: str, at: int, published: date | None) -> date | None:
    """The day told right after a word, never one still to come."""
    for hit in find_dates(folded, published):
        if hit.start >= at:
            is_near = hit.start - at <= GAP and not STOP.search(folded, at, hit.start)
            is_past = hit.day and not (published and hit.day > published)
            return hit.day if is_near and is_past and hit.precision == "day" else None
    return None


def boxed(reading: Reading) -> date | None:
    """The day in a page's box; of a page of the gazette that came without a day also the one in its head."""
    is_undated = reading.is_gazette and reading.published is None
    for sentence in reading.sentences:
        box = BOX.match(sentence.folded)
        if box and (is_undated or not box["bare"]) and (day := day_after(sentence.folded, box.end(), None)):
            return day
    head = [s for s in reading.sentences[:HEAD] if MASTHEAD.match(s.folded)] if is_undated else []
    return next((hit.day for s in head for hit in find_dates(s.folded, None) if hit.day), None)


def printed_together(reading: Reading, kinds: list[str]) -> date | None:
    """The day on which news say that all the norms they are about were published, these being of ``kinds``."""
    for sentence in reading.sentences:
        if not reading.own(sentence.index):
            continue
        folded = sentence.folded
        for match in TOGETHER.finditer(folded):
            of = NOUNS[match["nouns"]]
            fits = of is None or all(kind in of for kind in kinds)
            if not fits or (match["number"] and parse_number(match["number"]) != len(kinds)):
                continue
            if (were := WERE.match(folded, match.end())) and (day := day_after(folded, were.end(), reading.published)):
                return day
            told = PUBLISHED.search(folded[: match.start()])
            days = find_dates(told["day"], reading.published) if told else []
            if len(days) == 1 and days[0].day and not (reading.published and days[0].day > reading.published):
                return days[0].day
    return None
