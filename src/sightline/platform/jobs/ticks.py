"""When was each duty last done, and which are late?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models.functions import Now

from sightline.platform import calendar

TOO_LONG = timedelta(minutes=5)


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


def late_duties(within: timedelta = TOO_LONG) -> list[Late]:
    """Duties not done within this long; all of them where the worker does not run."""
    from sightline.platform.jobs.models import Tick
    from sightline.platform.jobs.schedule import duties

    ticks = dict(Tick.objects.values_list("duty", "at"))
    oldest = calendar.now() - within
    return [Late(name, ticks.get(name)) for name in duties() if ticks.get(name) is None or ticks[name] < oldest]
