"""Who speaks in public, though no office is his: leaders who say or demand something, experts, benches, signers of norms.

"El dirigente de los colectiveros de Barranca, X, reveló que" and "la criminóloga X advirtió" and "X (Fuerza Popular)"; not who tells
what befell him: "X, dirigente de los colectiveros, denunció que le exigen dinero".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from models.fold import fold
from models.reader.data import one_of, read_data

REACH = 110  # characters after a name that are looked at
ENGLISH_REACH = 300
APPOSED = r"(?:, [^,.;:()\"\n]{2,90}(?=,))?(?: \([^()\n]{2,40}\))?"
CLITICS = r"(?:(?:tambien|ya|se|le|les|lo|la|no|nos|asimismo|ademas|has|had|also|ayer|hoy) )*"
# "…, dijo la Policía", "…, contó Rosa Rojas": who speaks stands behind the verb.
SUBJECT = re.compile(r" (?:(?:el|la|los|las|su|sus|un|una|the|his|her) |police\b|[A-ZÁÉÍÓÚÑ])")
DOUBTED = re.compile(
    r"\b(?:supuest|presunt|fals|seudo|pseudo|autodenominad|alleged|fake|suspected|self-styled|so-called)\w* (?:ex)?$"
)
SIGNED = re.compile(r"\b(?:publiquese|cumplase|archivese|comuniquese|registrese)[.,;]?\s+$")
WHO = r"(?:el |la |los |the |an? )?"
GIVEN = r"(?:para|segun|de acuerdo (?:con|a)|a juicio de|en opinion de|according to|for) $"
# In the norms' own verbs, which open an article or a sentence: "Designar al señor X", "Aceptar la renuncia de la señora X".
COURTESY = r"(?:señora?|señorita|doctora?|ingenier[oa]|abogad[oa]|licenciad[oa]|Sra?\.|Dra?\.|Ing\.|Abg\.|Lic\.) "
APPOINTED = re.compile(
    r"(?:^|[.\n:;°º“\"«–-])\s*(?:(?:Designar|Nombrar|Encargar|Ratificar|DESIGNAR|NOMBRAR|ENCARGAR|RATIFICAR)(?:, [^,.;:\n]{3,60},)? (?:al|a la)"
    r"|(?:Aceptar|ACEPTAR|Dar por concluid[ao]|DAR POR CONCLUID[AO]),? (?:(?:[^,.;:\n]{3,60}, )?la (?:renuncia|designaci[oó]n|encargatura|encargo)"
    r"(?: (?:formulada|presentada|efectuada))?) (?:del|de la|por el|por la)) " + COURTESY + "$"
)
ENGLISH_MAYOR = re.compile(
    r"(?:\b[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+(?:'s|’s)?|\b[Tt]he|\b[Ii]ts) mayor(?: of [A-ZÁÉÍÓÚÑ][^,.;:]{2,40})?,? $"
)
MAJOR = re.compile(r"\b(?:[Ee]l|[Ll]a|[Aa]l|[Dd]el) mayor $")  # with a comma he may be the eldest: "el mayor, X,"


@dataclass(frozen=True, slots=True)
class _Patterns:
    speaks: re.Pattern[str]
    spoken: re.Pattern[str]
    expert_before: re.Pattern[str]
    expert_after: re.Pattern[str]
    given: re.Pattern[str]
    bench: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = read_data("persons.toml")
    says, wants, experts, skilled, fields, benches = (
        one_of(data[key]) for key in ("says", "wants", "experts", "skilled", "fields", "benches")
    )
    rest = r"[^,.;:()\"\n]{2,60}"
    of = r" (?:en|de|del|on|in|of|at) "
    known = rf"(?:{experts})(?:{of}{rest})?"
    in_field = rf"{of}(?=[^,.;:()\"\n]{{0,40}}\b(?:{fields})){rest}"
    return _Patterns(
        re.compile(rf"^{APPOSED},? ?{CLITICS}(?:(?:{wants})|(?P<says>{says}))\b"),
        re.compile(rf"(?:\b(?:{says})|,? (?:{wants})),? (?:{WHO}[^,.;:\"\n]{{2,60}},? )?$"),
        re.compile(rf"\b{WHO}(?:{known}|(?:{skilled})(?:{in_field})?),? $"),
        re.compile(
            rf"^, {WHO}(?:(?:\w+ ){{0,2}}(?:{experts})\b|(?:\w+ )?(?:{skilled}){in_field}|(?:{fields})\w* (?:\w+ )?(?:{skilled})\b)"
        ),
        re.compile(GIVEN),
        re.compile(rf"^ \((?:{benches})\b"),
    )


def speaks(text: str, end: int) -> bool:
    """Whether who is named up to ``end`` says something then: "X, alcalde de Comas, denunció"."""
    match = _patterns().speaks.match(_right(text, end))
    if match is None:
        return False
    return match["says"] in {None, "told"} or SUBJECT.match(text[end + match.end() : end + REACH]) is None


def is_spoken(left: str) -> bool:
    """Whether the folded clause before a name ends with the verb of a quotation: "…, opinó el penalista X"."""
    return _patterns().spoken.search(left) is not None


def is_doubted(left: str) -> bool:
    """Whether what is written right before an office says that it is none: "el falso fiscal X"."""
    return DOUBTED.search(left) is not None


def is_expert(text: str, left: str, end: int) -> bool:
    """Whether an expert is named and asked: "para el sociólogo X", "said X, a security analyst"."""
    patterns = _patterns()
    before = patterns.expert_before.search(left)
    if before is None and not patterns.expert_after.match(fold(text[end : end + REACH])):
        return False
    head = left[: before.start()] if before else left
    is_asked = speaks(text, end) or is_spoken(left) or patterns.given.search(head) is not None
    return is_asked and not (before and is_doubted(head))


def is_of_bench(text: str, end: int) -> bool:
    """Whether a bench of Congress stands in brackets behind the name."""
    return text[end : end + 2] == " (" and _patterns().bench.match(fold(text[end : end + 40])) is not None


def signs(text: str, start: int) -> bool:
    """Whether a norm ends right before the name: "Regístrese y publíquese. X, Alcalde."."""
    return text[start - 1 : start].isspace() and SIGNED.search(fold(text[max(0, start - 20) : start])) is not None


def is_appointed(text: str, start: int) -> bool:
    """Whether an article or a sentence opens by appointing who is named, or by ending his office: "Designar al señor X"."""
    return APPOINTED.search(text[max(0, start - 160) : start]) is not None


def is_mayor(text: str, start: int, end: int) -> bool:
    """Whether "mayor" before the name is an English one's, or the rank of a policeman who speaks; not an elder brother's."""
    if MAJOR.search(text[max(0, start - 12) : start]):
        return speaks(text, end)
    is_english = " the " in text[max(0, start - ENGLISH_REACH) : end + ENGLISH_REACH]
    return is_english and ENGLISH_MAYOR.search(text[max(0, start - 70) : start]) is not None


def _right(text: str, end: int) -> str:
    return fold(text[end : end + REACH])
