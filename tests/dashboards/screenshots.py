"""Pages of digests as a reader sees them, phone and desktop, light and dark: ``python -m tests.dashboards.screenshots FOLDER``.

The pictures are left in ``artefacts/digest/`` for a person to look at.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
PICTURES = Path(__file__).parents[2] / "artefacts" / "digest"
WIDTHS = (360, 1000)
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def opened(browser: Browser, width: int, scheme: Scheme) -> Page:
    """An empty page of a width."""
    return browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)


def shoot(page: Page, name: str, width: int, scheme: Scheme) -> Path:
    """The whole page as a picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    path = PICTURES / f"{name}-{width}-{scheme}.png"
    page.screenshot(path=path, full_page=True)
    return path


def main(folder: Path) -> None:
    """Every page below a folder."""
    if CHROMIUM is None:
        print("no pictures: there is no Chromium (apt-get install chromium)")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for file in sorted(folder.rglob("*.html")):
            for width in WIDTHS:
                for scheme in SCHEMES:
                    page = opened(browser, width, scheme)
                    page.goto(file.absolute().as_uri())
                    print(shoot(page, f"demo-{file.stem}", width, scheme))
                    page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
