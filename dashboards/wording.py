"""What a person would say of one event or emergency, in either language; unknown is said plainly.

Not here: the week as a whole (``digest.words``), which facts there are.
"""

from __future__ import annotations

from dashboards.digest.records import Change, Emergency, Happening, Names
from dashboards.language import Tongue

VIOLENT = frozenset({"murder", "attack", "arson", "kidnapping"})


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

    def where(self, event: Happening | Change) -> str:
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
                return t.say("{sum} de una vez", sum=amount)
            case _:
                return amount

    def emergency(self, emergency: Emergency) -> str:
        """Where an emergency is in force and until when."""
        t = self._t
        departments: dict[str, list[str]] = {}
        for department, province, district in emergency.places:
            name = f"{district} ({province})" if district and district != province else district or province
            departments.setdefault(department, []).extend([name] if name else [])
        shown = []
        for department, places in departments.items():
            if not places:
                shown.append(t.say("todo {department}", department=department))
            elif len(places) > 6:
                head = ", ".join(places[:5])
                rest = t.count("y {n} lugar más", "y {n} lugares más", len(places) - 5)
                shown.append(f"{head} {rest} ({department})")
            else:
                shown.append(f"{t.join(places)} ({department})")
        text = "; ".join(shown)
        part = t.say(" (solo en parte)") if emergency.is_part else ""
        return t.say("{places}{part}, hasta el {day}", places=text, part=part, day=t.long_day(emergency.last_day))
