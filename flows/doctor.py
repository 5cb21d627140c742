"""``chasqui doctor``: what is wrong with an installation, and what to do about it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

from flows.mail import look_at_mail
from flows.settings import Home, Settings, SettingsError, load_settings
from flows.steps.training import training_problems
from spiders.registry import RegistryError, load_registry

ROOM_DAYS = 60  # an operator wants to know two months ahead that the disk will be full
NIGHT_AGE = timedelta(hours=30)
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)  # a clock before the program's own making is wrong


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``advice`` says what to do when it is not well."""

    name: str
    state: str  # ok | warn | fail
    what: str
    advice: str = ""


def run_doctor() -> int:
    """Print the findings; 1 when one of them stops a night."""
    try:
        settings = load_settings()
    except SettingsError as error:
        print(f"fail  settings   {error}")
        return 1
    findings = list(examine(settings))
    for f in findings:
        print(f"{f.state:<5} {f.name:<10} {f.what}" + (f"  -> {f.advice}" if f.advice else ""))
    return 1 if any(f.state == "fail" for f in findings) else 0


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at everything a night needs."""
    yield Finding(
        "python", "ok", f"{sys.version.split()[0]}, chasqui {version('chasqui')}, prefect {version('prefect')}"
    )
    now = datetime.now(UTC)
    yield Finding(
        "clock", "ok" if now > EARLIEST else "fail", f"{now:%Y-%m-%d %H:%M} UTC", "" if now > EARLIEST else "set it"
    )
    home = Home(settings.home)
    yield from _disk(home, settings, now)
    yield from _registry(settings)
    yield _model(settings)
    if settings.train_python is not None:
        yield from (Finding("training", "warn", "nothing can be trained", todo) for todo in training_problems(settings))
    yield from _nights(home, now)
    yield from (Finding("mail", *found) for found in look_at_mail(settings))
    if not settings.contact:
        advice = "set CHASQUI_CONTACT to an address or URL"
        yield Finding("contact", "warn", "the User-Agent names nobody", advice)


def _disk(home: Home, settings: Settings, now: datetime) -> Iterator[Finding]:
    from flows.steps.disk import GB, GROWTH_DAYS, measure

    room = measure(home, settings, now)
    what = f"{room.free / GB:.1f} GB free for {home.root}"
    if room.is_low:
        yield Finding(
            "disk",
            "fail",
            what,
            f"make room: with less than keep_free_gb = {settings.keep_free_gb:g} nothing is fetched",
        )
        return
    if room.archive:
        what += f"; archive {room.archive / GB:.2f} GB, {room.grown / room.grown_days / 1e6:.1f} MB a day over {GROWTH_DAYS} days"
    if room.days_left is None or room.days_left > ROOM_DAYS:
        full = (
            ""
            if room.days_left is None
            else f": full in {room.days_left} days"
            if room.days_left < 3650
            else ": full in ten years or more"
        )
        yield Finding("disk", "ok", what + full)
    else:
        advice = "make room, or set retention_days for large sources"
        yield Finding("disk", "warn", f"{what}: full in {room.days_left} days", advice)
    if home.root.exists() and home.root.stat().st_mode & 0o077:
        yield Finding("privacy", "fail", f"{home.root} can be read by others", f"chmod 700 {home.root}")


def _registry(settings: Settings) -> Iterator[Finding]:
    try:
        registry = load_registry(settings.sources)
    except RegistryError as error:
        yield Finding("sources", "fail", str(error))
        return
    enabled = registry.enabled()
    unverified = sum(s.verified_on is None for s in enabled)
    yield Finding("sources", "ok", f"{len(enabled)} of {len(registry.sources)} enabled")
    if unverified:
        yield Finding("sources", "warn", f"{unverified} enabled sources have never been checked against the live site")


def _model(settings: Settings) -> Finding:
    from models.classifier import ModelMissingError
    from models.understand import Text, Understander

    try:
        understander = Understander(settings.model)
    except ModelMissingError as error:
        return Finding("model", "fail", str(error))
    found = understander.understand([Text("Asesinan a chofer de combi en Comas", "Era extorsionado.")])[0]
    best = max(found.scores, key=lambda label: found.scores[label])
    return Finding("model", "ok", f"{understander.version} answers ({best} {found.scores[best]:.2f})")


def _nights(home: Home, now: datetime) -> Iterator[Finding]:
    if not home.ops.exists():
        yield Finding("nights", "warn", "none yet", "run chasqui nightly")
        return
    from warehouse.ops import Ops

    with Ops(home.ops) as ops:
        last = ops.last_good_night()
    if last is None:
        yield Finding("nights", "warn", "none has ended well yet", "run chasqui nightly --debug")
    else:
        late = now - last > NIGHT_AGE
        yield Finding("nights", "warn" if late else "ok", f"last good one ended {last:%Y-%m-%d %H:%M} UTC",
                      "look at the last run's report" if late else "")  # fmt: skip
