"""The dashboard's pages over a small published file, drawn without a browser."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from dashboards.app.setup import Setup, configure
from tests.dashboards.made import NIGHT

VIEWS = ("overview", "timeline", "maps", "events", "event", "laws", "sources", "search", "sql", "review")


def set_up(published: Path, **changes: object) -> None:
    """Show a published file, on the night it was made."""
    values = {"published": published, "ops": published.with_name("ops.sqlite"), "search": published.with_name("search")}
    configure(Setup(**{**values, "now": lambda: NIGHT, **changes}))  # type: ignore[arg-type]


def page(view: str, language: str = "es", **query: str | list[str]) -> AppTest:
    """A page, drawn once."""

    def script(view: str, language: str) -> None:
        from importlib import import_module

        from dashboards.language import tongue

        import_module(f"dashboards.app.views.{view}").draw(tongue(language))

    drawn = AppTest.from_function(script, default_timeout=60, kwargs={"view": view, "language": language})
    for key, value in query.items():
        drawn.query_params[key] = value
    return drawn.run()


def told(drawn: AppTest) -> str:
    """All that stands on a page, as its HTML and Markdown have it."""
    kinds = (
        drawn.title,
        drawn.header,
        drawn.markdown,
        drawn.caption,
        drawn.info,
        drawn.warning,
        drawn.error,
        drawn.success,
    )
    texts = [e.value for kind in kinds for e in kind]
    return "\n".join(texts + [e.proto.body for e in drawn.get("html")])
