"""What a text does to an emergency: each action with the sentences that take it and the lists that belong to them.

A decree acts in its articles, after "DECRETA:"; what its considerations tell of earlier ones is no act of its own. Not here: the days
of the term (``terms``), the units (``territory``), the rows of an annex (``annexes``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from models.gazetteer import covers
from models.reader.data import any_of, read_data
from models.reader.norms import NormHit
from models.reader.reading import Reading
from models.reader.territory import speaks_of_emergency
from models.reader.text import Sentence

ACTS = re.compile(r"^(?:se )?(?:decreta|resuelve) ?:?$|\b(?:decreta|se resuelve) ?:$")
CONSIDERS = re.compile(r"(?:que|vistos?|de conformidad|con el voto)\b")
OPENS = re.compile(
    r"[\"'“«]?(?:articulo\b|art\.|(?:declar|prorrog|dej|levant|modific|ampli|exti?end|da(?:r|se)? por|se da por|disp[ou]))"
)
AMENDS = re.compile(r"(?:articulo \S+ ?[-.–]* ?)?modifi(?:car|quese|ca|case)\b")
TITLED = re.compile(
    r"articulo\b.{0,120}[^.:;,\"'”»]$"
)  # "Artículo 1.- Declaratoria de Estado de Emergencia", over what it says
LIMITS = re.compile(
    r"\bdurante (?:el|la|dich[oa]|este)\b[^.;]{0,40}(?:estado de )?emergencia\b|\bquedan? (?:restringid|suspendid)"
)
QUOTES = re.compile(r"[\"'“«]")
CLOSES = re.compile(r"[\"'”»]\W*$")
LIST_ITEM = re.compile(r"(?:[-•·*–—●▪]|\(?[a-z]\)|\(?[ivx]+\)|\d{1,2}(?:\.\d{1,2})*[.)]?\s|(?:[a-z]|\d{1,2})\.-?\s)")
# A sentence of the news that goes on about the measure: where it holds, how long, from when.
GOES_ON = re.compile(
    r"\b(?:medida|prorroga|declaratoria|norma|decreto|disposicion|plazo|vigencia|vigor|rige|regira|emergencia|takes effect|took effect|measure|decree)\b"
)
# "La medida se declaró por 60 días": after sentences that only say where there is an emergency.
TAKEN = re.compile(
    r"\b(?:la|esta|dicha) (?:medida|declaratoria) (?:se |fue |ha sido )?(?:declar|dict|disp[ou]|decret|prorrog|ampli|exti?en|levant)\w+(?= (?:por|en|desde|mediante|con|hasta|el)\b)"
)
SAME = re.compile(r"\b(?:la|el|esta|dicha|misma) (?:medida|regimen)\b")  # "declara la misma medida en…"
DOES_AS = re.compile(
    r"\b(?:hace|hizo|dispone|dispuso) (?:lo mismo|lo propio|otro tanto)\b"
)  # as the decree told before it
ARTICLE = re.compile(r"(?:el |la |los |las )?")
# What an amendment tells of the emergency it amends: "modifica el DS …, que declaró por 60 días la emergencia".
MODIFIES = re.compile(r"\bmodific(?:a|an|o|ar|aron|ara|aran|ando)\b")
AMENDED = re.compile(
    r",? que (?:[^,;.]{0,40} )?(?:declar|decret|prorrog|ampli)\w+ [^;.]*|\b(?:declarad|decretad|dispuest|dictad)[oa]s?\b"
)
TURNS = tuple(re.compile(rf"(?:el|la) {turn}[oa]?\b") for turn in ("primer", "segund", "tercer"))
FARTHEST = 6  # sentences of the news after the one that tells the act


@dataclass(frozen=True, slots=True)
class Measure:
    """An action (declares, extends, modifies, ends) with the sentences that take it.

    Of the news also those that go on about it, ``more``, and of these the ones that tell what it covers.
    """

    action: str
    told: tuple[int, ...]
    more: tuple[int, ...] = ()
    covering: tuple[int, ...] = ()


@cache
def _scope() -> dict[str, re.Pattern[str]]:
    return {
        name: any_of(read_data("decrees.toml")["scope"][name]) for name in ("covers", "lists", "lists_of", "pending")
    }


def _covers(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence tells what an emergency covers: by its verb, or as a list whose first name follows at once."""
    if _scope()["covers"].search(sentence.folded):
        return True
    starts = [hit.start for hit in reading.places[sentence.index]]
    for name, least in (("lists", 1), ("lists_of", 3)):  # with the unit they lie in, two names
        head = _scope()[name].match(sentence.folded)
        if head and len(starts) >= least and any(ARTICLE.fullmatch(sentence.folded, head.end(), at) for at in starts):
            return True
    return False


@cache
def _actions() -> dict[str, re.Pattern[str]]:
    return {name: any_of(patterns) for name, patterns in read_data("decrees.toml")["actions"].items()}


def action_of(folded: str) -> str | None:
    """What a sentence does to an emergency, the most specific word first; of an amendment not what was done before."""
    folded = AMENDED.sub("", folded) if MODIFIES.search(folded) else folded
    for name in ("ends", "extends", "declares", "modifies"):
        if _actions()[name].search(folded):
            return name
    return None


def measures(reading: Reading) -> list[Measure]:
    """What is done to emergencies: by a decree all that its articles do, by the news one thing."""
    found = _of_decree(reading) if reading.is_gazette else _of_news(reading)
    return found or _of_title(reading)


def _of_decree(reading: Reading) -> list[Measure]:
    body = [s for s in reading.sentences if s.field == "text"]
    start = next((at + 1 for at, s in enumerate(body) if ACTS.search(s.folded)), 0)
    found: list[Measure] = []
    done = -1
    for at, sentence in enumerate(body[start:], start):
        folded = sentence.folded
        if at <= done or CONSIDERS.match(folded) or not OPENS.match(folded) or reading.links[sentence.index]:
            continue
        if TITLED.fullmatch(folded) and any(OPENS.match(after.folded) for after in body[at + 1 : at + 2]):
            continue
        quoted = _quoted_after(reading, sentence.index) if AMENDS.match(folded) else ()
        is_act = speaks_of_emergency(sentence) and not LIMITS.search(folded)
        is_amending = quoted or (is_act and AMENDS.match(folded) is not None)
        action = "modifies" if is_amending else action_of(folded) if is_act else None
        if action and all(action != each.action for each in found):
            told = (sentence.index, *quoted) if quoted else (sentence.index, *_list_after(reading, sentence.index))
            found.append(Measure(action, told))
            done = at + len(told) - 1
    return found


def _quoted_after(reading: Reading, index: int) -> tuple[int, ...]:
    """The sentences of the wording that an amendment gives, when it speaks of an emergency."""
    found: list[int] = []
    for sentence in reading.sentences[index + 1 :]:
        if not found and not QUOTES.match(sentence.folded):
            break
        found.append(sentence.index)
        if CLOSES.search(sentence.folded):
            break
    speaking = any(speaks_of_emergency(reading.sentences[each]) for each in found)
    return tuple(found) if speaking else ()


def _list_after(reading: Reading, index: int) -> tuple[int, ...]:
    """The items of the list that a sentence ends with."""
    if not reading.sentences[index].folded.rstrip().endswith(":"):
        return ()
    found: list[int] = []
    for sentence in reading.sentences[index + 1 :]:
        if not LIST_ITEM.match(sentence.folded):
            break
        found.append(sentence.index)
    return tuple(found)


def _of_news(reading: Reading) -> list[Measure]:
    for sentence in reading.sentences:
        at = sentence.index
        if not speaks_of_emergency(sentence) or reading.links[at] or reading.recalled[at]:
            continue
        if action := action_of(sentence.folded):
            after = [s for s in reading.sentences[at + 1 : at + 1 + FARTHEST] if reading.own(s.index)]
            lead = _lead(reading, at, action) if sentence.field == "title" else None
            after = [s for s in after if not _is_elsewhere(reading, at, s) or _covers(reading, s)]
            covering = [s.index for s in after if reading.places[s.index] and (s.index == lead or _covers(reading, s))]
            more = [s.index for s in after if s.index in covering or GOES_ON.search(s.folded)]
            return [Measure(action, (at, *_list_after(reading, at)), tuple(more), tuple(covering))]
    return _of_taken(reading)


def _of_taken(reading: Reading) -> list[Measure]:
    """What is told of "la medida" alone, with the sentence before it that says where the emergency is."""
    told = next((s for s in reading.sentences if reading.own(s.index) and TAKEN.search(s.folded)), None)
    action = action_of(told.folded) if told else None
    before = reading.sentences[: told.index] if told else []
    where = [s.index for s in before if speaks_of_emergency(s) and reading.own(s.index) and reading.places[s.index]]
    return [Measure(action, (where[-1], told.index))] if told and action and where else []


def _lead(reading: Reading, title: int, action: str) -> int | None:
    """The first sentence of the text that speaks of the emergency: it names in full the places that a title names by their towns."""
    text = (s for s in reading.sentences if s.field == "text" and speaks_of_emergency(s) and reading.own(s.index))
    lead = next(text, None)
    if lead is None or action_of(lead.folded) not in {action, None} or _is_elsewhere(reading, title, lead):
        return None
    return lead.index


def _is_elsewhere(reading: Reading, told: int, sentence: Sentence) -> bool:
    """Whether a sentence names places, and none of those that the one with the act names."""
    here, there = ([hit.ubigeo for hit in reading.places[i] if hit.ubigeo] for i in (told, sentence.index))
    return bool(here and there) and not any(a[:4] == b[:4] or covers(a, b) or covers(b, a) for a in here for b in there)


def of_quoted(reading: Reading, norm: NormHit) -> list[Measure]:
    """What a decree does that is merely quoted: of one that the news extend or end nothing, nor while the decree they tell of is to come."""
    if any(_scope()["pending"].search(sentence.folded) for sentence in reading.sentences):
        return []
    return [each for each in measures(reading) if not norm.is_amended or each.action == "declares"]


def told_beside(reading: Reading, keys: Sequence[str]) -> dict[str, list[Measure]]:
    """What the sentences that name each of several norms say that it does; "hace lo mismo" is what the one before it does."""
    found: dict[str, list[Measure]] = {}
    last: str | None = None
    for index, hit in reading.norms:
        if hit.key not in keys or hit.is_quoted or hit.key in found:
            continue
        sentence = reading.sentences[index]
        action = action_of(sentence.folded)
        if action and (speaks_of_emergency(sentence) or SAME.search(sentence.folded)):
            last = action
        elif DOES_AS.search(sentence.folded):
            action = last
        else:
            continue
        if action:
            found[hit.key] = [Measure(action, (index,))]
    return found if len(found) > 1 else found | _in_turn(reading, keys)


def _in_turn(reading: Reading, keys: Sequence[str]) -> dict[str, list[Measure]]:
    """What is told of decrees in the order in which one sentence names them: "El primero comprende a Tumbes… El segundo alcanza a Virú"."""
    at = next((index for index, hit in reading.norms if hit.key in keys), 0)
    listed = [hit.key for index, hit in reading.norms if index == at and hit.key in keys]
    told = [
        next((s.index for s in reading.sentences[at + 1 :] if turn.match(s.folded) and reading.own(s.index)), None)
        for turn in TURNS[: len(listed)]
    ]
    act = next(iter(measures(reading)), None)
    if act is None or len(listed) != len(keys) or len(told) < len(keys) or None in told:
        return {}
    return {
        key: [Measure(act.action, (index,), tuple(range(at + 1)))]
        for key, index in zip(listed, told, strict=True)
        if index is not None
    }


def _of_title(reading: Reading) -> list[Measure]:
    title = [s for s in reading.sentences if s.field == "title" and speaks_of_emergency(s)]
    action = action_of(title[0].folded) if title else None
    return [Measure(action, tuple(s.index for s in title))] if action else []
