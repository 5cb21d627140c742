"""What a document nearly carries is read, masked and written beside the rest, and marked."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flows.steps.understanding import Rows
from models.classifier import Prediction
from models.understand import Text, _understood
from warehouse.records import Document

TITLE = "Comas: matan a chofer de combi"
TEXT = "Un chofer fue asesinado a balazos en Comas. Vecinos de Rosa Huamán Quispe acatan un paro de transporte en Puno."


def test_a_mention_of_a_type_nearly_given_is_marked_and_masked() -> None:
    prediction = Prediction(
        {"murder": 0.9, "strike": 0.4}, {"murder": "yes", "strike": "uncertain"}, {"murder": "event", "strike": "event"}, {}
    )  # fmt: skip
    at = datetime(2026, 10, 5, 15, tzinfo=UTC)
    document = Document("d1", "uno", "https://uno.pe/a", "https://uno.pe/a", "article", TITLE, TEXT, "es", at, "feed", "instant", None, None, None, "h", b"")  # fmt: skip
    rows = Rows()
    rows.add(document, _understood(Text(TITLE, TEXT, date(2026, 10, 5)), prediction), "m")
    assert [(row["type"], row["uncertain"]) for row in rows.mentions] == [("murder", False), ("strike", True)]
    doubted = rows.mentions[1]
    assert "Rosa Huamán" in str(doubted["evidence"])
    assert "Huamán" not in str(doubted["evidence_masked"])
    assert "paro" in str(doubted["evidence_masked"])
