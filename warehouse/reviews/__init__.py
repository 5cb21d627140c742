"""What persons say of labels and events: proposed into an inbox, taken in by the night, winning over the model ever after.

Belongs here: the inbox (``inbox``), what deserves a look (``queue``), taking judgements in (``taking``), holding the tables
to them (``holding``). Not here: how events are put together again (``link``), or who may judge (the room that shows).
"""

from __future__ import annotations

from warehouse.reviews.inbox import Proposal, ReviewError, propose, waiting
from warehouse.reviews.queue import QueueItem, queue

__all__ = ["Proposal", "QueueItem", "ReviewError", "propose", "queue", "waiting"]
