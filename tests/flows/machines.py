"""Machines of one's own on this one: network namespaces on a bridge, each with an address, gone when the test ends."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

NETWORK = "10.213.77"


@dataclass(frozen=True, slots=True)
class Machine:
    """A namespace; ``enter`` is the command before any other that runs in it."""

    name: str
    address: str

    @property
    def enter(self) -> list[str]:
        """What to put before a command."""
        return ["ip", "netns", "exec", self.name]


def why_not() -> str | None:
    """Why no namespace can be made here; None when one can."""
    name = f"cq{os.getpid()}"
    made = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True, check=False)
    if made.returncode:
        return f"ip netns add: {made.stderr.strip()}"
    subprocess.run(["ip", "netns", "del", name], check=True)
    return None


@contextmanager
def machines(count: int) -> Iterator[tuple[str, list[Machine]]]:
    """This machine's address on the bridge, and so many others on it."""
    tag = os.getpid()
    bridge, made = f"cqb{tag}", [Machine(f"cq{tag}n{n}", f"{NETWORK}.{n + 2}") for n in range(count)]
    try:
        _ip("link", "add", bridge, "type", "bridge")
        _ip("addr", "add", f"{NETWORK}.1/24", "dev", bridge)
        _ip("link", "set", bridge, "up")
        for number, machine in enumerate(made):
            here, there = f"cqh{tag}{number}", f"cqt{tag}{number}"
            _ip("netns", "add", machine.name)
            _ip("link", "add", here, "type", "veth", "peer", "name", there, "netns", machine.name)
            _ip("link", "set", here, "master", bridge, "up")
            _ip("-n", machine.name, "addr", "add", f"{machine.address}/24", "dev", there)
            _ip("-n", machine.name, "link", "set", there, "up")
            _ip("-n", machine.name, "link", "set", "lo", "up")
        yield f"{NETWORK}.1", made
    finally:
        for machine in made:
            subprocess.run(["ip", "netns", "del", machine.name], capture_output=True, check=False)
        subprocess.run(["ip", "link", "del", bridge], capture_output=True, check=False)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
