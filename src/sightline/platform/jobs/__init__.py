"""What happens by itself, and how do we know that it still does?

A layer above gives its work at start-up by `duty`; the worker does it on a schedule, in the name of the service's own
account. Each time a duty is done it leaves a tick, by which a watcher outside can tell that the worker is alive.
"""

from sightline.platform.jobs.acting import clockwork, works_as
from sightline.platform.jobs.catching_up import days_to_do, lost_days, weeks_to_do
from sightline.platform.jobs.schedule import Duty, do, duties, duty
from sightline.platform.jobs.ticks import Late, late_duties

__all__ = [
    "Duty",
    "Late",
    "clockwork",
    "days_to_do",
    "do",
    "duties",
    "duty",
    "late_duties",
    "lost_days",
    "weeks_to_do",
    "works_as",
]
