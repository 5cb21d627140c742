"""Whether who is named tells what befell himself, or is named as a victim, a witness or an accused: then no title keeps his name.

"“Me dispararon”, dijo el dirigente de los taxistas, X" and "el economista X denunció que su hermano fue asesinado" and "el testigo X,
miembro de la Asociación de"; not "el dirigente X denunció que a los choferes les cobran". In doubt it befell him.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from models.fold import fold
from models.reader.data import one_of, read_data

LEFT, RIGHT = 260, 260  # characters beside a name that are looked at
ROLE_REACH = 130
SENTENCE = re.compile(r"[.;!?\n]")
HE = re.compile(r"\b[Éé]l\b")  # folded, "él" would be the article
CLOSED = "”»\"'’"
QUOTE = re.compile(r"[“«\"‘'][^“”«»\"‘’]{3,}(?:[”»\"’]|'(?!\w)|$)")
OTHER = re.compile(r"[.,]* \w+ (?:(?:el|la|un|una) (?:\w+ ){1,3})?(?P<name>[A-ZÁÉÍÓÚÑ]\w+)")  # "…”, relata Julia M."
REPORTED = re.compile(
    r"\b(?:haber (?:sido|recibid\w+|sufrid\w+|pagad\w+)|ser victima|that (?:he|she) (?:was|had|has|received|paid|pays|survived)|(?:he|she) (?:was|had been|received|survived))\b"
    r"|\bque (?:tambien |ya |hoy |ella )?(?:ha |viene |esta )?(?:sid[oa]|siendo|fue (?:victima|amenaz|extorsion|atac|bale)|es victima|recib|sufr|pag[oa]|teme|escap|sobreviv)"
    r"|\bque (?:le|lo|la) (?:\w+ )?(?:amenaz|dispar|exig|pid|cobr|extorsion|bale|hir|quem|lanz|dej|llam|envi|mand|escrib|sigu|persig)"
)
# What the one did himself, told with its accent: "dijo que estuvo en el bus", "X, quien pasaba por ahí"; not "que habrá", "que existía".
OWN_DEED = re.compile(
    r"(?:(?:ó|\bdijo|\bdice|\bsostuvo|\by) que|^, (?:que|quien)(?! (?:cuestionó|afirmó|dijo|señaló|indicó|aseguró|sostuvo|pidió|exigió|lideró|lideraba|votó|presentó|anunció|explicó|advirtió)\b)) (?:(?:no|se|ya|también|hoy|ayer|solo|allí|ese día|aún|nunca|él|ella) )*"
    r"(?!(?:había|hubo|existía|faltaba|bastaba|empezó|comenzó|aumentó|subió|cayó|bajó|creció|ocurrió|sucedió|debía|podía|convenía|exigía|buscaba|permitía|dejó|pasó|costó|quedó|afectó|generó|causó|llegó|significaba)\b)"
    r"\w+(?:[^q]ó|aba|ía|stuvo)\b"
    # "Que la grabaron", "que un hombre le rozó el brazo": whatever is done to him.
    r"|\b(?:[Mm]e|lo|la|le) (?:(?:ya|hoy|ayer) )?(?:(?:ha|habí?a|ven[ií]a|est[aá]|estaba)n \w+(?:do|cho|to)|\w+(?:aron|ieron))\b|\bque [^,;]{2,60} (?:me|lo|le) \w+ó\b"
)
# "Denunció amenazas de muerte": his own, unless it is said whom they strike.
OWN_THREATS = re.compile(
    r"\b(?:denunci\w+|report\w+|revel\w+)(?: \w+){0,2} (?:amenazas?|chantajes?|acoso|hostigamiento|intimidacion)\b(?: de muerte\b| telefonicas\b)?+(?! (?:\w+ ){0,2}(?:contra|a|hacia|en) (?:los|las|sus|otros|varios|todos|el gremio|miembros))"
)
LIFE = re.compile(
    r"\b(?:por|para|contra|sobre|de|temer?|garantiz\w+|proteger|resguardar|peligra\w*|salvar|cuidar|en riesgo|en peligro|amenaz\w+|atent\w+)(?: a| contra| de)? (?:su|mi) (?:vida|integridad|seguridad|persona)\b"
    r"|\bdenunci\w+ (?:\w+ )?(?:extorsion(?:es)?|atentado|ataque|robo|secuestro|cobro de cupos)(?= ?(?:$|,|por | desde | y ))"
    r"|\b(?:pidio|pedira|pide|solicito|solicitara|solicita|exigio) (?:una? )?(?:escolta|custodia)(?: policial)?(?! (?:policial )?(?:para|a|en) )"
    r"|\bgarantias (?:a|ante) la (?:sub)?prefectura"
    r"|\b(?:contra|a|hacia|para) (?:ella|si mism[oa])\b"
    r"|\b(?:tuvo|tenia|tiene|tuve|tengo|tendra|tendria|ha tenido) que (?:mudar|huir|cerrar|irse|irme|dejar|abandonar|escond|pagar|salir|renunciar|vender|escapar|viajar|correr|cambiar)"
    r"|\b(?:que|y) (?:ya |por eso |ahora )?(?:cerrara|cerro|abandonara|abandono|dejara|huyo|vendera|pagaba|pagara) "
    r"|\b(?:threaten\w*|shot at|shot|robb\w+|extort\w*|follow\w*|beat\w*|call\w*|sent|kidnapp?\w*) (?:him|her|me)\b"
)


@dataclass(frozen=True, slots=True)
class _Patterns:
    told: re.Pattern[str]
    first: re.Pattern[str]
    role_before: re.Pattern[str]
    role_after: re.Pattern[str]
    speech: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    data = read_data("befallen.toml")
    words = read_data("persons.toml")
    strikes, presses, auxiliaries, own, blows, tells, roles, kin, says = (
        one_of(listed)
        for listed in (
            *(data[key] for key in ("strikes", "presses", "auxiliaries", "own", "blows", "tells", "roles")),
            words["kin"],
            [*words["says"], *words["wants"]],
        )
    )
    auxiliary = rf"(?:(?:{auxiliaries}) ){{0,3}}"
    # "La" is an article more often: "frenar la extorsión".
    done = (
        rf"(?:{auxiliary}(?:(?:{strikes})\w*|(?:{presses})\w*(?:n|ado|ido|ando|iendo|cho|esto))\b)"
        rf"|\bla (?:(?:{auxiliaries}) ){{1,3}}(?:{strikes}|{presses})|\bla (?:(?:{strikes}|{presses})\w*(?:an|en|aron|ieron|aban|ian)|(?:{strikes})\w*o)\b"
    )
    hit = (
        rf"\b(?:ser|sido|fue|fuera|es|siendo|era|esta|estaba|estuvo|vive|vivia|resulto|salio|quedo|sentirse|siente|was|been|being|fui|soy|estoy)"
        rf" (?:\w+ ){{0,2}}(?:{strikes})\w*[ai]d[oa]\b"
    )
    suffered = rf"\b(?:recib(?:io|e|ia|ir|ido|iendo|i)|sufr(?:io|e|ia|ir|ido|iendo|i)|received|suffered)(?: \w+){{0,4}} (?:{blows})"
    ours = rf"\b(?:su|sus|his|her) (?:(?:\w+ )?(?:{kin})s?|{own})\b"
    # "Intentaron matarlo", "llegaron a buscarla", "siguen llamándome".
    ending = rf"\b(?:{strikes}|{presses})\w*(?:[aei]r|ndo)(?:lo|la|le|me|nos)\b|\bmat(?:ar|ando)(?:lo|la|me|nos)\b"
    mine = rf"\b(?:mi|mis|my) (?:(?:\w+ )?(?:{kin})s?|{own}|vida)\b|\b(?:mi|mis) (?!(?:gremio|sindicato|pais|patria|partido|ciudad|region|distrito|opinion|juicio|despacho|gestion|respaldo|bancada|solidaridad|llamado|pedido|parte|modo|criterio|estudio|investigacion|colega)s?\b)\w+"
    among = rf"\bun[oa] de (?:los|las) (?:\w+ )?(?:{strikes}|victima|afectad|agraviad|muert|herid)"
    # "Que un sujeto le mostró un arma", and not "le pidió al ministro".
    by_one = rf"\bque (?:un|una|el|la|otr[oa]|alguien|uno|una) (?:\w+ ){{0,4}}(?:le|lo|me|nos) {auxiliary}(?:{presses})|\bque (?:un|una|el|otr[oa]|alguien) (?:\w+ ){{1,4}}la (?:{strikes})a\b"
    me = rf"\b(?:me|a mi) {auxiliary}(?:{strikes}|(?:{presses})\w*(?:n|o)\b)"
    role = rf"(?:{roles})"
    return _Patterns(
        re.compile(
            rf"\b(?:me|nos|le|lo) {done}|{hit}|{suffered}|{ours}|{mine}|{ending}|{among}|{by_one}|\b(?:{tells})"
        ),
        re.compile(
            rf"{me}|{mine}|\b(?:fui|soy|estoy) (?:\w+ )?(?:victima|(?:{strikes})\w*[ai]d[oa]\b)|\b(?:tengo miedo|temo por|en mi contra|contra mi|recibi|sufri|estuve|yo (?!(?:creo|pienso|opino|dir|estimo|consider|recom|propong|pid))\w+)\b"
            rf"|\b(?:threaten\w*|shot at|shot|robb\w+|call\w*|sent|told) me\b"
        ),
        re.compile(
            rf"(?:^|[,:“”\"«»(] ?|\b(?:y|e|and) ?)(?:(?:el|la|un|una|the|a|an|otro|otra|dicho|dicha) )?(?:\w+ )?{role}\b"
        ),
        re.compile(
            rf"^,(?: [^,.;:()]{{0,90}} (?:y|e|and))? (?:(?:el|la|un|una|the|a|an|quien|tambien|ademas|the|former) )*(?:\w+ )?(?:{role}|(?:{strikes})\w*[ai]d[oa])\b"
        ),
        re.compile(rf"\b(?:{says})\b"),
    )


def befell(text: str, start: int, end: int) -> bool:
    """Whether who is named in ``text[start:end]`` tells, or is told, what befell himself or his own, before the name or behind it."""
    right = text[end : end + RIGHT].split("\n", maxsplit=1)[0]
    left = text[max(0, start - LEFT) : start].rsplit("\n", maxsplit=1)[-1]
    if _tells(SENTENCE.split(right)[0]) or _tells(SENTENCE.split(left)[-1]):
        return True
    first = _patterns().first
    return first.search(_folded(_quoted_before(left))) is not None or any(
        first.search(_folded(quote)) for quote in _quoted_behind(right, text[start:end])
    )


def _quoted_before(left: str) -> str:
    """What is quoted in the sentence that the name ends: "“Me dispararon. No sé más”, dijo el dirigente X"."""
    at = max(left.rfind(mark) for mark in CLOSED)
    return left[:at] if at >= 0 and SENTENCE.search(left, at) is None else ""


def _quoted_behind(right: str, name: str) -> list[str]:
    """What is quoted soon after the name, and not as another's: "X dijo que irá. “Me dispararon”, agregó"."""
    found: list[str] = []
    for quote in QUOTE.finditer(right):
        other = OTHER.match(right, quote.end())
        if other is None or other["name"] in name:
            found.append(quote[0])
    return found


def is_cast(text: str, start: int, end: int) -> bool:
    """Whether a role of the deed's story stands beside the name, what else he may be: "la testigo X, investigadora"."""
    before = fold(SENTENCE.split(text[max(0, start - ROLE_REACH) : start])[-1])
    spoken = list(_patterns().speech.finditer(before))
    subject = before[spoken[-1].end() :] if spoken else before
    after = fold(SENTENCE.split(text[end : end + ROLE_REACH])[0])
    parts = after.split(",") if after.startswith(",") else []
    # Closed by a comma an apposition stands apart; an open one may be all that the sentence goes on to say.
    apposed = "," + (parts[1] if len(parts) > 2 else " ".join(parts[1].split(" ")[:4])) if parts else ""
    return _patterns().role_before.search(subject) is not None or _patterns().role_after.match(apposed) is not None


def _tells(part: str) -> bool:
    folded = _folded(part)
    return OWN_DEED.search(part) is not None or any(
        pattern.search(folded) is not None for pattern in (_patterns().told, REPORTED, OWN_THREATS, LIFE)
    )


def _folded(text: str) -> str:
    return fold(HE.sub("ella", text))
