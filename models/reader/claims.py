"""What one sentence claims: which of its numbers are statistics, and of what, when and where.

Which numbers count is ``counted``, what they count ``metrics``, which of the sentence's times and places are a number's ``numbered``,
and what a number leaves unsaid because it was said before, ``thread`` and ``elliptic``. Not here: the rows (``figures``).
"""

from __future__ import annotations

import re

from models.gazetteer import PlaceHit
from models.reader.beyond import counts_accident, is_abroad, of_crime
from models.reader.clauses import Clause
from models.reader.counted import find_counts
from models.reader.elliptic import is_bare, is_elliptic, is_resumed
from models.reader.measured import change_of, is_in_points, unit_of
from models.reader.metrics import Hit, find_metrics, is_definite, metric_of
from models.reader.numbered import Numbered, numbered, where
from models.reader.parts import frame_of, is_part, part_of, undergone
from models.reader.period import Period
from models.reader.periods import find_periods
from models.reader.places import Place
from models.reader.reading import Reading
from models.reader.tallied import LARGE, LEAST_TOLD, Claim, has_source, is_claim, is_counted
from models.reader.text import Sentence
from models.reader.thread import STANDING, Thread, Topic, is_national, narrowed

# "Los homicidios se redujeron en 13 % y las denuncias en 9 %", "… 13 %; las denuncias, 9 %": no verb of its own.
NOUNS = (
    r"(?:(?! (?:represent|concentr|alcanz|equival|lleg|sum|son|es|fue|fueron|eran?|hay|hubo|con|que)\w*)[^,;.]){3,60}"
)
ALIKE = re.compile(rf"(?:\by (?:el|la|los|las) {NOUNS},?|[,;] (?:el|la|los|las) {NOUNS},) (?:en )?(?:un )?$")
FILED = re.compile(r"L(?:ima|IMA)(?:,? [\w .]{3,15})?(?: ?\([^)]{2,40}\))?\W{0,3}[-–—](?! ?\d)")
# "La Policía cerró las estadísticas del 2024": what it counts comes after.
FIGURES_OF = re.compile(r"\b(?:estadisticas|cifras|datos|balance|reporte|boletin|informe|statistics|figures)\b")
# "El Sinadef habla de 2 011, el Ministerio Público de 3 340": another source's count of the same.
LISTED = re.compile(r"[,;] (?:y )?(?:el|la|los|las|the) [^,;.]{3,40},? (?:de|en|con|at) $")
BEHIND = 90  # code points before a number within which it is said what it goes on about
MOST = 60  # numbers of a sentence: with more it is a table whose lines are lost, and tells of none what it counts


def _goes_on(said: Numbered, at: int, clause: Clause, change: str | None, last: Topic, *, is_first: bool) -> bool:
    """Whether a number that names no metric counts that of the number before it, in its sentence or in one before."""
    if not said.numbers[at].is_percent and not change:
        if is_elliptic(said, at, clause):
            return True
        is_listed = (
            is_bare(said, at)
            and LISTED.search(said.blanked[max(0, said.numbers[at].start - BEHIND) : said.numbers[at].start])
            is not None
        )
        return not is_first and (is_listed or said.takes_over(at, clause))
    if is_first:
        return is_resumed(said, at, clause, change, of_share=last.unit == "percent")
    return is_bare(said, at) or change is not None


def _time(
    said: Numbered, at: int, clause: Clause, topic: Topic | None, *, goes_on: bool, metric: str, unit: str
) -> Period:
    """The time of a number: its own, or that of what it goes on about where the sentence names none before it."""
    is_told = any(time.end <= said.numbers[at].start for time in said.times)
    is_counted_too = topic is not None and topic.unit == unit == "count" and topic.metric == metric == "victims"
    is_standing = metric in STANDING and not is_counted_too  # "víctimas" counted over a year are no share of a survey
    is_over = topic is not None and (goes_on or not (is_told or is_standing))
    return said.time(at, clause, topic.period if topic and is_over else Period())


def _whole(said: Numbered, at: int, begun: Topic | None, found: list[Claim]) -> Topic | None:
    """What is named again before a number that counts a part of it: a later part is one of that, not of the part before it."""
    framed = frame_of(said, at)
    if framed is None:
        return None
    whole = next((claim.topic for claim in reversed(found) if claim.at < framed and not claim.is_part), begun)
    return whole if whole and whole.metric else None


def _claim(
    said: Numbered,
    at: int,
    hits: list[Hit],
    begun: Topic | None,
    topic: Topic | None,
    found: list[Claim],
    title: Place,
    frame: Place,
) -> Claim | None:
    """The claim of one number; ``topic`` is what the sentence may go on about, ``begun`` what was so where it began."""
    number, clause = said.numbers[at], said.clause(at)
    change = change_of(said.folded, number, clause)
    if (
        change is None
        and number.is_percent
        and found
        and found[-1].change
        and ALIKE.search(said.folded[max(0, number.start - BEHIND) : number.start])
    ):
        change = found[-1].change
    last = found[-1].topic if found else topic
    unit = unit_of(said.folded, number)
    named = metric_of(said.folded, number, hits)
    metric = narrowed(named, topic)
    goes_on = metric != named or bool(topic and number.value >= LEAST_TOLD and is_definite(said.folded, number, hits))
    is_a_part = False
    if whole := _whole(said, at, begun, found):
        named = metric = None if metric in undergone() else metric
        last = last if metric else whole
    if metric is None and last and last.metric:
        is_after_part = bool(found and found[-1].is_part)
        is_a_part = is_part(said, at, is_after_part=is_after_part, of_count=last.unit == "count", is_first=not found)
        if is_a_part or unit == "rate_100k" or _goes_on(said, at, clause, change, last, is_first=not found):
            metric, goes_on = last.metric, True
    if metric is None or (is_in_points(said.folded, number) and not (change and last and last.unit == "percent")):
        return None
    if unit == "count" and last and named is None and not change and last.unit == "rate_100k":
        unit = last.unit  # "de 44 por cada 100 mil habitantes a 68", "detrás de Tumbes (17,4)"
    is_after = (goes_on and named is None) or bool(last and change) or bool(found and said.is_second(at))
    held = last if found and is_after and (change or said.is_second(at)) else topic
    period = _time(said, at, clause, held, goes_on=is_after, metric=metric, unit=unit)
    if not is_claim(metric, unit, number.value, period, is_told=goes_on):
        return None
    if (
        found
        and said.is_second(at)
        and not any(said.numbers[at - 1].end <= each.start < number.start for each in said.places)
    ):
        place = found[-1].topic.place
    else:
        is_same = topic is not None and (is_after or metric == topic.metric)
        around = topic.place if topic and is_same else frame if topic and not said.times else title
        place = said.place(at, clause, around, held.place if held and is_after else Place())
    if is_a_part and not said.has_own_place(at, clause):
        metric = part_of(metric)
    return Claim(Topic(metric, unit, period, place), number.value, change, goes_on, is_a_part, number.start)


def _is_listed(claim: Claim, said: Numbered, at: int, found: list[Claim]) -> bool:
    """Whether a claim goes on in a row that a claim began: "Comas (604 denuncias), Ate (577)"."""
    number = said.numbers[at]
    is_bracketed = said.folded[number.start - 1 : number.start] == "("
    return bool(found) and (claim.goes_on or number.is_percent or is_bracketed)


def _announced(reading: Reading, sentence: Sentence, title: Place, thread: Thread) -> None:
    """Take note of a heading over lines that only give numbers."""
    is_heading = sentence.field == "title" or sentence.folded.endswith(":")
    if is_heading or (thread.at_hand(sentence) is None and FIGURES_OF.search(sentence.folded)):
        periods = [period for _, _, period in find_periods(sentence.folded, reading.published)]
        places = where(sentence.folded, reading.places[sentence.index])
        place = places[0].value if len(places) == 1 else None
        period = periods[0] if len(periods) == 1 else Period()
        thread.announce(sentence, period, place or title, is_heading=is_heading)


def _is_dateline(hit: PlaceHit, sentence: Sentence) -> bool:
    """Whether a place is the capital as a report's dateline: "LIMA (Agencia) -" says where it was filed, not what it counts."""
    filed = FILED.match(sentence.raw) if (hit.ubigeo or "").startswith("15") else None
    return filed is not None and hit.end <= filed.end()


def read_claims(reading: Reading, sentence: Sentence, title: Place, thread: Thread) -> list[Claim]:
    """What a sentence claims, and what the sentences after it may go on about."""
    numbers = find_counts(sentence.folded)
    topic = thread.at_hand(sentence)
    if not numbers:
        _announced(reading, sentence, title, thread)
        return []
    if len(numbers) > MOST:
        return []
    places = [hit for hit in reading.places[sentence.index] if not _is_dateline(hit, sentence)]
    if is_abroad(sentence.folded, has_places=any(hit.ubigeo for hit in places)):
        thread.topic = None
        return []
    said = numbered(sentence.folded, numbers, places, reading.published, topic.period if topic else Period())
    is_told = bool(said.times or has_source(said.folded))
    if not (topic or is_told or any(number.value >= LARGE or number.is_percent for number in numbers)):
        return []
    named = find_metrics(said.folded)
    hits = of_crime(said.folded, named)
    title = Place() if is_national(said.folded) else title
    found: list[Claim] = []
    for at, number in enumerate(numbers):
        if counts_accident(said.folded, number, named, hits):
            continue
        claim = _claim(said, at, hits, topic, thread.at_hand(sentence), found, title, thread.frame)
        if claim and is_counted(
            claim, said, at, hits, is_told=is_told, is_live=topic is not None or _is_listed(claim, said, at, found)
        ):
            found.append(claim)
            is_level = claim.change is None and not claim.is_part
            thread.follow(sentence, claim.topic, [each.value for each in said.times if each.value], is_level=is_level)
    return found
