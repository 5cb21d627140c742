"""How long 20 groups with 25 readers each take from the published file to the mail server's 250, and how much memory.

    python -m tests.benchmarks.bench_digest [PUBLISHED] [--groups 20] [--readers 25] [--week 2026-W45]

The server is aiosmtpd on loopback in a process of its own, so that its memory is not counted. Without a file, events are made up.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from dashboards.digest.deliver import Pace
from dashboards.digest.groups import Group
from dashboards.digest.smtp import Server
from dashboards.weeks import Week
from flows.mail import Post
from flows.settings import load_settings
from flows.steps.digest import DigestRun, outbox_of, post_pending, queue_digests
from tests.dashboards.made import MONDAY, Told, group, publish_events
from tests.dashboards.post_office import SENDER, post_office

SECTORS = "dentists transport bodegas schools barbershops restaurants markets construction health entertainment".split()


def serve(port: multiprocessing.Queue[int], taken: multiprocessing.Queue[int]) -> None:
    """Take mail until told to say how much."""
    with post_office() as office:
        port.put(office.server.port)
        taken.get()
        taken.put(len({m.recipient for m in office.taken}))


def made_up(path: Path) -> Path:
    """Twelve weeks of five events a week and sector."""
    events = [
        Told(f"{s}{w}{n}", ("attack", "extortion"), (s,), day, day, day, killed=n % 2, sources=("uno", "dos"))
        for s in SECTORS
        for w, day in enumerate(MONDAY - timedelta(weeks=n) for n in range(12))
        for n in range(5)
    ]
    return publish_events(path, events)


def memory_mb() -> float:
    """Most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("published", nargs="?", type=Path)
    parser.add_argument("--groups", type=int, default=20)
    parser.add_argument("--readers", type=int, default=25)
    parser.add_argument("--week", default=str(Week(MONDAY)))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        source = options.published or made_up(home / "made/chasqui.duckdb")
        (home / "chasqui.duckdb").symlink_to(source.absolute())
        groups = [_group(home, n, options.readers) for n in range(options.groups)]
        run = DigestRun(load_settings(home=home), groups, Week.parse(options.week))
        port: multiprocessing.Queue[int] = multiprocessing.Queue()
        taken: multiprocessing.Queue[int] = multiprocessing.Queue()
        server = multiprocessing.Process(target=serve, args=(port, taken))
        server.start()
        post = Post(SENDER, Server("127.0.0.1", port.get(), "none"), Pace(per_minute=0))
        started, processor = time.monotonic(), time.process_time()
        with outbox_of(run.home) as outbox:
            queued = queue_digests(run, outbox, SENDER.secret)
            rendered, held = time.monotonic(), memory_mb()
            done = post_pending(outbox, post)
        ended = time.monotonic()
        taken.put(0)
        time.sleep(0.5)
        print(
            f"{queued} copies of {len(groups)} groups: {done.counts['sent']} sent, {taken.get()} recipients at the server"
        )
        print(
            f"rendered and queued {rendered - started:.1f} s, handed over {ended - rendered:.1f} s, sum {ended - started:.1f} s"
        )
        print(
            f"processor {time.process_time() - processor:.1f} s; memory {held:.0f} MB after rendering, {memory_mb():.0f} MB at the end"
        )
        server.join()


def _group(home: Path, number: int, readers: int) -> Group:
    listed = home / f"{number}.txt"
    listed.write_text("\n".join(f"lector{n}@grupo{number}.example" for n in range(readers)))
    made = group(id=f"g{number}", sectors=(SECTORS[number % len(SECTORS)],), recipients_file=listed)
    return replace(made, regions=("15",), region_names=("Lima",)) if number >= len(SECTORS) else made


if __name__ == "__main__":
    main()
