"""People's own SQL, asked in a process of its own that cannot reach, change or outlast anything.

The published file is opened read-only with files, extensions and settings locked (``warehouse.query``); on top of that the
process has little memory and little time, and is killed when it does not keep to them. Not here: the page (``views.sql``).
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import threading
from pathlib import Path

from warehouse.query import Answer, QueryError, ask, open_published

SECONDS = 10.0
GRACE_S = 5.0  # for starting and for answering the interrupt; then the process is killed
ROWS = 5000
MEGABYTES = 1536  # of data the process may hold; DuckDB itself keeps to a third of it
DUCKDB_MEMORY = "512MB"
ANSWER_BYTES = 50_000_000
AT_ONCE = threading.BoundedSemaphore(2)


def ask_apart(published: Path, sql: str, seconds: float = SECONDS, row_limit: int = ROWS) -> Answer:
    """Ask the published file one question.

    Raises:
        QueryError: SQL that is wrong, refused, too large or too slow; one line for the person who asked.
    """
    if not AT_ONCE.acquire(timeout=seconds):
        raise QueryError("others are asking just now; try again in a moment")
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "dashboards.app.sandbox"],
            input=json.dumps(
                {"published": str(published.absolute()), "sql": sql, "seconds": seconds, "rows": row_limit}
            ).encode(),
            capture_output=True,
            timeout=seconds + GRACE_S,
            check=False,
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},  # none of the server's secrets
            cwd=published.absolute().parent,
        )
    except subprocess.TimeoutExpired as error:
        raise QueryError(f"the query ran longer than {seconds:g} s and was stopped") from error
    finally:
        AT_ONCE.release()
    if done.returncode != 0 or len(done.stdout) > ANSWER_BYTES:
        raise QueryError("the query needed more memory than a question may have and was stopped")
    told = json.loads(done.stdout)
    if "error" in told:
        raise QueryError(told["error"])
    return Answer(told["columns"], [tuple(row) for row in told["rows"]], told["is_cut"])


def main() -> None:
    """The process: one question on standard input, one answer on standard output, both JSON."""
    question = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES << 20, MEGABYTES << 20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # not a byte into any file
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        with open_published(Path(question["published"]), DUCKDB_MEMORY) as con:
            answer = ask(con, question["sql"], limit=question["rows"], timeout_s=question["seconds"])
        told = {"columns": answer.columns, "rows": answer.rows, "is_cut": answer.is_cut}
    except QueryError as error:
        told = {"error": str(error)}
    text = json.dumps(told, ensure_ascii=False, default=str)
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
