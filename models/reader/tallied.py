"""Whether a number is a statistic at all: somebody counted, over a time, more than one deed has.

Not here: what it counts (``metrics``), when and where (``numbered``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from models.reader.data import any_of, read_data
from models.reader.metrics import Hit
from models.reader.numbered import EACH, Numbered
from models.reader.parts import SUFFIX
from models.reader.period import Period
from models.reader.thread import Topic

LEAST_LOSS = 1_000_000  # less is what one victim lost
FEW = 10  # below this a count without a time is that of one deed
LARGE = 300  # so many are counted by somebody, whatever the sentence says
MONEY = {"pen", "usd"}
DEED = 50
LEAST_TOLD = 5
SHARE = re.compile(r" (?:de|of) (?:l[oa]s|the|sus) ")
# What one deed has in small numbers too: without a time or a source they are those of the deed told.
OF_A_DEED = {"wounded", "attacks", "homicides", "kidnappings", "arrests", "robberies"}
AFTER = re.compile(
    r"\b(?:luego de|tras|despues de|after) (?:otr[oa]s |the )?$"
)  # "tras dos asaltos": told, not counted


@dataclass(frozen=True, slots=True)
class Claim:
    """A value of a topic."""

    topic: Topic
    value: float
    change: str | None  # rise | fall, when the value is a change
    goes_on: bool = False  # of what was counted before
    is_part: bool = False  # of what was counted, by another trait than its place
    at: int = 0  # where its number stands in its sentence


@cache
def _source() -> re.Pattern[str]:
    return any_of(read_data("figures.toml")["context"]["source"])


def has_source(folded: str) -> bool:
    """Whether a sentence says who counted, or speaks as one that counts does."""
    return _source().search(folded) is not None


def is_claim(metric: str, unit: str, value: float, period: Period, *, is_told: bool) -> bool:
    """Money counts losses and nothing else does; a small count without a time is that of one deed."""
    if metric == "gangs" and unit == "percent":
        return False  # "una de cada ocho orquestas paga a bandas"
    if metric == "loss_pen" or unit in MONEY:
        return metric == "loss_pen" and unit in MONEY and value >= LEAST_LOSS
    if unit == "count" and round(value, 3) % 1 and not EACH.search(period.written or ""):
        return False  # half a murder is none: a rate, a share, thousands
    return unit in {"percent", "rate_100k"} or value >= FEW or period.written is not None or is_told


def is_counted(claim: Claim, said: Numbered, at: int, hits: list[Hit], *, is_told: bool, is_live: bool) -> bool:
    """Whether somebody counted it: a source or a time is told, or the number is too large for one deed."""
    is_of_deed = (
        claim.topic.metric.removesuffix(SUFFIX) in OF_A_DEED
        and claim.topic.unit == "count"
        and not (claim.goes_on and claim.value >= LEAST_TOLD)
    )
    if is_of_deed and claim.value < FEW and AFTER.search(said.folded[: said.numbers[at].start][-20:]):
        return False
    if is_told:
        return not is_of_deed or claim.value >= LEAST_TOLD or has_source(said.folded)
    if is_live:
        return not is_of_deed or claim.value >= DEED
    end = said.numbers[at].end
    if claim.topic.unit == "percent":
        return SHARE.match(said.folded, end) is not None
    return claim.value >= LARGE and any(end <= hit.start <= end + 2 for hit in hits)
