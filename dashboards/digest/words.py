"""The digest's sentences, in either language: what a person would say of the numbers, and unknown said plainly.

Belongs here: wording of the week. Not here: of one event (dashboards.wording), which facts there are (content), where they stand
on the page (templates).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from dashboards.digest.records import Change, Content, SourceState, WeekCount
from dashboards.language import Tongue
from dashboards.wording import EventWords
from warehouse.records import LIMA

RANKS = 12  # departments named beside the map
MUCH, LITTLE = 1.5, 0.67  # pages read against the usual: beyond these the reading itself moves the count


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the figures at the top."""

    figure: str
    unit: str
    is_grave: bool


class Words(EventWords):
    """Wording of one digest."""

    def __init__(self, tongue: Tongue, content: Content) -> None:
        super().__init__(tongue, content.names)
        self._c = content

    # ------------------------------------------------------------- the whole

    def scope(self) -> str:
        """Whom and where the digest is about."""
        c = self._c
        sectors = [c.names.sectors[s] for s in c.group.sectors] or [self._t.say("Todos los sectores")]
        places = [c.names.places.get(r, n) for r, n in zip(c.group.regions, c.group.region_names, strict=True)]
        where = self._t.join(places) if places else self._t.say("todo el país")
        types = [c.names.types[e].lower() for e in c.group.event_types]
        return " · ".join([self._t.join(sectors), where, *([self._t.join(types)] if types else [])])

    def span(self) -> str:
        """The week's days."""
        return self._t.span(self._c.week.monday, self._c.week.sunday)

    def numbers(self) -> str:
        """Events, killed, wounded, in a few words."""
        c, t = self._c, self._t
        if not c.events:
            return t.say("sin hechos conocidos")
        parts = [t.count("{n} hecho", "{n} hechos", len(c.events))]
        if c.killed:
            parts.append(t.count("{n} muerto", "{n} muertos", c.killed))
        if c.wounded:
            parts.append(t.count("{n} herido", "{n} heridos", c.wounded))
        return t.join(parts)

    def subject(self) -> str:
        """What the mail says before it is opened."""
        return f"{self._c.group.name}: {self.numbers()} ({self.span()})"

    def lead(self) -> list[str]:
        """This week against the last four, in sentences."""
        return [s for s in (self._this_week(), self._against_before(), self._reading(), self._unplaced()) if s]

    def _this_week(self) -> str:
        c, t = self._c, self._t
        if c.events:
            said = t.count("Consta {n} hecho esta semana", "Constan {n} hechos esta semana", len(c.events))
            killed, wounded = c.killed, c.wounded
            if killed and wounded:
                people = t.join(
                    [
                        t.count("{n} muerto", "{n} muertos", killed),
                        t.count("{n} herido", "{n} heridos", wounded),
                    ]
                )
            elif killed:
                people = t.count("{n} muerto", "{n} muertos", killed)
            elif wounded:
                people = t.say("ningún muerto, {wounded}", wounded=t.count("{n} herido", "{n} heridos", wounded))
            else:
                return f"{said}. " + t.say("Ninguna nota habla de muertos ni heridos.")
            return f"{said}: {people}."
        if not c.weeks[-1].documents:
            return t.say("Esta semana no se leyó ninguna nota: no se puede decir si pasó algo.")
        nothing = t.say("No consta ningún hecho esta semana.")
        if c.unwell:
            return f"{nothing} " + t.say("Pero no todas las fuentes están bien: pudo pasar algo que no leímos.")
        return f"{nothing} " + t.count(
            "La única fuente respondió bien, así que el silencio no es una avería.",
            "Las {n} fuentes respondieron bien, así que el silencio no es una avería.",
            c.sources,
        )

    def says_all_is_well(self) -> bool:
        """Whether the lead says already that every source is: it does when nothing happened."""
        c = self._c
        return not c.events and not c.unwell and bool(c.weeks[-1].documents)

    def _against_before(self) -> str:
        c, t = self._c, self._t
        before, now = c.before, len(c.events)
        if len(before) < 4:
            return t.say("Aún no se han leído cuatro semanas anteriores con que comparar.")
        if not any(before):
            return (
                t.say("Tampoco los hubo en las cuatro semanas anteriores.")
                if not now
                else t.say("No hubo ninguno en las cuatro semanas anteriores.")
            )
        listed = t.join([t.number(n) for n in before])
        if not now:
            return t.count(
                "En las cuatro semanas anteriores hubo {n} hecho en total.",
                "En las cuatro semanas anteriores hubo {n} hechos en total.",
                sum(before),
            )
        if now > max(before):
            return t.say("Son más que en cualquiera de las cuatro semanas anteriores ({listed}).", listed=listed)
        if now < min(before):
            return t.say("Son menos que en cualquiera de las cuatro semanas anteriores ({listed}).", listed=listed)
        return t.say("Es lo habitual: en las cuatro semanas anteriores fueron {listed}.", listed=listed)

    def _reading(self) -> str:
        weeks = [w.documents for w in self._c.weeks[-5:-1] if w.events is not None]
        if len(weeks) < 4 or not self._c.weeks[-1].documents:
            return ""
        usual, now = sum(weeks) / 4, self._c.weeks[-1].documents
        if LITTLE <= now / usual <= MUCH:
            return ""
        values = {"now": self._t.number(now), "usual": self._t.number(round(usual))}
        if now > usual:
            if not self._c.before or len(self._c.events) * len(self._c.before) <= sum(self._c.before):
                return ""  # no rise to explain
            return self._t.say(
                "Se leyeron más notas que de costumbre ({now}; lo usual son {usual}): parte del aumento puede venir de ahí.",
                **values,
            )
        return self._t.say(
            "Se leyeron menos notas que de costumbre ({now}; lo usual son {usual}): pudo pasar algo que no leímos.",
            **values,
        )

    def _unplaced(self) -> str:
        if not self._c.unplaced:
            return ""
        return self._t.count(
            "De {n} hecho más no se dice el lugar: no se cuenta aquí, pero pudo ser en su zona.",
            "De {n} hechos más no se dice el lugar: no se cuentan aquí, pero pudieron ser en su zona.",
            self._c.unplaced,
        )

    def tiles(self) -> list[Tile]:
        """The week in three figures; a dash where no source gives a number."""
        c, t = self._c, self._t
        killed = c.killed if any(e.killed is not None for e in c.events) else None
        wounded = c.wounded if any(e.wounded is not None for e in c.events) else None
        return [
            Tile(t.number(len(c.events)), t.words("hecho", "hechos", len(c.events)), is_grave=False),
            Tile(self._figure(killed), t.words("muerto", "muertos", killed or 0), is_grave=bool(killed)),
            Tile(self._figure(wounded), t.words("herido", "heridos", wounded or 0), is_grave=False),
        ]

    def _figure(self, number: int | None) -> str:
        return "–" if number is None else self._t.number(number)

    def rest(self, shown: int) -> str:
        """What the mail has no room for, by type."""
        left = self._c.events[shown:]
        if not left:
            return ""
        counts = Counter(self._c.names.types[e.primary_type].lower() for e in left)
        listed = self._t.join([f"{name} {self._t.number(n)}" for name, n in counts.most_common()])
        return self._t.count("Y {n} hecho más ({listed}).", "Y {n} hechos más ({listed}).", len(left), listed=listed)

    # ----------------------------------------------------------- the pictures

    def week_label(self, week: WeekCount) -> str:
        """Under a bar: 12 oct."""
        return self._t.short_day(week.monday).rstrip(".").replace("\u202f", " ").replace("\xa0", " ")

    def has_unread_weeks(self) -> bool:
        """Whether nothing was read in some of the twelve weeks."""
        return any(w.events is None for w in self._c.weeks)

    def weeks_alt(self) -> str:
        """The chart of twelve weeks in words."""
        read = [f"{self.week_label(w)} {self._t.number(w.events)}" for w in self._c.weeks if w.events is not None]
        return self._t.say("Hechos por semana, desde el lunes: {weeks}.", weeks=", ".join(read) or "–")

    def ranks(self) -> list[tuple[str, str]]:
        """(department, events of twelve weeks), most first."""
        ordered = sorted(self._c.departments, key=lambda d: (-d[1], d[0]))
        return [(self._c.names.places.get(code, code), self._t.number(n)) for code, n in ordered[:RANKS]]

    def map_alt(self) -> str:
        """The map in words."""
        return ", ".join(f"{name} {number}" for name, number in self.ranks()) + "."

    # ----------------------------------------------------------- emergencies

    def other_emergencies(self) -> str:
        """Those that have nothing to do with crime, in one sentence."""
        others = self._c.other_emergencies
        causes = self._t.join(list(dict.fromkeys(self.cause(e) for e in others)))
        if not others:
            return ""
        return self._t.count(
            "Por otros motivos ({causes}) rige además {n} declaratoria de emergencia.",
            "Por otros motivos ({causes}) rigen además {n} declaratorias de emergencia.",
            len({e.norm for e in others}),
            causes=causes,
        )

    # ---------------------------------------------------------------- ledger

    def change(self, change: Change) -> str:
        """What is now said otherwise of an event of an earlier week."""
        t = self._t
        day = t.short_day(change.date) if change.date else t.say("semana del {day}", day=t.short_day(change.week))
        event = f"{self._c.names.types[change.primary_type]}, {self.where(change)}, {day}"
        before, after = (t.say("no se decía") if x is None else x for x in (change.before, change.after))
        match change.change:
            case "recount":
                said = t.say("muertos, antes {before}, ahora {after}", before=before, after=after)
            case "reclassified":
                names = self._c.names.types
                said = t.say(
                    "antes «{before}», ahora «{after}»", before=names.get(before, before), after=names.get(after, after)
                )
            case "merged":
                said = t.say("era el mismo hecho que otro ya contado; ahora cuentan como uno")
            case "restored":
                said = t.say("se había retirado; una nota lo sostiene de nuevo y vuelve a contarse")
            case "corrected":
                said = t.say("un dato se corrigió tras una revisión")
            case "split":
                said = t.say("eran hechos distintos; ahora cuentan por separado")
            case _:
                said = t.say("se retira: ya ninguna nota lo sostiene")
        return f"{event}: {said}"

    def model_changes(self) -> str:
        """One line for all that a new model reads otherwise."""
        return self._t.count(
            "La lectura automática cambió: {n} hecho de semanas anteriores se lee ahora de otro modo.",
            "La lectura automática cambió: {n} hechos de semanas anteriores se leen ahora de otro modo.",
            self._c.model_changes,
        )

    # ----------------------------------------------------------------- health

    def health(self) -> str:
        """How the sources are, and since when those that are not well."""
        c, t = self._c, self._t
        if not c.unwell:
            return t.count("La única fuente responde bien.", "Las {n} fuentes responden bien.", c.sources)
        said = t.count(
            "{healthy} de {n} fuente bien",
            "{healthy} de {n} fuentes bien",
            c.sources,
            healthy=c.sources - len(c.unwell),
        )
        return (
            "; ".join([said, *(self._unwell(s) for s in c.unwell[:5])])
            + ("; " + t.count("y {n} más", "y {n} más", len(c.unwell) - 5) if len(c.unwell) > 5 else "")
            + "."
        )

    def _unwell(self, source: SourceState) -> str:
        t = self._t
        since = source.newest_item_at if source.health == "quiet" else source.unwell_since
        day = self._since(since.astimezone(LIMA).date()) if since else None
        if source.health == "quiet":
            if day is None:
                return t.say("{name} sin notas nuevas", name=source.name)
            return t.say("{name} sin notas nuevas desde el {day}", name=source.name, day=day)
        if day is None:
            return t.say("{name} no responde", name=source.name)
        return t.say("{name} no responde desde el {day}", name=source.name, day=day)

    def _since(self, day: date) -> str:
        today = self._c.data_at.astimezone(LIMA).date()
        return self._t.weekday(day) if today - day < timedelta(days=6) else self._t.short_day(day)
