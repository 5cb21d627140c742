"""What a person would say of one event, paper or emergency, in either language; unknown is said plainly.

Not here: the week as a whole (``digest.words``), which facts there are.
"""

from __future__ import annotations

from dashboards.language import Tongue
from dashboards.records import Emergency, Happening, Names, Paper, Placed

VIOLENT = frozenset({"murder", "attack", "arson", "kidnapping"})
MOST_PLACES = 6  # of a department, named one by one


class EventWords:
    """Wording of single facts."""

    def __init__(self, tongue: Tongue, names: Names) -> None:
        self._t = tongue
        self._names = names

    def is_violent(self, event: Happening) -> bool:
        """Whether people were attacked, taken or burnt out."""
        return bool(VIOLENT & set(event.types))

    def what(self, event: Happening) -> list[str]:
        """Its types, the gravest first."""
        order = list(self._names.types)
        rest = sorted((e for e in event.types if e != event.primary_type), key=order.index)
        return [self._names.types[e] for e in (event.primary_type, *rest)]

    def when(self, event: Happening) -> str:
        """Its day, as precisely as it is known."""
        if event.date is None:
            if event.reported_on is None:
                return self._t.say("día no precisado")
            return self._t.say("día no precisado; primera nota, {day}", day=self._t.short_day(event.reported_on))
        if event.date_precision == "week":
            return self._t.say("semana del {day}", day=self._t.short_day(event.date))
        if event.date_precision == "month":
            return self._t.say("mes de {month}", month=self._t.month(event.date))
        return self._t.day(event.date)

    def where(self, event: Placed) -> str:
        """Its place, no finer than the district."""
        if event.district:
            parts = [event.district]
            if event.province and event.province not in {event.district, event.department}:
                parts.append(event.province)
            if event.department and event.department != event.district:
                parts.append(event.department)
            return ", ".join(parts)
        if event.province:
            if event.province == event.department:
                return self._t.say("provincia de {province}, sin más precisión", province=event.province)
            return f"{event.province}, {event.department}"
        if event.department:
            return self._t.say("{department}, sin más precisión", department=event.department)
        return self._t.say("lugar no precisado")

    def facts(self, event: Happening) -> list[str]:
        """Killed, wounded, sum; what is not said is said not to be said."""
        t = self._t
        found = []
        if event.killed:
            found.append(t.count("{n} muerto", "{n} muertos", event.killed))
        if event.wounded:
            found.append(t.count("{n} herido", "{n} heridos", event.wounded))
        if not found and self.is_violent(event):
            known = (event.killed, event.wounded)
            if known == (0, 0):
                found.append(t.say("sin muertos ni heridos"))
            elif event.killed is None and event.wounded is None:
                found.append(t.say("víctimas: no se dice"))
            elif event.killed == 0:
                found.append(t.say("sin muertos; heridos: no se dice"))
            else:
                found.append(t.say("sin heridos; muertos: no se dice"))
        if event.is_disputed:
            found.append(t.say("las fuentes difieren en el número de muertos"))
        if event.amount_pen is not None:
            found.append(self._sum(t.soles(event.amount_pen), event.period))
        elif "extortion" in event.types:
            found.append(t.say("monto: no se dice"))
        return found

    def facts_line(self, event: Happening) -> str:
        """The facts as one line."""
        line = " · ".join(self.facts(event))
        return line[:1].upper() + line[1:]

    def _sum(self, amount: str, period: str | None) -> str:
        t = self._t
        match period:
            case "day":
                return t.say("{sum} al día", sum=amount)
            case "week":
                return t.say("{sum} a la semana", sum=amount)
            case "month":
                return t.say("{sum} al mes", sum=amount)
            case "year":
                return t.say("{sum} al año", sum=amount)
            case "once":
                return t.say("{sum} en un solo pago", sum=amount)
            case _:
                return amount

    # ---------------------------------------------------------------- papers

    def standing(self, paper: Paper) -> str:
        """Where a bill stands and since when; of a norm, its day."""
        t = self._t
        stage = self.stage(paper)
        day = t.short_day(paper.day) if paper.day else None
        if not stage or not day:
            return stage or day or ""
        if paper.is_by_list:
            return t.say("{stage}, según la lista del {day}", stage=stage, day=day)
        return f"{stage}, {day}"

    def stage(self, paper: Paper) -> str:
        """Of a bill, where it stands; a word of the list that is not known yet as it is printed."""
        return stage_names(self._t).get(paper.stage or "") or paper.state or ""

    def former(self, paper: Paper) -> str:
        """The number under which a bill was filed before."""
        return self._t.say(" (antes, {number})", number=paper.former_number) if paper.former_number else ""

    def emergency(self, emergency: Emergency) -> str:
        """Where an emergency is in force, until when, and why if not for crime."""
        t = self._t
        departments: dict[str, list[tuple[str | None, str | None]]] = {}
        for department, province, district in emergency.places:
            departments.setdefault(department, []).append((province, district))
        places = "; ".join(self._territory(name, parts) for name, parts in departments.items())
        part = t.say(" (solo en parte)") if emergency.is_part else ""
        said = t.say("{places}{part}, hasta el {day}", places=places, part=part, day=t.long_day(emergency.last_day))
        cause = self.cause(emergency)
        return t.say("{said} (motivo: {cause})", said=said, cause=cause) if cause else said

    def cause(self, emergency: Emergency) -> str:
        """Why an emergency was declared; empty: for crime, or nobody says."""
        return {
            "weather": self._t.say("clima"),
            "earth": self._t.say("sismos o volcanes"),
            "health": self._t.say("salud pública"),
            "pollution": self._t.say("contaminación"),
            "unrest": self._t.say("conflicto social"),
            "insurgency": self._t.say("terrorismo"),
        }.get(emergency.cause or "", "")

    def _territory(self, department: str, places: list[tuple[str | None, str | None]]) -> str:
        t = self._t
        if (None, None) in places:
            return t.say("todo {department}", department=department)
        if len(places) > MOST_PLACES:
            named = [district or province or "" for province, district in places]
            rest = t.count("y {n} lugar más", "y {n} lugares más", len(named) - MOST_PLACES + 1)
            return f"{', '.join(named[: MOST_PLACES - 1])} {rest} ({department})"
        provinces = [province for province, district in places if province and district is None]
        districts: dict[str, list[str]] = {}
        for province, district in places:
            if province and district:
                districts.setdefault(province, []).append(district)
        said = []
        if provinces:
            names = t.count("provincia de {names}", "provincias de {names}", len(provinces), names=t.join(provinces))
            said.append(names if provinces == [department] else f"{names} ({department})")
        for province, names in districts.items():
            around = ", ".join(dict.fromkeys((province, department)))
            said.append(t.join(names) if names == [around] else f"{t.join(names)} ({around})")
        return t.join(said)


def stage_names(t: Tongue) -> dict[str, str]:
    """What the stages of a bill's procedure are called, in order."""
    return {
        "filed": t.say("presentado"),
        "committee": t.say("en comisión"),
        "report": t.say("con dictamen"),
        "plenary": t.say("en el pleno"),
        "first_vote": t.say("aprobado en primera votación"),
        "approved": t.say("aprobado"),
        "sent_to_executive": t.say("autógrafa enviada al Ejecutivo"),
        "observed": t.say("observado por el Ejecutivo"),
        "enacted": t.say("promulgado"),
        "published": t.say("publicado"),
        "rejected": t.say("rechazado"),
        "withdrawn": t.say("retirado"),
        "archived": t.say("archivado"),
    }
