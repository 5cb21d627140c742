"""The dashboard in a browser: every page, both languages, phone and desk; quiet, within the house, and accessible."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.error import HTTPError, URLError

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from dashboards.app.signin import hash_secret
from tests.dashboards.made import Told, publish_events

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]

PAGES = (
    "",
    "timeline",
    "map",
    "map?level=districts&measure=rate",
    "events",
    "event?id=e1",
    "laws",
    "sources",
    "search?q=chofer",
    "sql",
    "review",
)
WIDTHS = (390, 1440)
LAUNCH = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update
--disable-sync""".split()
DRAWN = ".c-foot"  # the last thing a page draws
SLOW_MS = 120_000
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
HOSTILE = '<img src=x onerror="window.harmed=1"> ![x](https://evil.example/x.png)'
EVENTS = (
    Told("e1", types=("murder", "extortion"), killed=2, title="Matan a chofer en Comas"),
    Told("e2", sectors=("schools",), ubigeo=None, day=None, title=HOSTILE, evidence=HOSTILE, url="javascript:alert(3)"),
    Told("e3", types=("strike",), sectors=(), ubigeo="130101", title="Paro en Trujillo"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    publish_events(
        folder / "chasqui.duckdb", EVENTS,
        emergencies=(("DS 118-2026-PCM", date(2026, 10, 1), date(2026, 12, 31), "130100"),),
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with served(home) as found:
        yield found


class served:  # noqa: N801 - a context manager, read as a verb
    """A dashboard on a free port, as its command starts it."""

    def __init__(self, home: Path, **settings: str) -> None:
        self._home, self._settings = home, settings

    def __enter__(self) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = {k: v for k, v in os.environ.items() if not k.startswith("CHASQUI_")}
        environment |= {"CHASQUI_HOME": str(self._home), "CHASQUI_CONFIG": str(self._home / "none.toml")}
        environment |= {f"CHASQUI_{k.upper()}": v for k, v in self._settings.items()}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "flows.main", "dashboard", "--port", str(port)], env=environment, cwd=self._home
        )
        base = self._settings.get("dashboard_base_path", "").strip("/")
        address = f"http://127.0.0.1:{port}{f'/{base}' if base else ''}"
        for _ in range(600):
            if self._process.poll() is not None:
                raise AssertionError(f"the server ended with {self._process.returncode}")
            with contextlib.suppress(URLError, OSError):
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=5).close()
                return address
            time.sleep(0.2)
        raise AssertionError("the server does not answer")

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    executable = shutil.which("chromium")
    if executable is None:
        pytest.skip("no chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable, args=LAUNCH)
        yield opened
        opened.close()


def watched(page: Page) -> tuple[list[str], list[str]]:
    """What the page complains of, and what it asks of other machines."""
    complaints: list[str] = []
    outside: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: complaints.append(str(e)))
    page.on(
        "request",
        lambda r: outside.append(r.url) if not re.match(r"(https?|ws)://127\.0\.0\.1[:/]|data:|blob:", r.url) else None,
    )
    return complaints, outside


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_page_is_quiet_fits_and_is_accessible(browser: Browser, address: str, language: str, width: int) -> None:
    # The page's own policy would keep the checker out.
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    found: list[str] = []
    for name in PAGES:
        page = context.new_page()
        complaints, outside = watched(page)
        page.goto(f"{address}/{name}{'&' if '?' in name else '?'}lang={language}")
        page.wait_for_selector(DRAWN, timeout=SLOW_MS)
        page.wait_for_timeout(1500)
        found += [f"{name}: {text}" for text in complaints + outside]
        if page.evaluate("document.scrollingElement.scrollWidth") > width:
            found.append(f"{name}: wider than the window")
        if page.locator("[data-testid=stException]").count():
            found.append(f"{name}: an exception is shown")
        page.evaluate(AXE.read_text(encoding="utf-8"))
        for broken in page.evaluate("axe.run().then(r => r.violations)"):
            if broken["impact"] in {"serious", "critical"}:
                found.append(f"{name}: {broken['id']}: {broken['nodes'][0]['html'][:200]}")
        page.close()
    context.close()
    assert found == []


def test_other_peoples_words_do_nothing_and_the_policy_stands(browser: Browser, address: str) -> None:
    page = browser.new_page()
    complaints, outside = watched(page)
    for name in ("events", "event?id=e2"):
        page.goto(f"{address}/{name}")
        page.wait_for_selector(DRAWN, timeout=SLOW_MS)
        page.get_by_text("onerror").first.wait_for()
        assert page.evaluate("window.harmed") is None
        assert page.locator("a[href^='javascript']").count() == 0
    assert (complaints, outside) == ([], [])
    page.close()


def test_a_week_in_the_chart_leads_to_its_events(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1000, "height": 900})
    complaints, outside = watched(page)
    page.goto(f"{address}/timeline?lang=en")
    page.wait_for_selector(DRAWN, timeout=SLOW_MS)
    chart = page.get_by_test_id("stVegaLiteChart").locator("canvas, svg.marks").first
    chart.scroll_into_view_if_needed()
    page.wait_for_timeout(1500)
    box = chart.bounding_box()
    assert box is not None
    for x, y in ((x, y) for x in range(int(box["width"]) - 4, 0, -4) for y in range(8, int(box["height"]), 12)):
        page.mouse.move(box["x"] + x, box["y"] + y)
        if chart.evaluate("e => getComputedStyle(e).cursor") == "pointer":
            page.mouse.click(box["x"] + x, box["y"] + y)
            break
    page.wait_for_url(re.compile(r"/events\?since=\d{4}-\d\d-\d\d&until=.*lang=en"), timeout=SLOW_MS)
    page.wait_for_selector(DRAWN, timeout=SLOW_MS)
    assert (complaints, outside) == ([], [])
    page.close()


def test_sql_is_asked_by_the_button_and_answered(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/sql?q=SELECT 6*7 AS answer")
    page.wait_for_selector(DRAWN, timeout=SLOW_MS)
    assert page.get_by_test_id("stDataFrame").count() == 0
    page.get_by_role("button", name="Preguntar").click()
    page.get_by_test_id("stDataFrame").wait_for(timeout=SLOW_MS)
    page.get_by_label("Pregunta en SQL").fill("SELECT * FROM read_text('/etc/passwd')")
    page.get_by_role("button", name="Preguntar").click()
    page.get_by_text("Permission Error").wait_for(timeout=SLOW_MS)
    page.close()


def test_a_protected_instance_opens_by_its_link_alone(browser: Browser, home: Path) -> None:
    token = "t" * 20
    with served(home, dashboard_token=token, reviewers=f'{{"ana": "{hash_secret("una clave larga")}"}}') as address:
        with pytest.raises(HTTPError, match="401"):
            urllib.request.urlopen(f"{address}/events", timeout=30)
        page = browser.new_page()
        page.goto(f"{address}/events?token={token}")
        page.wait_for_selector(DRAWN, timeout=SLOW_MS)
        assert "token" not in page.url
        page.get_by_text("Matan a chofer en Comas").wait_for()
        page.close()


def test_under_a_base_path_pages_links_and_token_hold(browser: Browser, home: Path) -> None:
    token = "t" * 20
    with served(home, dashboard_base_path="/monitor/", dashboard_token=token) as address:
        assert address.endswith("/monitor")
        with pytest.raises(HTTPError, match="401"):
            urllib.request.urlopen(f"{address}/events", timeout=30)
        page = browser.new_page()
        complaints, outside = watched(page)
        page.goto(f"{address}/events?token={token}&region=15")
        page.wait_for_selector(DRAWN, timeout=SLOW_MS)
        assert page.url == f"{address}/events?region=15"
        page.get_by_role("link", name="Matan a chofer en Comas").click()
        page.get_by_role("heading", name="Qué se dijo antes").wait_for(timeout=SLOW_MS)
        assert page.url == f"{address}/event?id=e1"
        page.get_by_role("link", name="English").click()
        page.get_by_role("heading", name="What was said before").wait_for(timeout=SLOW_MS)
        page.get_by_role("link", name="Timeline").click()
        page.get_by_role("heading", name="Timeline").wait_for(timeout=SLOW_MS)
        assert page.url.startswith(f"{address}/timeline?lang=en")
        page.close()
    assert (complaints, outside) == ([], [])
