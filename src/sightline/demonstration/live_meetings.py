"""Today's strategy discussions: wanted, called for today, held with minutes to send, sent and not opened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sightline.platform import calendar

from .acting_out import STRATEGY, Story
from .agencies import ICB, MILLBROOK, POLICE
from .families import a_family
from .hours import wait
from .kinship import Kinship
from .meeting_record import record_of
from .seeding import chance
from .standing import Standing
from .strategy_story import StrategyTold, call_answers, identify_answers
from .workers import LEAD_WORKERS

NUMBERS_FROM = 63_000


@dataclass(frozen=True)
class MeetingStands:
    """`ago`: working days since the need. `stage`: need, called, decided, sent. `planned`: hours from now.

    opened: agencies that have opened the record. also: an agency invited as well.
    """

    stage: str
    ago: int
    venue: str = "team"
    planned: float = 0.0
    decision: str = "s47-joint"
    opened: tuple[str, ...] = ()
    also: str = ""


_M = MeetingStands
MEETINGS: tuple[MeetingStands, ...] = (
    _M("need", 0, "mash"),
    _M("need", 1),
    _M("need", 5),
    _M("called", 0, "mash", planned=1.5, also=MILLBROOK),
    _M("called", 1, planned=3.0),
    _M("called", 2, planned=0.5, also="lantern-house"),
    _M("called", 5, planned=22.0, also=MILLBROOK),
    _M("decided", 2, "mash"),
    _M("decided", 4, decision="assess"),
    _M("decided", 7),
    _M("sent", 3, "mash", opened=(ICB,), also=MILLBROOK),
    _M("sent", 5, opened=()),
    _M("sent", 6, decision="no-s47", opened=(POLICE,)),
    _M("sent", 7, "mash", opened=(ICB, POLICE)),
    _M("sent", 7, also="bluebell-yard-nursery"),
)


def meetings(standing: Standing, until: datetime) -> Iterator[tuple[Kinship | None, Story]]:
    """Strategy discussions that teams have started, as far as each has come."""
    for place, stands in enumerate(MEETINGS):
        yield None, _meeting(standing, until, stands, place)


def _meeting(standing: Standing, until: datetime, stands: MeetingStands, place: int) -> Story:
    name = f"today's meeting {place}"
    family = a_family(name, calendar.local_date(until) - timedelta(days=90), known=False)
    at = _need(until, stands)
    told = StrategyTold(Story(name, NUMBERS_FROM + place, family, STRATEGY), at, chance(name), standing, stands.venue)
    told.decision, told.chair = stands.decision, "team-manager"
    told.school = stands.also
    people = [*family.children(calendar.local_date(at)), *family.adults(calendar.local_date(at))]
    told.story.add(
        at, STRATEGY, "identify_need", told.pick.choice(LEAD_WORKERS).username, identify_answers(told, people)
    )
    if stands.stage == "need":
        return told.story
    held = wait(until, stands.planned * 60) if stands.stage == "called" else min(wait(at, 300), wait(until, -400))
    told.story.add(wait(at, 20), STRATEGY, "call", told.support, call_answers(told, held))
    if stands.stage == "called":
        return told.story
    told.story.add(wait(held, 60), STRATEGY, "record_meeting", told.chair, record_of(told, held))
    if stands.stage == "sent":
        sent = wait(held, 240)
        told.story.add(sent, STRATEGY, "send_minutes", told.support)
        for key in stands.opened:
            told.story.add(wait(sent, 90), STRATEGY, "open minutes", standing.person_at(key))
    return told.story


def _need(until: datetime, stands: MeetingStands) -> datetime:
    if stands.ago == 0:
        return wait(until, -100)
    day = calendar.add_working_days(calendar.local_date(until), -stands.ago)
    return calendar.at_local(day, datetime.min.time().replace(hour=11, minute=5))
