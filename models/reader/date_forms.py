"""The forms in which the press writes dates, over folded text, and the words beside them that make a day of them or none.

Not here: which day a form means (``dates``).
"""

from __future__ import annotations

import re

from models.reader.numbers import number_word_pattern

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "enero january ene jan", "febrero february feb", "marzo march mar", "abril april abr apr", "mayo may", "junio june jun",
            "julio july jul", "agosto august ago aug", "septiembre setiembre september set sep sept", "octubre october oct",
            "noviembre november nov", "diciembre december dic dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "lunes monday",
            "martes tuesday",
            "miercoles wednesday",
            "jueves thursday",
            "viernes friday",
            "sabado saturday",
            "domingo sunday",
        )
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
MONTH_WORDS = "|".join(m for m in sorted(MONTHS, key=len, reverse=True) if len(m) > 3 or m == "may")
WEEKDAY_WORDS = "|".join(WEEKDAYS)
_LAST_YEAR = r" (?:del ano pasado|de el ano pasado|del pasado ano|of last year|last year)\b"
_NO_YEAR = r"(?!,? (?:del? |of )?(?:ano )?\d{4}\b)"  # a year out of any newspaper's reach makes the whole no date, not the nearest such day

FULL = re.compile(
    rf"\b(?P<d1>\d{{1,2}})°?(?: de|,)? (?P<m1>{_MONTH})\.?,?(?: del?| of|,)? ?(?:ano )?(?P<y1>(?:19|20)\d\d)\b"
    rf"|\b(?P<m2>{_MONTH})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y2>(?:19|20)\d\d)\b"
    r"|\b(?P<d3>\d{1,2})[/.-](?P<m3>\d{1,2})[/.-](?P<y3>(?:19|20)\d\d)\b|\b(?P<y4>(?:19|20)\d\d)-(?P<m4>\d\d)-(?P<d4>\d\d)\b"
    rf"|\b(?P<d5>\d{{1,2}})-(?P<m5>{_MONTH})\.?-(?P<y5>(?:19|20)\d\d)\b"
)
# "A los siete días del mes de mayo del año dos mil veintiséis": how the gazette closes a norm.
IN_WORDS = re.compile(
    rf"\b(?:a los?|al) (?P<day>\d{{1,2}}|primer|{number_word_pattern()}) dias? del mes de (?P<month>{MONTH_WORDS}),? (?:del? )?(?:ano )?(?:del? )?"
    rf"(?P<year>(?:19|20)\d\d|dos mil(?: {number_word_pattern()})?)\b"
)
# "El 30/10", "el 30/10/25", "el 5-mar": figures alone are a date only after an article or "día".
FIGURES = re.compile(
    rf"\b(?:el|del|al|dia|fecha(?: y hora)?:?) (?P<d1>\d{{1,2}})(?:/(?P<m1>0[1-9]|1[0-2])(?:/(?P<y1>\d\d))?|-(?P<m2>{_MONTH}))\b(?![/%-]|[.,]\d| de\b)"
)
DAY_MONTH = re.compile(
    rf"\b(?:(?:{WEEKDAY_WORDS}),? )?(?:el )?(?P<d1>\d{{1,2}}|primero|uno)(?:°|ro|er)? de(?:l mes de)? (?P<m1>{MONTH_WORDS})\b{_NO_YEAR}"
    rf"|\b(?P<m2>{MONTH_WORDS})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!, \d{{4}}\b)|\b(?P<d3>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m3>{MONTH_WORDS})\b{_NO_YEAR}"
    rf"|\b(?P<d4>\d{{1,2}}) (?P<m4>{_MONTH})\.|\b(?P<m5>ene|jan|feb|mar|abr|apr|jun|jul|ago|aug|set|sept?|oct|nov|dic|dec)\. (?P<d5>\d{{1,2}})\b"
)
FIRST_OF = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?=(?:, \d{{1,2}})*,? (?:y|e|al|a|hasta el|and|to) (?:el )?\d{{1,2}} de (?P<m1>{MONTH_WORDS})\b"
    rf"(?:(?P<last>{_LAST_YEAR})|,? (?:del? )?(?:ano )?(?P<y1>(?:19|20)\d\d)\b|{_NO_YEAR}))"
)
WEEKDAY_NUMBER = re.compile(
    rf"\b(?P<weekday>{WEEKDAY_WORDS})(?:,? (?P<day>\d{{1,2}})\b(?! ?(?:de\b|mil\b|soles\b|a\.|p\.|:\d|h\b|hrs?\b|horas\b))| \((?P<beside>\d{{1,2}})\))"
)
WEEKDAY = re.compile(
    rf"\b(?:(?P<before>este|esta|pasado|ultimo|proximo|last|next|this|on|el|del|al|para el|desde el) )?(?:(?P<mid>pasado|ultimo|proximo) )?(?<!cada )(?<!every )(?<!each )(?<!\blos )(?<!santo )(?<!black )(?<!good )(?P<weekday>{WEEKDAY_WORDS})\b(?! (?:santo|negro|de (?:ceniza|gloria|ramos|resurreccion|pascua))\b)"
    r"(?: (?P<after>pasado|antepasado|ultimo|proximo|que viene|siguiente|de la semana pasada|anterior|de esta semana|de la (?:proxima|siguiente) semana|de la semana (?:que viene|proxima|siguiente)|(?:of )?(?:last|next) week))?"
)
# "El 8 de este mes", "el 28 del mes pasado".
OF_MONTH = re.compile(
    r"\b(?P<day>[12]?\d|3[01])(?=(?:(?:,| y| al| a| hasta el) \d{1,2})* (?:(?P<this>de este mes|del (?:presente|mes en curso|actual)(?: mes)?(?! ano)|de los corrientes)"
    r"|(?P<last>del (?:mes pasado|pasado mes))|(?P<next>del (?:proximo mes|mes (?:proximo|que viene))))\b)"
)
# "El paro del 29", "para el 12": a day of this month, the one before or the next.
NUMBER = re.compile(
    r"\b(?:el|del|(?<!\bde \d )(?<!\bde \d\d )al)(?: pasado| proximo| ultimo)?(?: dia)? (?P<day>[12]?\d|3[01])\b(?! (?:y|al?|o) (?:el )?\d+ ?(?:%|por ciento))(?! ?(?:%|°|de\b|por (?!la\b)|per\b|al?\b(?! las?\b)|mil|mill|soles|metros|km|kilom|[ap]\.? ?m|/|-[\da-z]|[.,:]\d))"
)
NAMED_DAY = re.compile(
    r"\b(?:(?P<ahead>pasado manana|(?:the )?day after tomorrow)|(?P<two>anteayer|antier|antes de (?:ayer|anoche)|antenoche|anteanoche|day before yesterday)|(?P<one>ayer|anoche|yesterday|last night)"
    r"|(?P<zero>(?<!por )hoy(?! (?:en dia|por hoy)\b)|esta (?:madrugada|manana|tarde|noche)|en las ultimas horas|today|tonight|this (?:morning|afternoon|evening)|early today)"
    r"|(?P<next>(?<!la )(?<!esta )(?<!una )(?<!ayer )(?<!toda )(?<!(?<!partir )\bde )(?<!media )(?<!cada )(?<!a )manana\b(?!,? tarde\b| (?:del?|siguiente|anterior|misma|y (?:tarde|noche))\b)|tomorrow))\b"
)
AGO = re.compile(
    rf"\b(?:hace (?:apenas |solo |exactamente |ya )?(?P<about>(?:unos|unas|mas de|casi|cerca de|alrededor de|poco mas de|aproximadamente) )?(?P<n1>\d+|{number_word_pattern()}) (?P<u1>dias?|noches?|horas?|semanas?|meses|mes|anos?)"
    rf"|(?P<n2>\d+|an?|{number_word_pattern()}) (?P<u2>days?|nights?|hours?|weeks?|months?|years?) ago"
    rf"|(?P<n3>\d+|{number_word_pattern()}) (?P<u3>dias?|noches?|semanas?|meses|anos?) atras)\b"
)
PAST_WEEK = re.compile(
    r"\b(?:la semana pasada|semana anterior|last week|el fin de semana(?: pasado)?|esta semana|este fin de semana|this week)\b"
)
MONTH_YEAR = re.compile(rf"\b(?P<month>{MONTH_WORDS})(?: del?| of|,)? (?P<year>(?:19|20)\d\d)\b")
BARE_MONTH = re.compile(
    rf"\b(?:en|desde|a (?:inicios|fines|mediados|comienzos) de|de|durante|in|since) (?P<month>{MONTH_WORDS})(?: pasado| ultimo)?\b(?! (?:del? )?\d)"
)
YEAR = re.compile(
    r"\b(?:en|desde|del|de|in|since|el ano) (?:el )?(?P<year>(?:19|20)\d\d)\b(?![-/])|\b(?:el|hace un|del) ano pasado\b|\blast year\b"
)


# "Avenida 28 de Julio", "en 2 de Mayo con Grau": a day and month right after any other word are a street's, a market's or a town's name.
LEADS = frozenset(
    {"el", "del", "al", "este", "dia", "fecha", "hoy", "ayer", "manana", "anoche", "pasado", "ultimo", "mismo", "proximo", "y", "e", "o", "a", "hasta", "desde"}
) | frozenset(WEEKDAYS)  # fmt: skip
LAST_WORD = re.compile(r"([a-z]+\.?) $")
LISTED = LEADS - {"a"} | {
    "los",
    "dias",
    "entre",
    "fechas",
}  # before the first of several days; "mataron a 3, y el 5 de marzo" has one
LEADS_OF_TWO = re.compile(
    r"\b(?:los dias|jueves santo|viernes santo|(?:partir|fecha|madrugada|manana|tarde|noche) de) $"
)
LAST_YEAR, THIS_YEAR = (
    re.compile(_LAST_YEAR),
    re.compile(r" (?:de este (?:mismo )?ano|del (?:presente ano|ano en curso)|of this year|this year)\b"),
)
# "El pasado 5 de mayo", "el 5 de mayo último": the one before publication; "el próximo 15 de diciembre": the one after.
GONE = re.compile(r"\b(?:pasado|ultimo) $"), re.compile(r" (?:pasado|ultimo)\b(?! (?:el|la|las)\b)")
TO_COME = re.compile(r"\bproximo $"), re.compile(r" proximo\b")
NEXT_WEEK = re.compile(r"(?:proxima|siguiente) semana|semana (?:que viene|proxima|siguiente)|next week")
RANGE = re.compile(rf" a (?:{WEEKDAY_WORDS})\b"), re.compile(rf"\b(?:de|from) (?:{WEEKDAY_WORDS}) (?:a|to) $")
HABIT = re.compile(
    r"\b(?:paradero|km|kilometro|block|puesto|local|grupo|sector|manzana|lote|piso|cuadra|ruta|linea|pabellon|aula|canal|articulo|inciso|llam\w+|marc(?:ar|ando|a|ó|o|ue|uen))$"
)
NAMED_DOMINGO = re.compile(
    r"Domingo [A-ZÁÉÍÓÚÑ]"
)  # a man's name: the weekday has a small letter, or a comma or number after it

# "El cruce de Grau y 28 de Julio": joined to a name, and its month has a capital.
CROSSING = re.compile(r"[A-ZÁÉÍÓÚÑ][\wáéíóúñ]+ (?:y|e|o|a) $"), re.compile(r"\d{1,2} de [A-ZÁÉÍÓÚÑ]")
VERB = re.compile(r"(?:march|may) ")  # small: what people do, or are allowed to
OF_NAMED = re.compile(
    r"\b(?:comisaria|barrio|mercado|plaza|parque|colegio|asentamiento(?: humano)?|urbanizacion|hospital|avenida|av\.|jiron|jr\.|ovalo|puente|vecinos|pobladores|moradores) del $"
)

BESIDE = re.compile(r",? (?:el )?(?:dia )?")
HOURS_A_DAY = 24
FAR = 1.4  # a coming day counts as so much further than a past one: "el 5 de setiembre", said in March, was last year's
FORTNIGHT = {8: 7, 15: 14}  # "hace ocho días", "hace quince días": one week, two weeks, and not the day
AHEAD = 60  # characters
QUOTES = "\"'«»"
