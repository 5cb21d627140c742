"""What all tests share: no settings of the person who runs them, no network but loopback."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1].parent / "shared" / "samples"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads or writes the working folder's settings or data."""
    for name in list(os.environ):
        if name.startswith("CHASQUI_") and not name.startswith("CHASQUI_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("CHASQUI_CONFIG", str(tmp_path / "chasqui.toml"))
    monkeypatch.setenv("CHASQUI_HOME", str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def same_main_module() -> Iterator[None]:
    """Streamlit's test runner leaves its script as ``__main__``; processes spawned later would try to run that."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture
def samples() -> Path:
    """Folder of real pages kept outside the repository."""
    if not SAMPLES.is_dir():
        pytest.skip(f"no sample pages at {SAMPLES}")
    return SAMPLES


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need a server or a browser run in `make test-full` only, the longest proofs in `make soak` only."""
    soak, full = (os.environ.get(f"CHASQUI_TEST_{name}") for name in ("SOAK", "FULL"))
    reasons = {
        "server": None if full or soak else "needs a server or a browser: make test-full runs it",
        "slow": None if full or soak else "takes minutes: make test-full runs it",
        "soak": None if soak else "takes many minutes: make soak runs it",
    }
    for keyword, why in reasons.items():
        for item in items:
            if why and item.get_closest_marker(keyword):
                item.add_marker(pytest.mark.skip(reason=why))
