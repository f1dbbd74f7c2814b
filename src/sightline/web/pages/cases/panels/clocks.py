"""Every time limit of the case: running ones first, then how the others ended."""

from sightline.web.components.clock_words import clock_words
from sightline.web.pages.cases.opening import Opened

from .base import Panel


def clocks_panel(opened: Opened) -> list[Panel]:
    """Clocks in words with their class, limit and source. No panel for a process that has none."""
    if not opened.case.declared.clocks:
        return []
    shown = [clock for clock in opened.matter.clocks if clock.ended != clock.Ended.REPLACED]
    ordered = sorted(shown, key=lambda clock: (clock.stopped_at is not None, clock.due_at))
    return [Panel("clocks", "Clocks", "clocks", [clock_words(clock) for clock in ordered], "No clock is running.")]
