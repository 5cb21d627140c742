"""The newsroom: a small made-up Peruvian press on loopback, for tests, demo and benchmarks. See README.md."""

from __future__ import annotations

from tests.newsroom.data import FIRST_DAY, LAST_DAY, Page, Press, load_press
from tests.newsroom.server import Newsroom
from tests.newsroom.web import Seen

__all__ = ["FIRST_DAY", "LAST_DAY", "Newsroom", "Page", "Press", "Seen", "load_press"]
