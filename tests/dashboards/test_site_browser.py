"""The static edition in a browser: drawn under its own policy, from a sub-path, asking nobody else, fit for every reader."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from dashboards.site.export import export_site
from tests.dashboards.made import MONDAY, Told, publish_events
from warehouse.query import open_published

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update
    --disable-sync""".split()
PATHS = (
    "",
    "timeline/",
    "map/",
    "events/",
    f"events/{MONDAY}/",
    "sectors/",
    "sector/transport/",
    "event/e1/",
    "laws/",
    "about/",
)
SERIOUS = {"serious", "critical"}
PATIENCE_MS = 120_000
EVENTS = (
    Told("e1", ("murder", "extortion"), killed=1, title="<b>Matan</b> a chofer", sources=("uno", "dos")),
    Told("e2", ("attack",), ("bodegas", "transport"), week=MONDAY - timedelta(weeks=2), ubigeo="131201"),
    Told("e3", ("new_law",), (), title="Ley contra la extorsión"),
)


class Quiet(SimpleHTTPRequestHandler):
    """Files, without a log."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name that is overridden
        del format, args


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A host that serves the site under a path of its own."""
    folder = tmp_path_factory.mktemp("web")
    emergencies = (("DS 1-2026-PCM", MONDAY - timedelta(weeks=3), MONDAY + timedelta(weeks=9), "150110"),)
    file = publish_events(folder / "chasqui.duckdb", EVENTS, emergencies=emergencies)
    with open_published(file) as con:
        export_site(con, folder / "www" / "monitor")
    handler = functools.partial(Quiet, directory=str(folder / "www"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/monitor/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.mark.server
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1440, "light")])
@pytest.mark.parametrize("language", ["", "en/"])
def test_every_page_draws_quietly_and_for_everybody(
    base: str, browser: Any, language: str, width: int, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    # The policy forbids scripts from outside, the checker's too; it holds for the page that is looked at first.
    strict = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    loose = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    for path in PATHS:
        said: list[str] = []
        asked: list[str] = []
        page = strict.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", lambda m, said=said: said.append(m.text))
        page.on("pageerror", lambda e, said=said: said.append(str(e)))
        page.on("request", lambda r, asked=asked: asked.append(r.url))
        page.goto(f"{base}{language}{path}")
        assert page.locator("html").get_attribute("lang") == (language.strip("/") or "es")
        plots = page.locator(".plot")
        for n in range(plots.count()):
            plots.nth(n).scroll_into_view_if_needed()
            plots.nth(n).locator("svg").wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("b").count() == 0
        assert not said, (path, said)
        assert all(url.startswith(base) for url in asked), asked
        page.close()

        checked = loose.new_page()
        checked.set_default_timeout(PATIENCE_MS)
        checked.goto(f"{base}{language}{path}")
        found = Axe().run(checked).response["violations"]
        assert not [(v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in SERIOUS], path
        checked.close()
    strict.close()
    loose.close()


@pytest.mark.server
@pytest.mark.timeout(600)
def test_the_policy_stops_what_is_injected(base: str, browser: Any) -> None:
    page = browser.new_page()
    page.goto(base)
    page.evaluate("""() => {
        const script = document.createElement('script'); script.textContent = 'window.ran = 1'; document.head.append(script);
    }""")
    assert page.evaluate("window.ran") is None
    page.close()
