"""Persons named in a text, and whether they are private ones or speak and act in office.

A fitted linear model judges each run (``runs``) by its words and neighbours. Not here: phones, plates, accounts and the masking itself (``mask.py``).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from models.fold import fold
from models.gazetteer import find_places
from models.reader.forms import is_family, is_kin, nick_words
from models.reader.linear import probability, score
from models.reader.namesakes import with_others
from models.reader.offices import holds_office, holds_public_office, is_appointed, is_title, is_voice, public_name
from models.reader.person_features import (
    AGE_AFTER,
    Candidate,
    all_features,
    is_opening_word,
    is_place,
    is_plain,
    is_private_here,
    lexicon,
    likeness,
)
from models.reader.runs import candidates
from models.reader.things import (
    SAINT,
    is_band,
    is_firm,
    is_named_thing,
    is_nobodys,
    is_quoted_firm,
    is_shop,
    is_surely_thing,
)

# "apodado", "conocido como", "le dicen", "de apellido": what follows is a person's name whatever it looks like.
CALLED = re.compile(
    r"(?:\(a\)|\b(?:apodad[oa]s?|alias|apodo|chapa|sobrenombre|(?:conocid[oa]|identificad[oa]) (?:en \w+ \w+ )?(?:como|por)|llaman|llamaban|hace llamar|hacia llamar|que firma(?:ba)?(?: como)? el|decian|dicen|apodan"
    r"|apodaban|apellid\w+|known as|nicknamed|called))(?: (?:el|la|al|de|como|todos|su \w+))*:? ?[\"']?$"
)
# "dirigente de transportes", "dueña de la bodega": the name after it is the person's, not the thing's.
MEMBER = re.compile(
    r"\b(?:dirigente|lider|secretari[oa]|socio|socia|empresari[oa]|duen[oa]|propietari[oa]|administrador\w*|gerente|choferes?|conductor\w*|cobrador\w*"
    r"|trabajador\w*|vendedor\w*|comerciante|cantante|vocalista|musico|integrante|vigilante|docente|profesor\w*|estudiante|alumn[oa])"
    r" de(?:l| la| los| las)? (?:\w+ ){1,2}$"
)
TRADES = frozenset(
    "transportistas mototaxistas taxistas colectiveros comerciantes bodegueros choferes conductores vecinos maestros docentes trabajadores obreros"
    " pescadores agricultores estudiantes emprendedores ronderos ambulantes".split()
)
STRUCK_DOWN = re.compile(
    r" ?(?:\(\d{1,2}\))?(?:(?:, [^,.;:\n]{2,60}){1,3},)? ?(?:(?:que|quien|who) )?(?:murio|fallecio|perdio la vida|dejo de existir|died\b|was (?:killed|shot|murdered|kidnapped|wounded)"
    r"|(?:fue|resulto|quedo|muere|murio) (?:asesinad|acribillad|balead|herid|secuestrad|ultimad|ejecutad|victimad|acuchillad|extorsionad"
    r"|(?:hallad|encontrad)[oa] (?:muert|sin vida|asesinad)))"
)
# "Asesinan al suboficial PNP …": the verb's object, however it is titled.
STRUCK = re.compile(
    r"\b(?:asesin\w+|mata(?:n|ron)|mato|balea\w+|acribill\w+|ultim(?:an|aron|o)|secuestr\w+|hieren|hirieron|acuchill\w+|victim(?:an|aron)|cuerpo|cadaver"
    r"|restos|velorio|sepelio|muerte) (?:al?|del?|a la|de la|a un|a una) (?:(?!(?:en|de|del|con|por|frente|y|a|ante|tras|cerca) )(?:\w+|\w{1,5}\.) ){0,4}$"
)
MODEL = "person"
RELEASED = 0.01  # below, nobody would mask the name; unless another bears it, it needs no look at its office
LEAST = 0.03  # a name shown is worse than an office masked: of unseen stories .992 of the names are masked, .956 of the others kept

# What is left of a chance after "avenida …", of a place's name, and beside a title.
THING, PLACE, OFFICE = 0.15, 0.15, 0.35
NAMED = 0.5  # the least chance of what stands after "apodado"


def private_persons(text: str) -> list[Candidate]:
    """The names of private persons, every occurrence: parts of a private name too, unless an office-holder bears them."""
    every = candidates(text)
    places = place_spans(text)
    things = {each for each in every if _is_surely_thing(text, each)}
    chances = {
        each: 0.0 if each in things else judge(text, each, names, places)
        for each, names in zip(every, all_features(text, every), strict=True)
    }
    things |= _shops(text, every, chances) | _nobodys(text, every, chances)
    released = _release_officials(text, every, chances)
    found = [each for each in choose(every, chances) if each not in things and each not in released]
    open_ones = [each for each in every if each not in things and each not in released]
    return with_others(text, open_ones, found)


def _is_surely_thing(text: str, each: Candidate) -> bool:
    if _is_called(text, each):
        return False
    if is_firm(text, each.start, each.end, each.words) or is_title(text, each):
        return True
    if AGE_AFTER.match(text[each.end : each.end + 14]) or _is_of_thing(text, each):
        return False
    if is_band(text, each.start, each.end):
        return each.is_quoted or likeness(each.words) != "whole"
    is_thing = not each.is_quoted and is_surely_thing(text, each.start, each.end)
    return is_thing and not _is_struck_down(text, each)


def _shops(text: str, every: Sequence[Candidate], chances: Mapping[Candidate, float]) -> set[Candidate]:
    """The names of shops, unless a private person of the text bears them: then "la bodega Rojas" tells of him."""
    shops = {each for each in every if not each.is_quoted and chances[each] > 0 and is_shop(text, each.start)}
    return {
        each
        for each in _borne_by_none(shops, every, chances)
        if not _is_of_thing(text, each)
        and not _is_struck_down(text, each)
        and not AGE_AFTER.match(text[each.end : each.end + 14])
    }


def _nobodys(text: str, every: Sequence[Candidate], chances: Mapping[Candidate, float]) -> set[Candidate]:
    """Countries, months and names that streets and schools bear, unless a private person of the text bears the name."""
    nobodys = {each for each in every if not each.is_quoted and is_nobodys(text, each.start, each.end, each.words)}
    return {
        each
        for each in _borne_by_none(nobodys, every, chances)
        if not _is_called(text, each)
        and not _is_kin_or_nick(text, each)
        and not _is_struck_down(text, each)
        and not is_private_here(text, each)
    }


def _borne_by_none(
    found: set[Candidate], every: Sequence[Candidate], chances: Mapping[Candidate, float]
) -> set[Candidate]:
    """Those of ``found`` of whose words no other run, that may be a private person's name, has any."""
    if not found:
        return found
    borne = {word for each in every if each not in found and chances[each] >= LEAST for word in each.words}
    return {each for each in found if borne.isdisjoint(each.words)}


def _release_officials(text: str, every: Sequence[Candidate], chances: dict[Candidate, float]) -> set[Candidate]:
    """Who holds a public office stays wherever the text names him again, unless a private person bears the name too."""
    doubtful = {word for each in every if chances[each] >= LEAST for word in public_name(each)}
    if not doubtful:
        return set()
    officials = {
        tuple(public_name(each))
        for each in every
        if (chances[each] >= RELEASED or not doubtful.isdisjoint(public_name(each))) and holds_public_office(text, each)
    }
    officials -= {
        tuple(public_name(each))
        for each in every
        if tuple(public_name(each)) in officials and _is_struck_down(text, each)
    }
    officials -= _only_heard(text, every, officials)
    if not officials:
        return set()
    released: set[Candidate] = set()
    bearing: dict[str, list[frozenset[str]]] = defaultdict(list)
    for name in officials:
        for word in name:
            bearing[word].append(frozenset(name))
    own = {each: tuple(public_name(each)) for each in every}
    # "Noemí Tito Laura", then "Tito Laura": her surnames are nobody else's.
    surnames = {name[at:] for name in officials for at in range(1, len(name) - 1)}
    private = [
        each
        for each in every
        if len(own[each]) > 1 and own[each] not in officials | surnames and chances[each] >= LEAST
    ]
    others = {word for each in private for word in own[each]}
    for each, words in own.items():
        is_his = words in officials or (
            others.isdisjoint(words) and any(name.issuperset(words) for name in bearing.get("".join(words[:1]), ()))
        )
        if is_his and (is_appointed(text, each) or not is_private_here(text, each)):
            chances[each] = 0.0
            released.add(each)
    return released


def _only_heard(text: str, every: Sequence[Candidate], officials: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """The names of those who are public for what they say alone, and of whom the text tells somewhere that they were hit."""
    hit = [
        words
        for each in every
        if (words := frozenset(public_name(each)))
        and any(words.issubset(name) for name in officials)
        and not is_voice(text, each)
    ]
    hit_names = {name for name in officials if any(words.issubset(name) for words in hit)}
    in_office = {
        name
        for each in every
        if (name := tuple(public_name(each))) in hit_names and holds_public_office(text, each, is_voice_enough=False)
    }
    return hit_names - in_office


def place_spans(text: str) -> list[tuple[int, int]]:
    """Where the text names places, streets and offices of places."""
    return [(hit.start, hit.end) for hit in find_places(text) if hit.use != "person"]


def judge(
    text: str,
    each: Candidate,
    names: Sequence[str],
    places: Sequence[tuple[int, int]],
    table: Mapping[str, float] | None = None,
) -> float:
    """The probability that the run names a private person; rules hold where the model may not go."""
    held = any(start <= each.start and each.end <= end for start, end in places)
    is_victim = not held and _is_struck_down(text, each)
    if not is_victim and (likeness(each.words) == "institution" or _is_guild(each.words)):
        return 0.0
    chance = probability(MODEL, names) if table is None else score(table, names)
    if is_victim or _is_called(text, each) or is_family(text, each.start) or (not held and _is_kin_or_nick(text, each)):
        return max(chance, NAMED)
    if is_opening_word(text, each) or (each.is_quoted and is_quoted_firm(text, each.start)):
        return 0.0
    if is_named_thing(text, each.start) and not _is_of_thing(text, each):
        return chance * THING
    if holds_office(text, each):
        chance *= OFFICE
    elif held and is_plain(text, each) and "part of longer" not in names:
        return chance * PLACE
    # A full name of whom the text tells that he was hit is a person's, however much the words around it look like a leader's.
    return max(chance, LEAST) if not held and _is_full_name(each) and not is_voice(text, each) else chance


def _is_full_name(each: Candidate) -> bool:
    """Whether the run can hardly be but a person's: a first name first, and no saint's and no place's."""
    words = each.words
    is_named = likeness(words) == "whole" and words[0] in lexicon().first_names and not each.is_quoted
    return is_named and words[0] not in SAINT | lexicon().institution and not is_place(words)


def _is_guild(words: Sequence[str]) -> bool:
    """Whether the run is the name of a guild: "Transportistas Unidos"."""
    return bool(words) and words[0] in TRADES and lexicon().first_names.isdisjoint(words)


def _is_called(text: str, each: Candidate) -> bool:
    is_band = each.text.lower().startswith(("los ", "las "))
    return not is_band and CALLED.search(fold(text[max(0, each.start - 45) : each.start])) is not None


def _is_kin_or_nick(text: str, each: Candidate) -> bool:
    """Whether it is named as somebody's kin or is a nickname of two words: "su ahijado Jhostin", "la Chola Mari"."""
    words = each.words
    is_nick = len(words) == 2 and " " in each.text and words[0] in nick_words() and not each.is_quoted
    return is_nick or (not each.is_quoted and is_kin(text, each.start))


def _is_struck_down(text: str, each: Candidate) -> bool:
    """Whether a full name is told of as killed or struck, right before or after: a policeman who is shot is a victim like any other."""
    words = each.words
    name = words[max((at + 1 for at in range(min(3, len(words))) if words[at] in {"pnp", "policia"}), default=0) :]
    is_full = bool(name) and likeness(name) == "whole" and not is_named_thing(text, each.start)
    if not is_full:
        return False
    before, after = fold(text[max(0, each.start - 80) : each.start]), fold(text[each.end : each.end + 120])
    return STRUCK_DOWN.match(after) is not None or STRUCK.search(before) is not None


def _is_of_thing(text: str, each: Candidate) -> bool:
    """Whether the thing before a full name is what its bearer works at or leads: "dirigente de transportes Pedro Salazar"."""
    return (
        likeness(each.words) == "whole" and MEMBER.search(fold(text[max(0, each.start - 60) : each.start])) is not None
    )


def choose(every: Sequence[Candidate], chances: dict[Candidate, float]) -> list[Candidate]:
    """Those judged private, made consistent over the text: one person is one decision."""
    lists = lexicon()
    named = Counter[str]()
    best: dict[str, float] = {}
    for each in every:
        words = each.words
        name = " ".join(words)
        best[name] = max(best.get(name, 0.0), chances[each])
        if chances[each] >= LEAST and len(words) > 1 and not each.is_quoted:
            named.update(w for w in words if w in lists.first_names or w in lists.surnames or len(w) > 4)
    found: list[Candidate] = []
    for each in every:
        words = each.words
        whole = best[" ".join(words)]
        known = bool(words) and all(w in lists.first_names or w in lists.surnames for w in words)
        is_part = bool(words) and all(w in named for w in words) and (known or chances[each] > LEAST / 2)
        if whole >= LEAST or (is_part and len(words) == 1):
            found.append(each)
    return found
