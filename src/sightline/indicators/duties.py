"""Figures are worked out again by themselves: after a census has come, and once a day for cases."""

from __future__ import annotations

from sightline.indicators.analytics_copy import censuses_held
from sightline.indicators.models import Run
from sightline.indicators.refreshing import refresh
from sightline.people.hosted import hosted_partnerships
from sightline.people.models import Partnership
from sightline.platform import calendar
from sightline.platform.jobs import clockwork

EVERY_FIVE_MINUTES = "*/5 * * * *"


def keep_figures_fresh() -> int:
    """Work out the figures of each partnership whose figures are stale; returns how many partnerships had new ones."""
    done = 0
    for partnership in hosted_partnerships():
        with clockwork():
            if reason := why_stale(partnership):
                done += bool(refresh(partnership, reason).changed)
    return done


def why_stale(partnership: Partnership) -> str:
    """Why the figures held may be out of date, or "" where they are not."""
    last = Run.visible_to(None, working_out=partnership).order_by("-at").first()
    if last is None:
        return "first time"
    if any(census.loaded_at > last.at for census in censuses_held(partnership)):
        return "a census was loaded"
    return "a new day" if calendar.local_date(last.at) < calendar.today() else ""
