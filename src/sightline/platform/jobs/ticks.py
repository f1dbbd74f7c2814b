"""When was each duty last done, and which are late?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from croniter import croniter
from django.db.models.functions import Now

from sightline.platform import calendar

GRACE = timedelta(minutes=5)


@dataclass(frozen=True)
class Late:
    """A duty that should have been done by now. `since` is None where it was never done."""

    duty: str
    since: datetime | None

    def __str__(self) -> str:
        return f"{self.duty} was last done {calendar.local(self.since):%-d %B at %H:%M}" if self.since else self.never

    @property
    def never(self) -> str:
        return f"{self.duty} was never done"


def tick(name: str) -> None:
    """Note that a duty has been done, by the database's clock."""
    from sightline.platform.jobs.models import Tick

    Tick.objects.update_or_create(duty=name, defaults={"at": Now()})


def late_duties(grace: timedelta = GRACE) -> list[Late]:
    """Duties not done within `grace` of when their schedule says; all of them where the worker does not run."""
    from sightline.platform.jobs.models import Tick
    from sightline.platform.jobs.schedule import duties

    ticks = dict(Tick.objects.values_list("duty", "at"))
    until = calendar.now() - grace
    found = []
    for name, duty in duties().items():
        at = ticks.get(name)
        if at is None or at < croniter(duty.when, until).get_prev(datetime):
            found.append(Late(name, at))
    return found
