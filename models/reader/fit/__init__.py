"""Fitting the reader's weights from the corpus: ``python -m models.reader.fit``. Nothing here is needed to read."""
