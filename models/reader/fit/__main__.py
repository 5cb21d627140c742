"""Fit the reader's weights from the corpus: ``python -m models.reader.fit``.

The sentence model comes first; the others see its judgement of sentences it was not fitted on (folds by story), as they will at run
time. Training and calibration splits only, never the test split.
"""

from __future__ import annotations

from models.corpus.store import read
from models.reader.fit.models import fit
from models.reader.linear import STORED, store


def main() -> None:
    """Fit on the corpus in the repository."""
    rows = [*read("train"), *read("calibration")]
    store(fit(rows))
    stories = len({row["story"] for row in rows})
    print(f"fitted on {len(rows)} documents, {stories} stories: {STORED.stat().st_size // 1024} KB")  # noqa: T201


if __name__ == "__main__":
    main()
