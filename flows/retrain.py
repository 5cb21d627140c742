"""The Prefect flow ``retrain``: the steps of ``steps/retraining.py`` as tasks, and its report as an artifact. No rule lives here."""

from __future__ import annotations

from typing import Any

from prefect import flow

from flows.nightly import run_in_flow
from flows.steps.retraining import run_retraining

TIMEOUT_S = 48 * 3600  # a training, and two nights that may have to be waited for


@flow(name="retrain", validate_parameters=False, persist_result=False, timeout_seconds=TIMEOUT_S)
def retrain() -> Any:
    """Train the classifier anew and promote it if no core label reads worse."""
    return run_in_flow("retrain", run_retraining)
