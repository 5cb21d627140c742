"""``chasqui dashboard``: serve it, and hash the secrets of those who may review on it."""

from __future__ import annotations

import getpass
import ipaddress
import sys

from flows.failures import UsageError
from flows.settings import Home, Settings, SettingsError, load_settings

SHORTEST_TOKEN = 16
SHORTEST_SECRET = 10


def serve_dashboard(host: str | None, port: int | None) -> None:
    """Serve the dashboard until stopped."""
    overrides = {"dashboard_host": host, "dashboard_port": port}
    settings = load_settings(**{name: value for name, value in overrides.items() if value is not None})
    token = settings.dashboard_token.get_secret_value()
    check(settings)
    try:
        import streamlit  # noqa: F401 - whether it is there
    except ModuleNotFoundError as error:
        raise UsageError("the dashboard needs the extra `dashboard`: pip install 'chasqui[dashboard]'") from error
    from dashboards.app.server import serve
    from dashboards.app.setup import Setup

    home = Home(settings.home)
    base = settings.dashboard_base_path.strip("/")
    shown = f"[{settings.dashboard_host}]" if ":" in settings.dashboard_host else settings.dashboard_host
    asks = "; asks for the token: add ?token=… once" if token else ""
    print(f"dashboard on http://{shown}:{settings.dashboard_port}/{base}{asks}", file=sys.stderr, flush=True)
    setup = Setup(home.published, home.ops, home.search, settings.reviewers, settings.digest_stale_hours)
    serve(setup, settings.dashboard_host, settings.dashboard_port, base, token)


def check(settings: Settings) -> None:
    """Refuse what would show the data to everybody, or let nobody in.

    Raises:
        SettingsError: what is wrong, one line.
    """
    from dashboards.app.signin import is_hash

    token = settings.dashboard_token.get_secret_value()
    if token and len(token) < SHORTEST_TOKEN:
        raise SettingsError(f"setting 'dashboard_token': at least {SHORTEST_TOKEN} characters")
    if not token and not _is_loopback(settings.dashboard_host):
        raise SettingsError(
            f"setting 'dashboard_host': {settings.dashboard_host} is not this machine alone, so a 'dashboard_token' is needed"
        )
    for name, secret in settings.reviewers.items():
        if not is_hash(secret):
            raise SettingsError(f"setting 'reviewers': {name!r} needs what `chasqui dashboard secret` prints")


def print_secret() -> None:
    """Ask for a secret, twice on a terminal, and print what the settings hold instead of it."""
    from dashboards.app.signin import hash_secret

    if sys.stdin.isatty():
        secret = getpass.getpass("secret: ")
        if getpass.getpass("again: ") != secret:
            raise UsageError("the two are not the same")
    else:
        secret = sys.stdin.readline().rstrip("\n")
    if len(secret) < SHORTEST_SECRET:
        raise UsageError(f"a secret has at least {SHORTEST_SECRET} characters")
    print(hash_secret(secret))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
