"""The gazetteer: Peru's departments, provinces and districts, and how the press calls them.

Belongs here: units with their codes and points, aliases, finding names in text and telling homonyms apart. Not here: which
of the places named is where something happened (that is the reader's, see ``models/reader/places.py``).
"""

from models.gazetteer.find import PlaceHit, find_places
from models.gazetteer.units import Unit, ancestors, covers, holding, unit, units

__all__ = ["PlaceHit", "Unit", "ancestors", "covers", "find_places", "holding", "unit", "units"]
