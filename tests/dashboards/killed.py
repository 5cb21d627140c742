"""Send an outbox and die by SIGKILL after the fourth 250: ``python -m tests.dashboards.killed FOLDER PORT PLACE``."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

import warehouse.journal
from dashboards.digest.deliver import Pace, deliver
from dashboards.digest.smtp import Server, SmtpMailer
from tests.dashboards.post_office import SENDER
from warehouse.ops import Ops
from warehouse.outbox import Outbox

KEEP = 3  # copies that come through whole


def main(folder: Path, port: int, place: str) -> None:
    """As a power cut between the server's 250 and our commit, before or after the journal's line."""
    append, done = warehouse.journal.append, 0

    def dying(path: Path, record: dict[str, Any]) -> None:
        nonlocal done
        done += 1
        if done <= KEEP or place == "after_journal":
            append(path, record)
        if done > KEEP:
            os.kill(os.getpid(), signal.SIGKILL)

    warehouse.journal.append = dying
    with Ops(folder / "ops.sqlite") as ops, SmtpMailer(Server("127.0.0.1", port, "none")) as mailer:
        deliver(Outbox(ops, folder / "journal"), mailer, SENDER, Pace(per_minute=0))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
