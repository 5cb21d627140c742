"""What a figure counts, as its title says it: one wording for every medium that shows it."""

from __future__ import annotations

from dashboards.language import Tongue


def weeks_title(t: Tongue, by: str = "type") -> str:
    """Of events by week and ``type`` or ``sector``."""
    return t.say("Hechos por semana y tipo principal") if by == "type" else t.say("Hechos por semana y sector")


def areas_title(t: Tongue, areas: str, *, is_rate: bool = False) -> str:
    """Of a map of ``departments``, ``provinces`` or ``districts``."""
    if is_rate:
        return {
            "departments": t.say("Hechos por cada 100 000 habitantes, por departamento"),
            "provinces": t.say("Hechos por cada 100 000 habitantes, por provincia"),
            "districts": t.say("Hechos por cada 100 000 habitantes, por distrito"),
        }[areas]
    return {
        "departments": t.say("Hechos por departamento"),
        "provinces": t.say("Hechos por provincia"),
        "districts": t.say("Hechos por distrito"),
    }[areas]
