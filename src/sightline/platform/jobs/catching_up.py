"""Which days has a duty still to do? Those since it was last done, so that a night it missed is made good the next.

The queue drops what is more than ten minutes late, and a duty that fails is not tried again that night. No further
back than a bound that the duty gives; what lies beyond is lost, is noted, and `sightline doctor` says so for a month.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sightline.platform import calendar

SAID_FOR = timedelta(days=31)
"""How long the doctor says that days were lost (judgement: whoever looks once a month should read of it)."""


@dataclass(frozen=True)
class LostDays:
    """Days that a duty never did and will not do now."""

    duty: str
    first: date
    last: date

    def __str__(self) -> str:
        return f"{self.duty} was never done for {self.first:%-d %B %Y} to {self.last:%-d %B %Y}"


def days_to_do(duty: str, most: int) -> list[date]:
    """Days that a daily duty, which does the day before, has to do now: since it was last done, to yesterday.

    At most the last `most`, and all of these where it was never done. Older ones are noted as lost. The last day done
    is given once more, for a run may begin before midnight and end after it: to do a day twice must do no harm.
    """
    return _since_done(duty, calendar.today(), timedelta(days=1), most)


def weeks_to_do(duty: str, most: int) -> list[date]:
    """Mondays of the weeks that a weekly duty has to do now, to last week's, as `days_to_do`."""
    return _since_done(duty, monday_of(calendar.today()), timedelta(days=7), most)


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def _since_done(duty: str, until: date, step: timedelta, most: int) -> list[date]:
    from sightline.platform.jobs.models import Tick

    oldest = until - step * most
    at = Tick.objects.filter(duty=duty).values_list("at", flat=True).first()
    first = oldest
    if at is not None:
        done = calendar.local_date(at)
        first = done if step.days == 1 else monday_of(done)
    if first < oldest:
        _note_lost(duty, first, oldest - timedelta(days=1))
    first = max(first - step, oldest)
    return [first + step * number for number in range((until - first) // step)]


def _note_lost(duty: str, first: date, last: date) -> None:
    from sightline.platform.jobs.models import Lost

    Lost.objects.update_or_create(duty=duty, first=first, defaults={"last": last, "noted_at": calendar.now()})


def lost_days() -> list[LostDays]:
    """What was lost, as far as it was noted lately."""
    from sightline.platform.jobs.models import Lost

    rows = Lost.objects.filter(noted_at__gt=calendar.now() - SAID_FOR).order_by("duty", "first")
    return [LostDays(row.duty, row.first, row.last) for row in rows]
