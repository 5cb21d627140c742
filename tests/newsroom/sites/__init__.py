"""The families of sites, one module each."""

from __future__ import annotations

from tests.newsroom.data import Card, Page
from tests.newsroom.sites.agency import Agency
from tests.newsroom.sites.arc import Arc
from tests.newsroom.sites.base import Site
from tests.newsroom.sites.bills import Bills
from tests.newsroom.sites.broadcast import Broadcast
from tests.newsroom.sites.dated import Dated
from tests.newsroom.sites.english import English
from tests.newsroom.sites.gazette import Gazette
from tests.newsroom.sites.gobpe import Gobpe
from tests.newsroom.sites.ngo import Ngo
from tests.newsroom.sites.wordpress import WordPress
from tests.newsroom.web import Web

FAMILIES: dict[str, type[Site]] = {
    "arc": Arc,
    "dated": Dated,
    "ngo": Ngo,
    "gazette": Gazette,
    "wordpress": WordPress,
    "agency": Agency,
    "broadcast": Broadcast,
    "english": English,
    "gobpe": Gobpe,
    "bills": Bills,
}


def make_site(card: Card, pages: tuple[Page, ...], web: Web) -> Site:
    """The site a card describes."""
    return FAMILIES[card.family](card, pages, web)


__all__ = ["FAMILIES", "Site", "make_site"]
