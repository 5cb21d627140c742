"""``chasqui forget``: a page, or every page that says a name, out of the home for good."""

from __future__ import annotations

import sys

from flows.failures import UsageError
from flows.progress import make_reporter
from flows.settings import load_settings
from flows.steps.forget import ShortNameError, WaitingBatchesError, forget
from flows.steps.night import new_night


def forget_pages(wanted: str) -> int:
    """Forget what an address, a document's id or a name means; 1 when nothing was found or something is left."""
    settings = load_settings()
    night = new_night(settings, make_reporter(settings.log_format), "forget")
    try:
        done = forget(night, wanted)
    except (ShortNameError, WaitingBatchesError) as error:
        raise UsageError(str(error)) from error
    if not done.pages:
        print("chasqui: no page bears that address or id, and none says that name", file=sys.stderr)
        return 1
    print(f"{done.pages} pages forgotten, {done.records} archived records blanked; they will not be read again")
    for path in done.left:
        print(f"chasqui: still named in {path}", file=sys.stderr)
    return 1 if done.left else 0
