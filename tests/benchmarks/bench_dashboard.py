"""How the dashboard bears ten readers at once: ``python -m tests.benchmarks.bench_dashboard HOME [--users N] [--changes N] [--pause S]``.

HOME is a folder with ``chasqui.duckdb`` and ``search``, such as ``bench_warehouse --keep`` and ``bench_search --keep`` leave. The
server is started as its command starts it. Each reader is a session of its own over Streamlit's socket, as a browser opens it:
the page, then the socket, until the server says that the view is drawn; then other filters on other pages, with pauses as people
make them. What a browser adds by drawing is not in it; ``--browser`` has one Chromium look while the others read.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import httpx
from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.benchmarks.made_words import MIDDLING, vocabulary
from tests.benchmarks.steps import percentile
from tests.benchmarks.warehouse_data import DAYS, LAST_DAY, SECTORS, TYPES

PAGES = ("", "timeline", "map", "events", "search")
REGIONS = ("15", "13", "07", "02", "12", "20", "14")
DRAWN = ".c-foot"  # the last thing a page draws
LAUNCH = ["--no-sandbox", "--disable-gpu"]
LOOKS = 5


@dataclass(slots=True)
class Seen:
    """What the readers waited for, in seconds."""

    first: list[float] = field(default_factory=list)
    changes: dict[str, list[float]] = field(default_factory=dict)
    errors: int = 0


class Reader:
    """One session."""

    def __init__(self, address: str, number: int) -> None:
        self._address, self._chance, self._hashes = address, random.Random(number), dict[str, str]()
        self._socket: ClientConnection

    async def arrive(self, page: str) -> float:
        """Open a page for the first time."""
        start = time.perf_counter()
        async with httpx.AsyncClient() as client:
            (await client.get(f"{self._address}/{page}")).raise_for_status()
        stream = f"{self._address.replace('http', 'ws', 1)}/_stcore/stream"
        self._socket = await connect(stream, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item] - any name is one
        await self._draw(page, "")
        return time.perf_counter() - start

    async def change(self, page: str) -> float:
        """Look at other filters."""
        start = time.perf_counter()
        await self._draw(page, self._filters(page))
        return time.perf_counter() - start

    async def leave(self) -> None:
        """Close the socket."""
        await self._socket.close()

    def _filters(self, page: str) -> str:
        chance = self._chance
        since = LAST_DAY - timedelta(days=chance.randrange(30, DAYS))
        chosen = [("region", chance.choice(REGIONS))] if chance.random() < 0.5 else []
        chosen += [("sector", chance.choice(SECTORS))] if chance.random() < 0.6 else []
        chosen += [("event", chance.choice(TYPES))] if chance.random() < 0.4 else []
        chosen += [("since", since.isoformat())] if chance.random() < 0.5 else []
        if page == "map":
            chosen += [("level", chance.choice(("departments", "provinces", "districts")))]
        if page == "events":
            chosen += [("sort", chance.choice(("newest", "oldest", "killed", "sources")))]
        if page == "search":
            chosen += [("q", " ".join(vocabulary()[chance.choice(MIDDLING)] for _ in range(2)))]
        return urlencode(chosen)

    async def _draw(self, page: str, query: str) -> None:
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        asked.rerun_script.context_info.url = f"{self._address}/{page}"
        asked.rerun_script.context_info.color_scheme = "light"
        await self._socket.send(asked.SerializeToString())
        while True:
            told = ForwardMsg()
            told.ParseFromString(await asyncio.wait_for(self._socket.recv(decode=False), 60))
            element = told.delta.new_element
            kind = element.WhichOneof("type")
            if kind == "exception" or (kind == "alert" and element.alert.format == Alert.ERROR):
                raise RuntimeError(str(element)[:300])
            if told.WhichOneof("type") == "script_finished":
                return


async def read(address: str, number: int, changes: int, pause: float, seen: Seen) -> None:
    """One reader's visit: a page, and other filters on it and others."""
    chance = random.Random(100 + number)
    reader = Reader(address, number)
    await asyncio.sleep(chance.uniform(0, pause))
    seen.first.append(await reader.arrive(PAGES[number % (len(PAGES) - 1)]))
    for _ in range(changes):
        await asyncio.sleep(chance.uniform(0.5, 1.5) * pause)
        page = chance.choice(PAGES)
        try:
            seen.changes.setdefault(page or "overview", []).append(await reader.change(page))
        except RuntimeError as error:
            print(error, flush=True)
            seen.errors += 1
    await reader.leave()


async def look(address: str, rounds: int) -> list[float]:
    """Seconds until Chromium has drawn the overview, each time as somebody who was never there."""
    import shutil

    from playwright.async_api import async_playwright

    times = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=LAUNCH)
        for _ in range(rounds):
            page = await (await browser.new_context()).new_page()
            start = time.perf_counter()
            await page.goto(address)
            await page.wait_for_selector(DRAWN, timeout=60_000)
            times.append(time.perf_counter() - start)
            await page.context.close()
            await asyncio.sleep(3)
        await browser.close()
    return times


async def load(address: str, users: int, changes: int, pause: float, *, browser: bool) -> tuple[Seen, list[float]]:
    """All readers at once."""
    seen = Seen()
    visits = [read(address, n, changes, pause, seen) for n in range(users)]
    reading = asyncio.gather(*visits)
    looks = await look(address, LOOKS) if browser else []
    await reading
    return seen, looks


def start(home: Path) -> tuple[subprocess.Popen[bytes], str, float]:
    """The server, its address, and the seconds until it answered."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("CHASQUI_")}
    environment |= {"CHASQUI_HOME": str(home), "CHASQUI_CONFIG": str(home / "none.toml")}
    begun = time.perf_counter()
    server = subprocess.Popen([sys.executable, "-m", "flows.main", "dashboard", "--port", str(port)], env=environment)
    address = f"http://127.0.0.1:{port}"
    while server.poll() is None:
        try:
            httpx.get(f"{address}/_stcore/health").raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.05)
            continue
        return server, address, time.perf_counter() - begun
    raise SystemExit(f"the server ended with {server.returncode}")


def memory(process: int) -> dict[str, float]:
    """Gigabytes of a process: the most it had, and of what it has now, its own and mapped files."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    values = {name: value.split() for name, _, value in (line.partition(":") for line in lines)}
    return {name: int(values[name][0]) / 1024**2 for name in ("VmHWM", "RssAnon", "RssFile")}


def show(name: str, times: list[float]) -> None:
    """One line."""
    print(
        f"{name:<28} p50 {percentile(times, 0.5):5.2f} s   p95 {percentile(times):5.2f} s   most {max(times):5.2f} s   ({len(times)})"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path, metavar="HOME")
    parser.add_argument("--users", type=int, default=10)
    parser.add_argument("--changes", type=int, default=20, help="of filters, by each of them")
    parser.add_argument("--pause", type=float, default=4.0, help="seconds between them, on average")
    parser.add_argument("--browser", action="store_true", help="one Chromium opens the overview meanwhile")
    options = parser.parse_args()
    server, address, seconds = start(options.home.absolute())
    try:
        print(f"{'answers after':<28}     {seconds:5.2f} s", flush=True)
        alone = asyncio.run(load(address, 1, 0, 0, browser=False))[0].first
        show("first view of all", alone)
        seen, looks = asyncio.run(load(address, options.users, options.changes, options.pause, browser=options.browser))
        show(f"first view, {options.users} readers", seen.first)
        show("filter change", [t for times in seen.changes.values() for t in times])
        for page, times in sorted(seen.changes.items()):
            show(f"  {page}", times)
        if looks:
            show("first view in Chromium", looks)
        used = memory(server.pid)
        print(
            f"{'memory, most':<28}     {used['VmHWM']:5.2f} GB  (now {used['RssAnon']:.2f} its own, {used['RssFile']:.2f} mapped); errors {seen.errors}"
        )
    finally:
        server.terminate()
        server.wait(30)


if __name__ == "__main__":
    main()
