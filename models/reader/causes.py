"""Why a state of emergency is declared: crime, insurgency, unrest, weather, earth, health or pollution.

Words of each cause are data (``decrees.toml``). Not here: what a decree declares, where and for how long (``decrees``).
"""

from __future__ import annotations

import re
from functools import cache

from models.reader.data import any_of, read_data
from models.reader.reading import Reading

AROUND = 1  # sentences beside one on the emergency that may give its reason


@cache
def _words() -> dict[str, re.Pattern[str]]:
    return {cause: any_of(words) for cause, words in read_data("decrees.toml")["causes"].items()}


def cause_of(reading: Reading) -> str | None:
    """The cause most of whose words stand by the emergency; ``None`` without any, or when two causes say as much."""
    about = any_of(read_data("decrees.toml")["scope"]["emergency"])
    held = [s.index for s in reading.sentences if about.search(s.folded)]
    near = {i for at in held for i in range(at - AROUND, at + AROUND + 1) if 0 <= i < len(reading.sentences)}
    told = [reading.sentences[i].folded for i in sorted(near)]
    counts = {cause: sum(len(pattern.findall(text)) for text in told) for cause, pattern in _words().items()}
    ranked = sorted(counts.items(), key=lambda each: -each[1])
    return ranked[0][0] if ranked[0][1] > ranked[1][1] else None
