"""Starts what is asked about reads: on what each relied, the weekly sample, the unusual access, and late reviews."""

from sightline.platform import audit
from sightline.platform.jobs import duty

from .oversight_basis import relied_on
from .oversight_sample import DRAWING, draw_weeks
from .oversight_unusual import FINDING, find_days
from .telling_of_glass import TELLING_AGAIN, tell_again


def register() -> None:
    """Called once at start-up."""
    audit.relied_on_by(relied_on)
    duty(DRAWING, draw_weeks, when="30 5 * * 1")
    duty(FINDING, find_days, when="40 3 * * *")
    duty(TELLING_AGAIN, tell_again, when="50 5 * * *")
