"""What a text counts as it goes on: the metric, time and place that a later number leaves unsaid.

"Lima concentró 7 204 casos; la siguió La Libertad, con 3 015" counts what the sentence before it counted, in the same months, elsewhere.
Only the whole that was counted last is gone on about, not its parts nor what it was compared with; after a few sentences it is forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from models.gazetteer import covers
from models.reader.data import any_of, read_data
from models.reader.metrics import find_metrics
from models.reader.period import NO_PERIOD, Period
from models.reader.places import Place
from models.reader.text import Sentence

MEMORY = 2  # sentences after which a number no longer goes on about what was counted
# What is so at one time and not over one: the time of what was counted before says nothing of it.
STANDING = {"victims", "loss_pen", "threats", "insecurity", "unreported", "inmates"}
NOWHERE = Place()
KILLED = {"homicides", "femicides", "contract_killings"}


@dataclass(frozen=True, slots=True)
class Topic:
    """What was counted, when and where; no metric under a heading that only names a time."""

    metric: str
    unit: str
    period: Period
    place: Place


@cache
def _country() -> re.Pattern[str]:
    return any_of(read_data("figures.toml")["context"]["country"])


def is_national(folded: str) -> bool:
    """Whether a sentence speaks of the whole country."""
    return _country().search(folded) is not None


def _widened(topic: Topic, part: Topic) -> Topic:
    """A heading's topic with what the first part says of the whole: the unit, and the time where none was told."""
    return replace(topic, unit=part.unit, period=topic.period if topic.period.written else part.period)


@dataclass(slots=True)
class Thread:
    """The topic at hand, the place within which its parts lie, and the sentence that spoke of it last."""

    topic: Topic | None = None
    frame: Place = NOWHERE
    at: int = -1
    is_announced: bool = False  # a heading told the topic, and no number yet

    def at_hand(self, sentence: Sentence) -> Topic | None:
        """The topic a sentence may go on about; what it says of the whole country is not said of the place before."""
        if self.topic is None or sentence.index - self.at > MEMORY:
            return None
        if self.topic.place.ubigeo and is_national(sentence.folded):
            return replace(self.topic, place=Place())
        return self.topic

    def follow(self, sentence: Sentence, claimed: Topic, times: Sequence[Period], *, is_level: bool) -> None:
        """Take note of a claim: a level is the topic from now on, unless it is of an earlier time or of a part."""
        self.at = sentence.index
        if not is_level and self.topic:
            return
        old, new = self.topic, claimed.period
        if old and old.metric == claimed.metric:
            is_earlier = old.period.end and new.end and new.end < old.period.end
            is_part = claimed.place.ubigeo and claimed.place != old.place
            if is_earlier or is_part or (old.period.start and new.written and not new.start):
                self.topic = _widened(old, claimed) if is_part and self.is_announced else old
                return
        if not (self.frame.ubigeo and claimed.place.ubigeo and covers(self.frame.ubigeo, claimed.place.ubigeo)):
            self.frame = claimed.place
        if not new.start and claimed.metric not in STANDING:
            of_sentence = times[0] if len(times) == 1 else old.period if old else NO_PERIOD
            claimed = replace(claimed, period=of_sentence)
        self.topic, self.is_announced = claimed, False

    def announce(self, sentence: Sentence, period: Period, place: Place, *, is_heading: bool) -> None:
        """Take note of a heading that names what the lines below it count ("Asesinatos por región en 2024:"), or of what time they are."""
        hits = find_metrics(sentence.folded) if is_heading else []
        best = min(hits, key=lambda hit: hit.rank) if hits else None
        if best or (period.start and sentence.field == "text"):
            self.frame, self.is_announced = place, True
            self.topic, self.at = Topic(best.metric if best else "", "count", period, place), sentence.index


def narrowed(metric: str | None, topic: Topic | None) -> str | None:
    """The metric of a word as wide as "denuncias" or "víctimas": the topic's, where that is one of its kind."""
    if metric is None or topic is None:
        return metric
    if metric == "complaints" and topic.metric.startswith("complaints"):
        return topic.metric
    if metric == "victims" and (topic.metric.endswith("_killed") or topic.metric in KILLED):
        return topic.metric
    return metric
