"""The classifier: titles and texts in, calibrated labels with their evidence out. Offline, on a plain CPU, without torch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from models import taxonomy
from models.classifier.folder import FILES, NETWORK, WORDS_FILE, ModelMissingError, existing, is_model
from models.classifier.keywords import Keywords
from models.classifier.linear import LinearWords
from models.classifier.pieces import Pieces, Window, clean, cut, pack
from models.classifier.pointer import Pointer
from models.classifier.scoring import Rules, load_rules, pool, probabilities, sigmoid
from models.classifier.session import Answered, Session
from models.hints import Hints
from models.look import Look
from models.taxonomy import UnknownLabelError
from warehouse.records import Axis, Band, Label

Floats = npt.NDArray[np.float32]
READ_CHARS = 60_000  # of one text; longer ones are answered by their beginning
LEAST_LOOK = 0.005  # a sentence that drew less of a label's attention is left out


def _piece(tokenizer: Tokenizer, piece: str) -> int:
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise ModelMissingError(f"tokenizer.json has no piece {piece}: not a vocabulary of this project")
    return number


@dataclass(frozen=True, slots=True)
class Prediction:
    """What the classifier says of one document."""

    probabilities: dict[str, float]
    bands: dict[str, Band]
    axes: dict[str, Axis]
    looks: dict[str, tuple[Look, ...]]  # label that is not ruled out -> the sentences it looked at
    hints: Hints | None = None  # for the reader, where an event type is not ruled out and the model points

    @property
    def sectors(self) -> list[str]:
        """Sectors that are assigned."""
        return [label for label, band in self.bands.items() if band == "yes" and self.axes[label] == "sector"]

    @property
    def events(self) -> list[str]:
        """Event types that are assigned."""
        return [label for label, band in self.bands.items() if band == "yes" and self.axes[label] == "event"]

    @property
    def uncertain(self) -> list[str]:
        """Labels that are not assigned but should be looked at."""
        return [label for label, band in self.bands.items() if band == "uncertain"]

    def labels(self) -> tuple[Label, ...]:
        """Every label with its probability and band, in taxonomy order."""
        return tuple(
            Label(self.axes[label], label, chance, self.bands[label]) for label, chance in self.probabilities.items()
        )

    def evidence(self, label: str) -> tuple[int, int] | None:
        """Where the sentence stands (code points into the text) that carried the label; ``None``: the title, or none.

        Raises:
            UnknownLabelError: the model has no such label.
        """
        if label not in self.probabilities:
            raise UnknownLabelError(f"label {label!r} is not one of this model's: {', '.join(self.probabilities)}")
        in_text = [look for look in self.looks.get(label, ()) if look.field == "text"]
        best = max(in_text, key=lambda look: look.share, default=None)
        return (best.start, best.end) if best else None


@dataclass(frozen=True, slots=True)
class Seen:
    """What the network answered to the windows of one document."""

    windows: list[Window]
    answers: list[Answered]


class Classifier:
    """The shipped model, or any folder of the same make."""

    def __init__(
        self,
        session: Session,
        tokenizer: Tokenizer,
        rules: Rules,
        tree: taxonomy.Taxonomy,
        linear: LinearWords | None = None,
        pointer: Pointer | None = None,
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._cls, self._sep = _piece(tokenizer, "[CLS]"), _piece(tokenizer, "[SEP]")
        self._keywords = Keywords(tree)
        self._columns = [tree.names.index(rule.id) for rule in rules.labels]
        self._axes: dict[str, Axis] = {rule.id: rule.axis for rule in rules.labels}
        self._linear, self._pointer = linear, pointer
        self.rules = rules

    @classmethod
    def load(cls, path: Path | None = None, threads: int = 2) -> Classifier:
        """Open a model folder, the shipped one by default.

        Raises:
            ModelMissingError: a file of the model is not there.
            UnknownLabelError: the model and the taxonomy do not speak of the same labels.
        """
        folder = Path(str(files("models") / "artifact")) if path is None else path
        if not is_model(folder):
            for name in FILES:
                existing(folder, name)
        tree = taxonomy.load()
        rules = load_rules(folder / "labels.json", tree)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        linear = LinearWords(existing(folder, WORDS_FILE)) if any(rule.linear for rule in rules.labels) else None
        return cls(Session(folder / NETWORK, threads), tokenizer, rules, tree, linear, Pointer.load(folder))

    @property
    def version(self) -> str:
        """Name and version, as kept with every label."""
        return self.rules.version

    def predict(self, pairs: Sequence[tuple[str, str]]) -> list[Prediction]:
        """One prediction for each pair of title and text, in order."""
        documents = [(clean(title), clean(text)) for title, text in pairs]
        if not documents:
            return []
        scores, seen, cuts = self._read(documents, states=self._pointer is not None)
        logits, anything = self._split(scores)
        heard = np.asarray(self._keywords.scores(documents), dtype=np.float32)[:, self._columns]
        weighed = self._linear.logits(documents)[:, self._columns] if self._linear is not None else None
        found = probabilities(logits, heard, weighed, self.rules)
        return [self._prediction(found[row], anything[row], seen[row], cuts[row]) for row in range(len(documents))]

    def logits(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """The network's own scores (documents, labels), before any mixing: for calibration and comparison."""
        return self.scores(pairs)[0]

    def scores(self, pairs: Sequence[tuple[str, str]]) -> tuple[Floats, Floats]:
        """The same, and the chance of each document that it carries any label."""
        return self._split(self._read([(clean(title), clean(text)) for title, text in pairs])[0])

    def seen(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[Pieces, Seen]]:
        """Each document cut to pieces, and what the network answered to its windows: for training what lies on top of it."""
        _, seen, cuts = self._read([(clean(title), clean(text)) for title, text in pairs], states=True)
        return list(zip(cuts, seen, strict=True))

    def _split(self, scores: Floats) -> tuple[Floats, Floats]:
        count = len(self.rules.labels)
        if scores.shape[1] == count:  # a network without the last score
            return scores, np.ones(len(scores), dtype=np.float32)
        return scores[:, :count], sigmoid(scores[:, count])

    def _read(
        self, documents: Sequence[tuple[str, str]], *, states: bool = False
    ) -> tuple[Floats, list[Seen], list[Pieces]]:
        cuts = cut(self._tokenizer, documents, READ_CHARS)
        packed = [pack(pieces, self.rules.window, self._cls, self._sep, self.rules.most_windows) for pieces in cuts]
        results = iter(self._session.run([window for windows in packed for window in windows], states=states))
        scores: list[Floats] = []
        seen: list[Seen] = []
        for windows in packed:
            answers = [next(results) for _ in windows]
            scores.append(pool([answer.logits for answer in answers]))
            seen.append(Seen(windows, answers))
        return np.stack(scores), seen, cuts

    def _prediction(self, row: Floats, anything: float, seen: Seen, pieces: Pieces) -> Prediction:
        chances = {rule.id: round(float(value), 4) for rule, value in zip(self.rules.labels, row, strict=True)}
        bands: dict[str, Band] = {rule.id: rule.band(chances[rule.id]) for rule in self.rules.labels}
        if anything < self.rules.document or row.max() < self.rules.surest:
            bands = {label: "uncertain" if band == "yes" else band for label, band in bands.items()}
        wanted = [rank for rank, rule in enumerate(self.rules.labels) if bands[rule.id] != "no"]
        is_read = any(self._axes[self.rules.labels[rank].id] == "event" for rank in wanted)
        hints = self._hints(seen, pieces) if is_read else None
        return Prediction(chances, bands, self._axes, self._looks(seen, pieces, wanted), hints)

    def _hints(self, seen: Seen, pieces: Pieces) -> Hints | None:
        states = [answer.states for answer in seen.answers if answer.states is not None]
        if self._pointer is None or len(states) < len(seen.windows):
            return None
        return self._pointer.point(pieces, seen.windows, states)

    def _looks(self, seen: Seen, pieces: Pieces, wanted: Sequence[int]) -> dict[str, tuple[Look, ...]]:
        weight = np.zeros(
            (len(pieces.sentences) + 1, len(self.rules.labels)), dtype=np.float32
        )  # last row: title, special pieces
        loudest = np.stack([answer.logits for answer in seen.answers]).argmax(axis=0)[: len(self.rules.labels)]
        for number, (window, answer) in enumerate(zip(seen.windows, seen.answers, strict=True)):
            heard = np.where(loudest == number, answer.looks, 0.0).astype(np.float32)
            np.add.at(weight, np.asarray(window.sentence), heard)
        return {
            self.rules.labels[rank].id: tuple(
                self._look(pieces, int(at), float(weight[at, rank]))
                for at in np.flatnonzero(weight[:, rank] >= LEAST_LOOK)
            )
            for rank in wanted
        }

    def _look(self, pieces: Pieces, at: int, share: float) -> Look:
        if at == len(pieces.sentences):
            return Look("title", 0, 0, share)
        return Look("text", pieces.sentences[at].start, pieces.sentences[at].end, share)
