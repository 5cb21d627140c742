"""Documentation is tested: what exists is described, what is described exists."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer.main

from flows.main import app
from flows.settings import Settings

ROOT = Path(__file__).parents[1]
ROOMS = ("flows", "spiders", "models", "warehouse", "dashboards", "tests")


def commands() -> list[str]:
    group = typer.main.get_command(app)
    names = []
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        names += [f"{name} {sub}" for sub in inner] if inner else [name]
    return names


@pytest.mark.parametrize("name", commands())
def test_every_command_stands_in_the_readme(name: str) -> None:
    assert f"`chasqui {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_described(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "docs/settings.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_lives_there_and_how_to_add_to_it(room: str) -> None:
    text = (ROOT / room / "README.md").read_text(encoding="utf-8")
    assert "import" in text.lower()
    assert "**Add a" in text or "## Add" in text
