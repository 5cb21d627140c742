"""A discrete-event clock: processes are generators that wait, or queue for a resource and hold it for some seconds.

Not here: what is simulated (``night``, ``archives``).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush


@dataclass(slots=True)
class Resource:
    """So many alike, given out first come, first served; ``used_s`` adds up over all of them. The rest is the clock's."""

    count: int
    used_s: float = 0.0
    busy: int = 0
    queue: deque[tuple[Process, float]] = field(default_factory=deque[tuple["Process", float]])


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing is done for so long."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Use:
    """One of a resource is held for so long, once one is free."""

    resource: Resource
    seconds: float


Process = Iterator[Wait | Use]


class Clock:
    """Runs processes until none has anything left to do."""

    def __init__(self) -> None:
        self.now = 0.0
        self._order = 0  # of what happens at the same moment
        self._due: list[tuple[float, int, Process, Resource | None]] = []

    def start(self, process: Process) -> None:
        """Begin a process now."""
        self._at(self.now, process, None)

    def run(self) -> float:
        """Go on to the end; the time by then."""
        while self._due:
            self.now, _, process, held = heappop(self._due)
            if held is not None:
                self._give_back(held)
            step = next(process, None)
            if isinstance(step, Wait):
                self._at(self.now + step.seconds, process, None)
            elif isinstance(step, Use):
                self._take(step, process)
        return self.now

    def _at(self, when: float, process: Process, held: Resource | None) -> None:
        self._order += 1
        heappush(self._due, (when, self._order, process, held))

    def _take(self, step: Use, process: Process) -> None:
        resource = step.resource
        if resource.busy < resource.count:
            resource.busy += 1
            resource.used_s += step.seconds
            self._at(self.now + step.seconds, process, resource)
        else:
            resource.queue.append((process, step.seconds))

    def _give_back(self, resource: Resource) -> None:
        resource.busy -= 1
        if resource.queue:
            process, seconds = resource.queue.popleft()
            self._take(Use(resource, seconds), process)
