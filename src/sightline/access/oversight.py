"""Starts what is asked about reads: on what each relied, the weekly sample and the unusual access of the night."""

from sightline.platform import audit
from sightline.platform.jobs import duty

from .oversight_basis import relied_on
from .oversight_sample import draw_last_week
from .oversight_unusual import find_yesterdays


def register() -> None:
    """Called once at start-up."""
    audit.relied_on_by(relied_on)
    duty("draw-weekly-sample", draw_last_week, when="30 5 * * 1")
    duty("find-unusual-access", find_yesterdays, when="40 3 * * *")
