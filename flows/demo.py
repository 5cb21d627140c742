"""``chasqui demo``: one real night over the newsroom, in a folder of its own; real data are never touched."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path

from flows.failures import UsageError
from flows.settings import load_settings

DEMO = Path("demo")
TODAY = date(2026, 11, 15)  # the newsroom's last day
MARKER = ".chasqui-demo"  # the folder is ours to delete
LOOK_BACK_DAYS = 70  # its ten weeks


class NewsroomMissingError(Exception):
    """The newsroom is part of a checkout, not of an installed package."""


def run_demo(*, fresh: bool) -> None:
    """Serve the newsroom, run the night against it, show what came of it."""
    root = Path(__file__).parents[1]
    if not (root / "tests" / "newsroom").is_dir():
        raise NewsroomMissingError("the demo needs a checkout of the repository: its newsroom lives in tests/newsroom")
    sys.path.insert(0, str(root))
    from flows.commands.ask import show_timeline
    from flows.commands.digest import write_digests
    from flows.commands.site import write_site
    from flows.run import run_flow
    from tests.newsroom import Newsroom

    if DEMO.exists() and not (DEMO / MARKER).exists() and any(DEMO.iterdir()):
        raise UsageError(f"{DEMO.absolute()} was not made by the demo; it is left alone: move it away, or go elsewhere")
    if fresh:
        shutil.rmtree(DEMO, ignore_errors=True)
    DEMO.mkdir(exist_ok=True, mode=0o700)
    (DEMO / MARKER).touch()
    os.environ["CHASQUI_HOME"] = str(DEMO)
    with Newsroom(today=TODAY) as newsroom:
        registry = DEMO / "sources.toml"
        registry.write_text(newsroom.registry_toml(), encoding="utf-8")
        settings = load_settings(
            home=DEMO,
            sources=registry,
            groups=root / "groups.example.toml",
            contact="demo",
            today=TODAY,
            look_back_days=LOOK_BACK_DAYS,
            delay_s=0,
            allow_loopback=True,
        )
        run_flow("nightly", settings)
    print("\nTransport, week by week:")
    show_timeline(["transport"], [], None, None, None, "week", "table")
    print("\nMurders told by the newsroom:")
    show_timeline([], ["murder"], None, None, None, None, "table")
    pages = write_digests(settings)
    print(f"\nThe week's digests for three groups: {', '.join(str(p.relative_to(Path.cwd())) for p in pages)}")
    site = write_site(settings, DEMO / "site")
    print(f"\nThe public site, {site.files} files in {DEMO}/site: .venv/bin/python -m http.server -d {DEMO}/site")
    print(f"\nEverything is in {DEMO}/. Ask it:")
    print(f"  CHASQUI_HOME={DEMO} .venv/bin/chasqui timeline --sector transport --by week")
    print(f"  CHASQUI_HOME={DEMO} .venv/bin/chasqui sql 'from events order by killed desc limit 5'")
