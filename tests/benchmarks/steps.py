"""Steps of a benchmark: each in a process of its own, so that its peak memory is its own, with files and figures left in a folder.

Here: the command line that the large benchmarks share, running steps, keeping figures. Not here: what is measured.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

Figures = dict[str, float]
Step = Callable[[Path, int], Figures | None]  # the folder and the number of documents


def main(
    says: str | None, benchmark: str, steps: Mapping[str, Step], show: Callable[[dict[str, Figures]], None]
) -> None:
    """Entry of a benchmark.

    Args:
        says: what it is, for ``--help``.
        benchmark: name of its file of figures.
        steps: by name, in their order.
        show: prints the figures of all steps that were run, now or before.
    """
    parser = argparse.ArgumentParser(description=says, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="?", type=int, default=20_000)
    parser.add_argument("--keep", type=Path, metavar="DIR", help="Work in DIR/DOCUMENTS, and leave everything there.")
    parser.add_argument(
        "--step", action="append", choices=list(steps), help="Only this one, on what earlier ones left."
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(options.keep or temporary) / str(options.documents)
        folder.mkdir(parents=True, exist_ok=True)
        chosen = {name: steps[name] for name in steps if options.step is None or name in options.step}
        print(f"{options.documents:,} documents, {options.documents * 10:,} mentions", flush=True)
        show(run(folder, options.documents, benchmark, chosen))


def run(folder: Path, documents: int, benchmark: str, steps: Mapping[str, Step]) -> dict[str, Figures]:
    """Run steps and give the figures of these and of those run before."""
    path = folder / f"{benchmark}.json"
    figures: dict[str, Figures] = json.loads(path.read_text()) if path.exists() else {}
    for name, step in steps.items():
        figures[name] = apart(step, folder, documents)
        path.write_text(json.dumps(figures, indent=1))
    return figures


def apart(function: Callable[..., Figures | None], *arguments: Any) -> Figures:
    """Run a function in a process of its own; its figures, with the seconds and the memory it took."""
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    process = context.Process(target=_answer, args=(function, arguments, results))
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(f"{function.__name__} ended with {process.exitcode}")
    return results.get()


def _answer(function: Callable[..., Figures | None], arguments: tuple[Any, ...], results: Any) -> None:
    start = time.perf_counter()
    found = function(*arguments) or {}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    results.put({"seconds": time.perf_counter() - start, "peak_gb": peak} | found)


def percentile(times: Sequence[float], share: float = 0.95) -> float:
    """The value that so great a share of measured ones does not exceed."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]
