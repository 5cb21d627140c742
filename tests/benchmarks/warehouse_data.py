"""Documents and mentions by the million, made with Arrow and skewed as the press is.

A few outlets write most pages, Lima and the north coast hold most happenings, extortion and murder are most types, the last
months are fuller than the first, and one happening in ten is told by many. A page tells four happenings of one time, each of one
to three types, by one sentence of its text each. Ids are spread as hashes are, so that no page lies beside the one before it.
"""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from flows.steps.keeping import district_rows
from tests.benchmarks.made_words import draw, say
from warehouse import batch as staged
from warehouse.load import BatchFiles

LAST_DAY = date(2026, 11, 15)
DAYS = 3 * 365
SOURCES = 55
SECTORS = "transport bodegas construction schools restaurants markets health entertainment barbershops dentists".split()
TYPES = (
    "extortion murder attack arrest arson strike closure kidnapping bill new_law state_of_emergency".split()
)  # the most frequent first
TEXT_WORDS, TITLE_WORDS, SENTENCE_WORDS = 160, 9, 18
HAPPENINGS = np.array([0, 0, 0, 1, 1, 1, 2, 2, 3, 3])  # of a page's mentions
MENTIONS = len(HAPPENINGS)
TOGETHER = 200  # happenings of about one time, of which a page tells
BATCH = 200_000
EPOCH = np.datetime64("1970-01-01")
SPREAD = np.uint64(0x9E3779B97F4A7C15)  # odd: numbers become ids that are each their own and lie anywhere
EMERGENCIES, EMERGENCY_DAYS = 40, 60


def _zipf(count: int, power: float = 1.0) -> np.ndarray:
    weights = 1 / np.arange(1, count + 1) ** power
    return np.cumsum(weights / weights.sum())


def _chance(numbers: np.ndarray, salt: int | np.ndarray) -> np.ndarray:
    """A number from 0 to 1 that belongs to each number and salt."""
    mixed = (numbers + salt).astype(np.uint64) * SPREAD
    mixed ^= mixed >> np.uint64(29)
    return (mixed * SPREAD >> np.uint64(11)).astype(np.float64) / 2**53


def _pick(edges: np.ndarray, chance: np.ndarray) -> np.ndarray:
    return np.searchsorted(edges, chance).clip(0, len(edges) - 1)


def _ids(numbers: np.ndarray, form: str = "{:016x}") -> pa.Array:
    return pa.array([form.format(n) for n in (numbers.astype(np.uint64) * SPREAD).tolist()])


def _days(numbers: np.ndarray) -> pa.Array:
    return pa.array(numbers.astype("datetime64[D]"))


class Press:
    """What the made-up press draws from."""

    def __init__(self) -> None:
        self.rng = np.random.default_rng(7)
        places = [row[:4] for row in district_rows()]
        order = self.rng.permutation(len(places)).tolist()
        first = [n for n in order if places[n][0].startswith(("15", "13", "07"))]  # Lima, La Libertad, Callao
        self.places = [places[n] for n in [*first, *(n for n in order if n not in set(first))]]

    def write(
        self, folder: Path, number: int, first: int, count: int, happenings: int, *, lately: bool = False
    ) -> None:
        """One batch of documents ``first`` to ``first + count``, and which happening each mention tells.

        Args:
            folder: of the batch.
            number: of the batch.
            first: number of its first document.
            count: of its documents.
            happenings: how many there are for all batches to tell of.
            lately: all documents are of the last days.
        """
        self.rng = rng = np.random.default_rng([7, number])  # a batch is the same whichever were written before it
        files = BatchFiles.of(folder)
        folder.mkdir(parents=True)
        numbers = np.arange(first, first + count)
        ids = _ids(numbers)
        windows = max(happenings // TOGETHER, 1)
        window = windows - 1 - (rng.integers(0, 3, count) if lately else np.zeros(count, int)).clip(0, windows - 1)
        if not lately:
            window = rng.integers(0, windows, count)
        told = (window[:, None] + rng.power(0.7, (count, HAPPENINGS.max() + 1))) * TOGETHER
        told = told.astype(int).clip(0, happenings - 1)[:, HAPPENINGS].ravel()
        words = draw(rng, count, TEXT_WORDS)
        published = _day_of(told[::MENTIONS], happenings) + rng.integers(0, 2, count)
        _write(self._documents(ids, published, words), files.documents)
        self._understood(ids, words, files)
        _write(self._mentions(ids, told, happenings, words), files.mentions)
        mention_ids = pq.read_table(files.mentions, columns=["mention_id"])["mention_id"].combine_chunks()
        links = pa.table({"event_id": _ids(told, "e{:015x}"), "mention_id": mention_ids})
        _write(links, folder / f"links-{number}.parquet")
        if number == 0:
            _write(self._norms(ids), files.norms)

    def _documents(self, ids: pa.Array, days: np.ndarray, words: np.ndarray) -> pa.Table:
        rng, count = self.rng, len(ids)
        source = _pick(_zipf(SOURCES), rng.random(count))
        at = pa.array(days.astype("datetime64[D]").astype("datetime64[us]") + np.timedelta64(15, "h"))
        url = pa.array([f"https://medio{s}.pe/{i}" for s, i in zip(source, ids.to_pylist(), strict=True)])
        sketch = rng.integers(0, 256, count * 256, dtype=np.uint8).tobytes()
        constant = {"kind": "article", "language": "es", "published_from": "json-ld", "published_precision": "instant"}
        columns: dict[str, pa.Array] = {
            "id": ids, "source_id": pa.array([f"medio{s}" for s in source]), "url": url, "canonical_url": url,
            "title": say(words[:, :TITLE_WORDS]), "text": say(words), "published_at": at.cast(staged.INSTANT), "published_on": _days(days),
            "text_hash": ids, "digest": ids, "minhash": pa.array(sketch[n * 256 : n * 256 + 256] for n in range(count)),
            "is_teaser": pa.array(np.zeros(count, bool)), "fetched_at": pa.array([datetime(2026, 11, 15, 7, tzinfo=UTC)] * count, staged.INSTANT),
        } | {name: pa.array([value] * count) for name, value in constant.items()}  # fmt: skip
        return _table(staged.DOCUMENTS, columns, count)

    def _understood(self, ids: pa.Array, words: np.ndarray, files: BatchFiles) -> None:
        count, title = len(ids), say(words[:, :TITLE_WORDS])
        columns = {"document_id": ids, "model": pa.array(["m"] * count), "title_masked": title}
        _write(_table(staged.UNDERSTOOD, columns, count), files.understood)
        labels = []
        for axis, names in (("sector", SECTORS), ("event", TYPES)):
            picked = pa.array(names).take(pa.array(_pick(_zipf(len(names)), self.rng.random(count))))
            columns = {"document_id": ids, "axis": pa.array([axis] * count), "label": picked}
            columns |= {"band": pa.array(["yes"] * count), "probability": pa.array(np.full(count, 0.9))}
            labels.append(_table(staged.LABELS, columns, count))
        _write(pa.concat_tables(labels), files.labels)

    def _mentions(self, ids: pa.Array, told: np.ndarray, happenings: int, words: np.ndarray) -> pa.Table:
        """Place, day, types and sector follow from the happening, as they would where every report is read right."""
        count = len(told)
        position = np.tile(np.arange(MENTIONS), len(ids))
        place = pa.array(_pick(_zipf(len(self.places), 0.9), _chance(told, 1)))
        where = [pa.array([p[n] for p in self.places]).take(place) for n in range(4)]
        sector = pa.array([[s] for s in SECTORS]).take(pa.array(_pick(_zipf(len(SECTORS)), _chance(told, 2))))
        kind = _pick(_zipf(len(TYPES)), _chance(told, 3 + position % 3))
        sentences = [say(words[:, 40 * h : 40 * h + SENTENCE_WORDS]) for h in range(HAPPENINGS.max() + 1)]
        of_text = np.tile(HAPPENINGS, len(ids)) * len(ids) + np.repeat(np.arange(len(ids)), MENTIONS)
        evidence = pa.concat_arrays(sentences).take(pa.array(of_text))
        is_murder = kind == TYPES.index("murder")
        document = ids.take(pa.array(np.repeat(np.arange(len(ids)), MENTIONS)))
        columns: dict[str, pa.Array] = {
            "mention_id": pa.array([f"{d}-{p:010x}" for d, p in zip(document.to_pylist(), position.tolist(), strict=True)]),
            "document_id": document, "type": pa.array(TYPES).take(pa.array(kind)), "happening": pa.array(HAPPENINGS[position].astype(np.int32)),
            "status": pa.array(["happened"] * count), "date": _days(_day_of(told, happenings)), "date_precision": pa.array(["day"] * count),
            "place_precision": pa.array(["district"] * count), "ubigeo": where[0], "department": where[1], "province": where[2], "district": where[3],
            "killed": pa.array((1 + (_chance(told, 6) > 0.85)).astype(np.int32), mask=~is_murder), "evidence_field": pa.array(["text"] * count),
            "evidence_start": pa.array(np.zeros(count, np.int32)), "evidence_end": pa.array(np.full(count, 100, np.int32)),
            "evidence": evidence, "evidence_masked": evidence, "sectors": sector,
        }  # fmt: skip
        return _table(staged.MENTIONS, columns, count)

    def _norms(self, ids: pa.Array) -> pa.Table:
        """Emergencies one after the other, each in a department or province of its own."""
        starts = [LAST_DAY - timedelta(days=DAYS * (EMERGENCIES - n) // EMERGENCIES) for n in range(EMERGENCIES)]
        codes = [self.places[n * 7][0] for n in range(EMERGENCIES)]
        columns: dict[str, pa.Array] = {
            "norm_id": pa.array([f"{ids[n]}-0" for n in range(EMERGENCIES)]), "document_id": ids[:EMERGENCIES], "position": pa.array([0] * EMERGENCIES),
            "kind": pa.array(["DS"] * EMERGENCIES), "number": pa.array([f"DS {n:03}-2026-PCM" for n in range(EMERGENCIES)]),
            "action": pa.array(["declares"] * EMERGENCIES), "subject": pa.array(["state_of_emergency"] * EMERGENCIES), "published_on": pa.array(starts),
            "starts_on": pa.array(starts), "days": pa.array([EMERGENCY_DAYS] * EMERGENCIES), "earlier": pa.array([[]] * EMERGENCIES, pa.list_(pa.string())),
            "territory": pa.array([[{"ubigeo": f"{c[:2]}0000" if n % 2 else f"{c[:4]}00", "coverage": "whole"}] for n, c in enumerate(codes)]),
        }  # fmt: skip
        return _table(staged.NORMS, columns, EMERGENCIES)


def _day_of(told: np.ndarray, happenings: int) -> np.ndarray:
    """The day of each happening, counted from the epoch: they are numbered in the order of time, the late ones denser."""
    last = int((np.datetime64(LAST_DAY) - EPOCH).astype(int))
    return last - DAYS + (DAYS * np.sqrt(told / happenings)).astype(int)


def _write(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd", row_group_size=staged.ROW_GROUP)


def _table(schema: pa.Schema, columns: dict[str, pa.Array], count: int) -> pa.Table:
    return pa.table([columns.get(f.name, pa.nulls(count)).cast(f.type) for f in schema], schema=schema)


def generate(folder: Path, documents: int) -> None:
    """Write the batches of ``documents`` documents, ten mentions each; those that are there stay."""
    press = Press()
    for number, first in enumerate(range(0, documents, BATCH)):
        whole, begun = folder / f"{number:04d}", folder / f".{number:04d}"
        if not whole.exists():
            shutil.rmtree(begun, ignore_errors=True)
            press.write(begun, number, first, min(BATCH, documents - first), max(documents * 2, TOGETHER))
            begun.rename(whole)
