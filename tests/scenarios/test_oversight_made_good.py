"""A night or a Monday that the worker missed is made good; what lies too far back is said."""

from datetime import datetime, time, timedelta

import pytest
from contacts import bound, rated, signed_in, told

from sightline.access import oversight_sample, oversight_unusual
from sightline.access.models import SampledRead, UnusualAccess
from sightline.access.oversight_rules import MISSED_DAYS, MISSED_WEEKS
from sightline.people.models import RoleHeld
from sightline.platform import calendar, jobs
from sightline.platform.jobs.models import Tick
from sightline.platform.settings.doctor import Fault, duties_done
from sightline.platform.settings.environment import Environment

TODAY = calendar.today()
NIGHT, MORNING = time(3, 40), time(5, 30)
FINDING, DRAWING = oversight_unusual.FINDING, oversight_sample.DRAWING


@pytest.fixture
def case(world):
    return rated(world, told(world, at=calendar.now()), "amber", calendar.now())


@pytest.fixture
def read(world, case):
    """A worker opens a record of their own family name today, by the database's clock."""
    worker = world.accounts["second_worker"].worker
    worker.family_name = "Dunne"
    worker.save()
    assert signed_in(world, "second_worker").get(f"/cases/{case.pk}/").status_code == 200


def moment(day, clock=NIGHT):
    return datetime.combine(day, clock, tzinfo=calendar.now().tzinfo)


def done_on(duty, day, clock=NIGHT):
    """The duty was done then, and its tick says so."""
    Tick.objects.update_or_create(duty=duty, defaults={"at": moment(day, clock)})


def listed(world):
    with bound(world.ig):
        return list(UnusualAccess.objects.values_list("rule", "day"))


def sampled(world):
    with bound(world.ig):
        return list(SampledRead.objects.values_list("worker_id", "week"))


@pytest.mark.parametrize("nights", [1, 2, MISSED_DAYS])
def test_a_day_whose_night_was_missed_is_listed_the_next_time(world, read, nights):
    done_on(FINDING, TODAY)
    with calendar.frozen(moment(TODAY + timedelta(days=nights))):
        oversight_unusual.find_days()
        oversight_unusual.find_days()
    assert listed(world) == [("same-surname", TODAY)]


def test_a_night_that_fails_is_done_again_with_the_next(world, read, monkeypatch):
    done_on(FINDING, TODAY)
    with calendar.frozen(moment(TODAY + timedelta(days=1))), monkeypatch.context() as broken:
        broken.setattr(oversight_unusual, "opened_in", lambda *given: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            jobs.do(FINDING)
    with calendar.frozen(moment(TODAY + timedelta(days=2))):
        jobs.do(FINDING)
    assert listed(world) == [("same-surname", TODAY)]


def test_days_further_back_than_is_made_good_are_lost_and_the_doctor_says_which(world, read):
    for name in jobs.duties():
        jobs.do(name)
    assert duties_done(Environment()) == "every duty was done in its time"
    done_on(FINDING, TODAY)
    back = TODAY + timedelta(days=MISSED_DAYS + 2)
    with calendar.frozen(moment(back)):
        jobs.do(FINDING)
        assert listed(world) == []
        for name in jobs.duties():
            done_on(name, back, time(3, 41))
        first, last = TODAY, TODAY + timedelta(days=1)
        with pytest.raises(Fault, match=f"{FINDING} was never done for {first:%-d %B %Y} to {last:%-d %B %Y}"):
            duties_done(Environment())
    later = back + timedelta(days=32)
    with calendar.frozen(moment(later)):
        for name in jobs.duties():
            done_on(name, later, time(3, 41))
        assert duties_done(Environment()) == "every duty was done in its time"


@pytest.mark.parametrize("weeks", [1, 2, MISSED_WEEKS])
def test_a_week_whose_monday_was_missed_is_drawn_the_next_time(world, read, weeks):
    monday = TODAY - timedelta(days=TODAY.weekday())
    done_on(DRAWING, monday, MORNING)
    with calendar.frozen(moment(monday + timedelta(days=7 * weeks), MORNING)):
        oversight_sample.draw_weeks()
        oversight_sample.draw_weeks()
    assert sampled(world).count((world.second_worker.worker.pk, monday)) == 1


def test_whoever_left_since_is_sampled_for_the_week_in_which_they_read(world, read):
    worker = world.second_worker.worker
    monday = TODAY + timedelta(days=7 - TODAY.weekday())
    RoleHeld.objects.filter(worker=worker).update(valid_to=TODAY + timedelta(days=1))
    with calendar.frozen(moment(monday, MORNING)):
        oversight_sample.draw_weeks()
    assert worker.pk in {who for who, _ in sampled(world)}


def test_whoever_began_after_the_week_is_not_sampled_for_it_and_no_manager_who_left_is_asked(world, read):
    monday = TODAY + timedelta(days=7 - TODAY.weekday())
    for name in ("second_manager",):
        RoleHeld.objects.filter(worker=getattr(world, name).worker).update(valid_to=monday)
    RoleHeld.objects.filter(worker=world.worker.worker).update(valid_from=monday)
    with calendar.frozen(moment(monday, MORNING)):
        pairs = oversight_sample.managers_of(world.partnership, monday - timedelta(days=7))
    assert world.worker.worker.pk not in pairs
    assert pairs[world.second_worker.worker.pk] == world.manager.worker.pk
