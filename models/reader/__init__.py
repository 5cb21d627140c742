"""The reader: from a document and its labels to mentions, norms, figures and masked text.

Belongs here: rules over sentences, and the word lists they use. Not here: which labels a document has
(``models/classifier``), what units there are (``models/gazetteer``), or which mentions are one event (``warehouse``).
"""

from models.reader.mentions import read_mentions

__all__ = ["read_mentions"]
