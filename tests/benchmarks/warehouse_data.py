"""Documents and mentions by the million, made with Arrow: skewed as the press is, without a word that matters.

A few outlets write most pages, Lima and the north coast hold most happenings, extortion and murder are most types, the last
months are fuller than the first, and one happening in ten is told by many. Texts are drawn from a pool, since making them is no
part of what is measured.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from flows.steps.keeping import district_rows
from warehouse import batch as staged
from warehouse.load import BatchFiles

LAST_DAY = date(2026, 11, 15)
DAYS = 3 * 365
SOURCES = 55
SECTORS = (
    "transport",
    "bodegas",
    "construction",
    "schools",
    "restaurants",
    "markets",
    "health",
    "entertainment",
    "barbershops",
    "dentists",
)
TYPES = (
    "extortion",
    "murder",
    "attack",
    "arrest",
    "arson",
    "strike",
    "closure",
    "kidnapping",
    "bill",
    "new_law",
    "state_of_emergency",
)
WORDS = "la policía detuvo a presuntos extorsionadores que exigían cupos diarios a choferes de una empresa de transporte en el distrito".split()
TEXT_WORDS, POOL = 160, 4_000
MENTIONS = 10  # of a document
BATCH = 50_000
EPOCH = np.datetime64("1970-01-01")


def _zipf(count: int, power: float = 1.0) -> np.ndarray:
    weights = 1 / np.arange(1, count + 1) ** power
    return weights / weights.sum()


class Press:
    """What the made-up press draws from."""

    def __init__(self, seed: int = 7) -> None:
        self.rng = np.random.default_rng(seed)
        places = [row[:4] for row in district_rows()]
        order = self.rng.permutation(len(places))
        first = [n for n in order if places[n][0].startswith(("15", "13", "07"))]  # Lima, La Libertad, Callao
        self.places = [places[n] for n in [*first, *(n for n in order if n not in set(first))]]
        words = np.array(WORDS)
        self.texts = pa.array(" ".join(words[self.rng.integers(0, len(words), TEXT_WORDS)]) for _ in range(POOL))
        self.evidence = pa.array(" ".join(words[self.rng.integers(0, len(words), 18)]) for _ in range(POOL))

    def write(self, folder: Path, number: int, first: int, count: int, happenings: int) -> None:
        """One batch of documents ``first`` to ``first + count``, and which happening each mention tells."""
        rng, files = self.rng, BatchFiles.of(folder)
        folder.mkdir(parents=True)
        ids = pa.array([f"{n:016x}" for n in range(first, first + count)])
        ages = DAYS - (DAYS * np.sqrt(rng.random(count))).astype(int)  # days before the last, the late ones denser
        days = (np.datetime64(LAST_DAY) - EPOCH).astype(int) - ages
        pq.write_table(self._documents(ids, days), files.documents)
        self._understood(ids, files)
        told = first * MENTIONS + np.arange(count * MENTIONS)
        happening = np.minimum((happenings * rng.power(0.7, count * MENTIONS)).astype(int), happenings - 1)
        pq.write_table(self._mentions(ids, days, told, happening), files.mentions)
        event = pa.array([f"e{n:012x}" for n in happening])
        links = pa.table({"event_id": event, "mention_id": [f"m{n:020x}" for n in told]})
        pq.write_table(links, folder / f"links-{number}.parquet")

    def _documents(self, ids: pa.Array, days: np.ndarray) -> pa.Table:
        rng, count = self.rng, len(ids)
        source = rng.choice(SOURCES, count, p=_zipf(SOURCES))
        at = pa.array(days.astype("datetime64[D]").astype("datetime64[us]") + np.timedelta64(15, "h")).cast(
            staged.INSTANT
        )
        text = self.texts.take(pa.array(rng.integers(0, POOL, count)))
        title = self.evidence.take(pa.array(rng.integers(0, POOL, count)))
        url = pa.array([f"https://medio{s}.pe/{i}" for s, i in zip(source, ids.to_pylist(), strict=True)])
        sketch = rng.integers(0, 256, count * 256, dtype=np.uint8).tobytes()
        constant = {"kind": "article", "language": "es", "published_from": "json-ld", "published_precision": "instant"}
        columns: dict[str, pa.Array] = {
            "id": ids, "source_id": pa.array([f"medio{s}" for s in source]), "url": url, "canonical_url": url, "title": title, "text": text,
            "published_at": at, "published_on": pa.array(days.astype("datetime64[D]")), "text_hash": ids, "digest": ids,
            "minhash": pa.array(sketch[n * 256 : n * 256 + 256] for n in range(count)), "is_teaser": pa.array(np.zeros(count, bool)),
            "fetched_at": pa.array([datetime(2026, 11, 15, 7, tzinfo=UTC)] * count, staged.INSTANT),
        } | {name: pa.array([value] * count) for name, value in constant.items()}  # fmt: skip
        return _table(staged.DOCUMENTS, columns, count)

    def _understood(self, ids: pa.Array, files: BatchFiles) -> None:
        count = len(ids)
        title = self.evidence.take(pa.array(self.rng.integers(0, POOL, count)))
        pq.write_table(
            pa.table({"document_id": ids, "model": ["m"] * count, "title_masked": title}, schema=staged.UNDERSTOOD),
            files.understood,
        )
        labels = []
        for axis, names in (("sector", SECTORS), ("event", TYPES)):
            picked = np.array(names)[self.rng.choice(len(names), count, p=_zipf(len(names)))]
            columns = {
                "document_id": ids,
                "axis": pa.array([axis] * count),
                "label": pa.array(picked),
                "band": pa.array(["yes"] * count),
            }
            labels.append(_table(staged.LABELS, columns | {"probability": pa.array(np.full(count, 0.9))}, count))
        pq.write_table(pa.concat_tables(labels), files.labels)

    def _mentions(self, ids: pa.Array, days: np.ndarray, told: np.ndarray, happening: np.ndarray) -> pa.Table:
        """Place, day and sector follow from the happening, as they would where every report is read right."""
        rng, count = self.rng, len(told)
        document = ids.take(pa.array(np.repeat(np.arange(len(ids)), MENTIONS)))
        mixed = (happening * 2654435761) % 2**32 / 2**32
        place = np.searchsorted(np.cumsum(_zipf(len(self.places), 0.9)), mixed).clip(0, len(self.places) - 1)
        sector = np.searchsorted(np.cumsum(_zipf(len(SECTORS))), (happening * 40503 % 65536) / 65536).clip(
            0, len(SECTORS) - 1
        )
        kind = rng.choice(len(TYPES), count, p=_zipf(len(TYPES)))
        columns_of_place = [pa.array([p[n] for p in self.places]).take(pa.array(place)) for n in range(4)]
        age = (DAYS * (1 - np.sqrt((happening * 9301 + 49297) % 233280 / 233280))).astype(int)
        day = (np.datetime64(LAST_DAY) - EPOCH).astype(int) - age
        evidence = self.evidence.take(pa.array(rng.integers(0, POOL, count)))
        killed = np.where(kind == 1, rng.integers(1, 3, count), 0)
        columns: dict[str, pa.Array] = {
            "mention_id": pa.array([f"m{n:020x}" for n in told]), "document_id": document, "type": pa.array(np.array(TYPES)[kind]),
            "happening": pa.array((np.arange(count) % MENTIONS).astype(np.int32)), "status": pa.array(["happened"] * count),
            "date": pa.array(day.astype("datetime64[D]")), "date_precision": pa.array(["day"] * count), "place_precision": pa.array(["district"] * count),
            "ubigeo": columns_of_place[0], "department": columns_of_place[1], "province": columns_of_place[2], "district": columns_of_place[3],
            "killed": pa.array(killed, pa.int32(), mask=kind != 1), "evidence_field": pa.array(["text"] * count),
            "evidence_start": pa.array(np.zeros(count, np.int32)), "evidence_end": pa.array(np.full(count, 100, np.int32)),
            "evidence": evidence, "evidence_masked": evidence,
            "sectors": pa.array([[SECTORS[s]] for s in range(len(SECTORS))]).take(pa.array(sector)),
        }  # fmt: skip
        return _table(staged.MENTIONS, columns, count)


def _table(schema: pa.Schema, columns: dict[str, pa.Array], count: int) -> pa.Table:
    return pa.table([columns.get(f.name, pa.nulls(count)).cast(f.type) for f in schema], schema=schema)


def generate(folder: Path, documents: int) -> None:
    """Write the batches of ``documents`` documents, ten mentions each."""
    press = Press()
    for number, first in enumerate(range(0, documents, BATCH)):
        press.write(folder / f"{number:04d}", number, first, min(BATCH, documents - first), max(documents * 2, 10))
