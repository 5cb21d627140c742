"""``python -m models.train``: tokenizer, embeddings, mlm, finetune, export, compare; each step on its own, or ``all``."""

from __future__ import annotations

from models.train.cli import app

if __name__ == "__main__":
    app()
