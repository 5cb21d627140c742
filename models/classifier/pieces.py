"""Text to word pieces: sentences with their offsets, packed into windows that each begin with the title.

Training and run time read through the same functions, so that a document looks the same to both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tokenizers import Tokenizer

from models.hints import Layout
from models.limits import TITLE_CHARS

SENTENCE_END = re.compile(r"[.!?…]+[\"'»”’)\]]*\s+|\n+")
MARKUP = re.compile(r"<(?:!--.*?--|/?[a-zA-Z][^<>]{0,500})>", re.DOTALL)
SURROGATE = re.compile(r"[\ud800-\udfff]")
TITLE_PIECES = 64
SPECIAL_PIECES = 3  # [CLS] title [SEP] text [SEP]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, its place in the text (code points) and its word pieces with their own places."""

    start: int
    end: int
    ids: list[int]
    offsets: list[tuple[int, int]]  # of each piece, into the text


@dataclass(frozen=True, slots=True)
class Window:
    """What the model reads at once: ids, and for each id the sentence it belongs to (-1: title and special pieces)."""

    ids: list[int]
    sentence: list[int]


@dataclass(frozen=True, slots=True)
class Pieces:
    """A document ready for packing."""

    title: list[int]
    sentences: list[Sentence]
    title_offsets: list[tuple[int, int]]


def clean(text: str) -> str:
    """Markup and stray surrogates blanked, one character for one, so that offsets stay true."""
    if "<" in text:
        text = MARKUP.sub(lambda found: " " * len(found.group()), text)
    return SURROGATE.sub("\ufffd", text)


def sentence_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each non-empty sentence begins and ends."""
    start = 0
    for found in SENTENCE_END.finditer(text):
        if text[start : found.end()].strip():
            yield start, found.end()
        start = found.end()
    if text[start:].strip():
        yield start, len(text)


def cut(tokenizer: Tokenizer, documents: Sequence[tuple[str, str]], limit: int) -> list[Pieces]:
    """All documents to pieces, in one call of the tokenizer.

    Args:
        tokenizer: the shipped vocabulary.
        documents: pairs of title and text, cleaned.
        limit: characters of a text that are read; a megabyte is answered by its beginning.
    """
    strings: list[str] = []
    plans: list[tuple[int, list[tuple[int, int]]]] = []
    for title, text in documents:
        spans = list(sentence_spans(text[:limit]))
        plans.append((len(strings), spans))
        strings.append(title[:TITLE_CHARS])
        strings += [text[start:end] for start, end in spans]
    encoded = tokenizer.encode_batch(strings, add_special_tokens=False) if strings else []
    results: list[Pieces] = []
    for first, spans in plans:
        sentences = [
            Sentence(start, end, each.ids, [(start + a, start + b) for a, b in each.offsets])
            for (start, end), each in zip(spans, encoded[first + 1 : first + 1 + len(spans)], strict=True)
        ]
        title = encoded[first]
        results.append(Pieces(title.ids[:TITLE_PIECES], sentences, list(title.offsets[:TITLE_PIECES])))
    return results


def pack(pieces: Pieces, size: int, cls: int, sep: int, most: int) -> list[Window]:
    """Windows of at most ``size`` pieces over whole sentences, each with the title in front and one sentence of overlap."""
    head = [cls, *pieces.title, sep]
    room = size - len(head) - 1
    runs = [
        (number, sentence.ids[at : at + room])
        for number, sentence in enumerate(pieces.sentences)
        for at in range(0, len(sentence.ids), room)
    ]
    groups: list[list[tuple[int, list[int]]]] = [[]]
    used = 0
    for number, ids in runs:
        if used + len(ids) > room:
            if len(groups) == most:
                break
            last = groups[-1][-1]
            keep = [last] if len(last[1]) + len(ids) <= room else []
            groups.append(keep)
            used = sum(len(run) for _, run in keep)
        groups[-1].append((number, ids))
        used += len(ids)
    return [
        Window(
            [*head, *(piece for _, ids in group for piece in ids), sep],
            [*([-1] * len(head)), *(number for number, ids in group for _ in ids), -1],
        )
        for group in groups
    ]


def layout(pieces: Pieces, windows: Sequence[Window]) -> Layout:
    """Where each piece of a document stands, and the first window that reads it; pieces beyond the last window have no place."""
    starts = [start for start, _ in pieces.title_offsets]
    ends = [end for _, end in pieces.title_offsets]
    of_window, positions = [0] * len(starts), list(range(1, len(starts) + 1))
    text_starts: list[int] = []
    text_ends: list[int] = []
    read = [0] * len(pieces.sentences)  # pieces of each sentence that have their place
    for at, window in enumerate(windows):
        whole = {
            number for number in window.sentence if number >= 0 and read[number] == len(pieces.sentences[number].ids)
        }
        for position, number in enumerate(window.sentence):
            if number < 0 or number in whole:
                continue
            start, end = pieces.sentences[number].offsets[read[number]]
            read[number] += 1
            text_starts.append(start)
            text_ends.append(end)
            of_window.append(at)
            positions.append(position)
    return Layout({"title": starts, "text": text_starts}, {"title": ends, "text": text_ends}, of_window, positions)
