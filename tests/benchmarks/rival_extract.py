"""One extractor over a folder of pages, in whatever environment has it: ``python rival_extract.py TOOL FOLDER``.

Uses nothing of the house, so that it runs beside libraries that exclude ours. Prints the texts by file as one JSON object after
a first reading that is not measured; then, for each line on its standard input, reads all pages again and prints CPU seconds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path


def trafilatura_default() -> Callable[[str, str], str]:
    import trafilatura

    return lambda html, url: trafilatura.extract(html, url=url) or ""


def trafilatura_fast() -> Callable[[str, str], str]:
    import trafilatura

    return lambda html, url: trafilatura.extract(html, url=url, fast=True) or ""


def trafilatura_metadata() -> Callable[[str, str], str]:
    import trafilatura

    def run(html: str, url: str) -> str:
        document = trafilatura.bare_extraction(html, url=url, with_metadata=True)
        return (document.text if document is not None and not isinstance(document, dict) else None) or ""

    return run


def readability() -> Callable[[str, str], str]:
    from lxml import html as parser
    from readability import Document  # type: ignore[import-not-found]

    def run(html: str, url: str) -> str:
        document = Document(html, url=url)
        document.title()
        return str(parser.fromstring(document.summary()).text_content())

    return run


def newspaper() -> Callable[[str, str], str]:
    from newspaper import Article  # type: ignore[import-not-found]

    def run(html: str, url: str) -> str:
        article = Article(url, fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return str(article.text)

    return run


TOOLS = {
    "trafilatura": trafilatura_default,
    "trafilatura fast": trafilatura_fast,
    "trafilatura + metadata": trafilatura_metadata,
    "readability-lxml": readability,
    "newspaper4k": newspaper,
}


def main(tool: str, folder: Path) -> None:
    """Run one tool for as long as it is asked to."""
    pages = [(p.name, p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.html"))]
    urls = {name: told[0] for name, told in json.loads((folder / "pages.json").read_text(encoding="utf-8")).items()}
    read = TOOLS[tool]()

    def read_all() -> dict[str, str]:
        texts = {}
        for name, html in pages:
            try:
                texts[name] = read(html, urls[name])
            except Exception:  # noqa: BLE001 - a tool that breaks on a page has no text of it
                texts[name] = ""
        return texts

    print(json.dumps(read_all()), flush=True)
    for _ in sys.stdin:
        start = time.process_time()
        read_all()
        print(time.process_time() - start, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
