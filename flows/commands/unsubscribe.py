"""``chasqui unsubscribe``: the listener, and suppressions by hand."""

from __future__ import annotations

import contextlib
import signal
import threading

from dashboards.digest.groups import ADDRESS
from dashboards.digest.tokens import Subscription
from dashboards.digest.unsubscribe import UnsubscribeServer
from flows.failures import UsageError
from flows.mail import SECRET_LENGTH
from flows.settings import Home, SettingsError, load_settings
from flows.steps.digest import groups_of, outbox_of
from warehouse.outbox import EVERY_GROUP


def serve_unsubscribe(host: str, port: int) -> None:
    """Listen until stopped."""
    settings = load_settings()
    secret = settings.mail_secret.get_secret_value()
    if len(secret) < SECRET_LENGTH:
        raise SettingsError(f"set mail_secret to {SECRET_LENGTH} random characters or more")
    home = Home(settings.home).make()
    languages = {g.id: g.language for g in groups_of(settings)}

    def suppress(subscription: Subscription) -> bool:
        with outbox_of(home) as outbox:  # a connection a wish: they come from several threads
            return outbox.suppress(subscription.address, subscription.group_id, "unsubscribed")

    with UnsubscribeServer((host, port), secret, suppress, languages.get) as server:
        stop = threading.Thread(target=server.shutdown, daemon=True)
        with contextlib.suppress(ValueError):  # not the main thread: whoever runs us stops us
            signal.signal(signal.SIGTERM, lambda *_: stop.start())
        print(f"listening on http://{host}:{server.server_address[1]}", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()


def add_suppression(address: str, group: str | None) -> None:
    """No more mail to an address, of one group or of any."""
    settings = load_settings()
    if not ADDRESS.fullmatch(address):
        raise UsageError(f"{address!r} is no mail address")
    known = {g.id for g in groups_of(settings)}
    if group is not None and group not in known:
        raise UsageError(f"--group must be one of {', '.join(sorted(known))}, got {group!r}")
    with outbox_of(Home(settings.home).make()) as outbox:
        is_news = outbox.suppress(address, group or EVERY_GROUP, "operator")
    print("noted" if is_news else "was so already")


def list_suppressions() -> None:
    """Who gets no mail, of which group, why and since when."""
    with outbox_of(Home(load_settings().home).make()) as outbox:
        for address, group, reason, since in outbox.suppressed():
            print(f"{address}\t{'every group' if group == EVERY_GROUP else group}\t{reason}\t{since}")
