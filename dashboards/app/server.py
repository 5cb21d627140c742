"""The dashboard's server: Streamlit behind the door, on one address, with nothing asked of the network.

Not here: settings (``flows``), the pages.
"""

from __future__ import annotations

import socket
import threading
from importlib import import_module
from pathlib import Path

from dashboards.app.setup import Setup, configure

SCRIPT = Path(__file__).with_name("main.py")
ACCENT = "#b3261e"
HEAVY = ("dashboards.charts.figures", "warehouse.search.find")


class PortTakenError(OSError):
    """Another program listens there."""


def serve(setup: Setup, host: str, port: int, base_path: str = "", token: str = "") -> None:
    """Serve a dashboard until stopped.

    Args:
        setup: what it shows.
        host: address to listen on.
        port: its port.
        base_path: path under which a proxy serves it, such as ``monitor``.
        token: who opens the dashboard must have it; nobody is asked when empty.

    Raises:
        PortTakenError: another program listens there.
    """
    _check_free(host, port)
    # Imported here: it takes seconds, and a taken port should be told at once.
    from starlette.middleware import Middleware
    from streamlit.starlette import App

    from dashboards.app.door import Door
    from dashboards.app.shell import routes

    configure(setup)
    threading.Thread(target=_prepare, daemon=True).start()
    app = App(
        SCRIPT, routes=routes(base_path), middleware=[Middleware(Door, token=token, base_path=base_path.strip("/"))]
    )
    app.run(config=options(host, port, base_path))


def _prepare() -> None:
    """Load what draws and searches, so that the first reader does not wait for it, nor the port."""
    for name in HEAVY:
        import_module(name)


def options(host: str, port: int, base_path: str = "") -> dict[str, object]:
    """Streamlit's own settings."""
    return {
        "server.address": host,
        "server.port": port,
        "server.baseUrlPath": base_path.strip("/"),
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": 1,
        "server.disconnectedSessionTTL": 60,
        "browser.gatherUsageStats": False,
        "logger.hideWelcomeMessage": True,
        "logger.level": "warning",
        "client.toolbarMode": "minimal",
        "client.showErrorDetails": "none",
        "client.disableDataExport": True,  # every table has a CSV button of its own
        "runner.magicEnabled": False,
        "theme.base": "light",
        "theme.primaryColor": ACCENT,
        "theme.textColor": "#1d2733",
        "theme.linkColor": "#8c1d17",
        "theme.baseRadius": "small",
        "theme.headingFontSizes": ["1.9rem", "1.5rem", "1.25rem", "1.1rem", "1rem", "0.9rem"],
    }


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTakenError(f"cannot listen on {host}:{port}: {error.strerror}") from error
