"""Work done on a schedule, each piece of it by one worker at a time."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from procrastinate.contrib.django import app

from sightline.platform.jobs.ticks import tick

EVERY_MINUTE = "* * * * *"

_duties: dict[str, "Duty"] = {}
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Duty:
    """A named piece of work. `does` opens its own transactions (`clockwork`), so that what is done stays done."""

    name: str
    does: Callable[[], object]
    when: str


def duty(name: str, does: Callable[[], object], *, when: str = EVERY_MINUTE) -> None:
    """Give the worker something to do on a schedule (`when` as cron writes it). Call at start-up.

    Raises ValueError where another piece of work has the name.
    """
    if name in _duties:
        if _duties[name].does is does:
            return
        raise ValueError(f"There is already a duty called {name!r}: {_duties[name].does.__qualname__}.")
    _duties[name] = Duty(name, does, when)

    def run(timestamp: int, **kwargs: Any) -> None:
        do(name)

    # One lock each: a slow run is never overtaken by the next, and at most one more waits.
    task = app.task(name=f"sightline.{name}", queue="duties", lock=name, queueing_lock=name)(run)
    app.periodic(cron=when, periodic_id=name)(task)


def duties() -> dict[str, Duty]:
    """Every duty that was given, by name."""
    return dict(_duties)


def do(name: str) -> None:
    """Do a duty now and leave its tick; a duty that fails leaves none, so that it shows as late."""
    try:
        _duties[name].does()
    except Exception:
        _log.exception("The duty %s failed; it is tried again at its next time", name)
        raise
    tick(name)
