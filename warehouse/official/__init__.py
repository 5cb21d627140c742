"""Counts that offices publish, taken into the warehouse beside our own: police complaints, deaths, prosecutors' figures.

Here: reading their files and keeping releases apart. Not here: what the press tells (``load``), or figures quoted in articles.
"""

from warehouse.official.keep import Imported, SeriesError, import_file, seed, summary

__all__ = ["Imported", "SeriesError", "import_file", "seed", "summary"]
