"""A group's sitting by the engine: seats, quorum, whose a decision is, and when it takes effect."""

from datetime import timedelta

import pytest
from governing import Sittings

from sightline.engine.matter import load
from sightline.engine.models import Link
from sightline.engine.perform import open_case
from sightline.engine.refusals import AnswersRefused, NotAllowed
from sightline.people.group_seats import seats_on
from sightline.people.models import Group, GroupMembership, Partnership
from sightline.platform import calendar


@pytest.fixture
def sittings(world, acting):
    return Sittings(world, acting)


@pytest.fixture
def ready(sittings):
    return sittings.with_papers(sittings.planned())


def clocks(sittings, case):
    with sittings.acting(sittings.world.hub):
        return {clock.key: clock for clock in load(case.pk).clocks}


def test_everybody_who_sits_on_the_group_that_day_has_a_seat_and_sees_the_sitting(sittings, acting, world):
    case = sittings.planned("steering")
    with acting(world.hub):
        seats = {seat.who: seat.why for seat in load(case.pk).seats_now}
    assert seats == {"Max Orr": "Chair", "Priya Shah": "Member", "Dee Cole": "Member", "Obi Hart": "Member"}
    with acting(world.manager):
        assert case.__class__.visible_to(world.manager).filter(pk=case.pk).exists()
    with acting(world.second_manager):
        assert not case.__class__.visible_to(world.second_manager).filter(pk=case.pk).exists()


def test_the_title_names_the_group_and_the_day(sittings, acting, world):
    case = sittings.planned()
    day = calendar.today() + timedelta(days=14)
    assert case.title == f"Executive group, {day:%-d %B %Y}"


def test_papers_are_due_five_working_days_before_and_moving_the_day_moves_that(sittings, acting, world):
    case = sittings.planned()
    before = clocks(sittings, case)["papers_in_time"]
    day = calendar.today() + timedelta(days=14)
    assert calendar.local_date(before.due_at) == calendar.add_working_days(day, -5)
    later = calendar.now() + timedelta(days=28)
    sittings.take(case, "hub", "move", planned_for=later, moved_reason="Half of us are at an inspection")
    after = clocks(sittings, case)["papers_in_time"]
    assert calendar.local_date(after.due_at) == calendar.add_working_days(calendar.local_date(later), -5)


def test_a_deputy_on_the_list_counts_and_one_who_is_not_does_not(sittings, ready, acting, world):
    answers = sittings.record(ready)
    seat = next(row for row in answers["group_attendance"] if row["seat"] == _seat(sittings, ready, "police_partner"))
    seat |= {"presence": "deputy", "deputy": "not-on-list", "who_came": "A constable"}
    answers["decisions"][0]["agreed"] = ["social care", "health"]
    sittings.take(ready, "hub", "record_sitting", **answers)
    assert sittings.decisions(ready)[0].state == "provisional"
    second = sittings.with_papers(sittings.planned())
    answers = sittings.record(second)
    seat = next(row for row in answers["group_attendance"] if row["seat"] == _seat(sittings, second, "police_partner"))
    seat |= {"presence": "deputy", "deputy": str(world.accounts["police_deputy"].worker.pk)}
    sittings.take(second, "hub", "record_sitting", **answers)
    assert sittings.decisions(second)[0].state == "effective"


def _seat(sittings, case, who):
    with sittings.acting(sittings.world.hub):
        worker = sittings.world.accounts[who].worker
        return next(seat.pk for seat in load(case.pk).seats_now if seat.worker_id == worker.pk)


def test_a_deputy_stands_only_for_their_own_agency(sittings, ready, world):
    answers = sittings.record(ready)
    seat = next(row for row in answers["group_attendance"] if row["seat"] == _seat(sittings, ready, "council_partner"))
    seat |= {"presence": "deputy", "deputy": str(world.accounts["police_deputy"].worker.pk)}
    with pytest.raises(AnswersRefused, match="not on the deputy list for Ardenvale Council"):
        sittings.take(ready, "hub", "record_sitting", **answers)


def test_the_scrutineer_never_counts_and_never_chairs_whatever_the_membership_says(sittings, ready, acting, world):
    group = Group.objects.get(key="executive")
    worker = world.accounts["scrutineer"].worker
    GroupMembership.objects.create(group=group, worker=worker, capacity="chair", valid_from=calendar.today())
    seats = [seat for seat in seats_on(group, calendar.today()) if seat.worker == worker]
    assert [(seat.capacity, seat.counts) for seat in seats] == [("in attendance", False)]
    with pytest.raises(AnswersRefused, match="The independent scrutineer never chairs"):
        sittings.held(ready, chaired_by=worker)


def test_a_chair_of_another_group_cannot_check_the_minutes(sittings, ready):
    sittings.held(ready)
    sittings.take(ready, "hub", "draft_minutes", discussed=sittings.record(ready)["discussed"])
    with pytest.raises(NotAllowed, match="It is for Obi Hart, who chairs this group"):
        sittings.take(ready, "chair", "check_minutes")
    sittings.take(ready, "nhs_partner", "check_minutes")
    assert sittings.stage(ready) == "checked"


def test_the_scrutineer_has_no_step_that_decides_or_approves(sittings, ready, acting, world):
    from sightline.engine.permission import steps_for

    with acting(world.scrutineer):
        steps = {step.key for step in steps_for(load(ready.pk), world.scrutineer)}
    assert steps == {"say_coming", "declare_interest"}
    sittings.held(ready)
    with acting(world.scrutineer):
        assert steps_for(load(ready.pk), world.scrutineer) == []


def test_minutes_go_to_every_member_and_to_the_deputy_who_came(sittings, ready, acting, world):
    answers = sittings.record(ready)
    seat = next(row for row in answers["group_attendance"] if row["seat"] == _seat(sittings, ready, "police_partner"))
    seat |= {"presence": "deputy", "deputy": str(world.accounts["police_deputy"].worker.pk)}
    sittings.take(ready, "hub", "record_sitting", **answers)
    sittings.take(ready, "hub", "draft_minutes", discussed=answers["discussed"])
    sittings.take(ready, "nhs_partner", "check_minutes")
    with acting(world.hub):
        sent = {row.who: (row.why, bool(row.sent_at), row.family) for row in load(ready.pk).circulation}
    assert sent["Rhona Vickery"] == ("Came as a deputy", True, False)
    assert sent["Dun Acht"] == ("Their deputy came", True, False)
    assert len(sent) == 5


def test_a_later_sitting_of_the_same_group_confirms_the_minutes_and_no_other(sittings, ready):
    sittings.held(ready, at=calendar.now() - timedelta(days=6))
    sittings.take(ready, "hub", "draft_minutes", discussed=sittings.record(ready)["discussed"])
    sittings.take(ready, "nhs_partner", "check_minutes")
    other = sittings.planned("steering")
    with pytest.raises(AnswersRefused, match="Select a later meeting of the executive group"):
        sittings.take(ready, "hub", "confirm_minutes", confirmed_at=other)
    later = sittings.with_papers(sittings.planned())
    sittings.held(later)
    sittings.take(ready, "hub", "confirm_minutes", confirmed_at=later)
    assert sittings.stage(ready) == "confirmed"


def test_whoever_has_no_seat_declares_no_interest(sittings, ready):
    item = sittings.items(ready)[0]
    with pytest.raises(NotAllowed, match="You have no seat at this meeting"):
        sittings.take(ready, "chair", "declare_interest", interests=[{"item": str(item.pk)}])


def test_a_sitting_that_discussed_a_matter_is_linked_to_it(sittings, acting, world):
    about = sittings.planned("steering")  # any matter of the partnership stands in for a recommendation
    case = sittings.planned()
    sittings.take(case, "hub", "issue_agenda", agenda=[{"kind": "assurance", "title": "What changed?"}])
    with acting(world.hub):
        item = sittings.items(case)[0]
        item.about = about
        item.save()
    sittings.take(case, "hub", "issue_papers", papers=[{"item": item.pk}])
    answers = sittings.record(case)
    sittings.take(case, "hub", "record_sitting", **{**answers, "decisions": []})
    with acting(world.hub):
        [link] = Link.visible_to(world.hub).filter(kind="discussed")
    assert (link.source_id, link.target_id) == (case.pk, about.pk)


def test_a_chair_plans_and_cancels_only_for_the_group_that_they_chair(sittings, acting, world):
    group = Group.objects.get(key="executive")
    told = {"group": group, "planned_for": calendar.now() + timedelta(days=20)}
    with acting(world.chair), pytest.raises(NotAllowed, match="It is for Obi Hart, who chairs this group"):
        open_case("group-meeting", by=world.chair, partnership=world.partnership, answers=told)
    case = sittings.planned()
    with pytest.raises(NotAllowed, match="It is for Obi Hart"):
        sittings.take(case, "chair", "cancel", cancelled_reason="No need")
    sittings.take(case, "nhs_partner", "cancel", cancelled_reason="An inspection that week")
    assert sittings.stage(case) == "cancelled"


def test_a_group_of_another_partnership_cannot_be_planned_for(sittings, acting, world):
    elsewhere = Partnership.objects.create(key="thornmere", name="Thornmere", invented=True)
    group = Group.objects.create(partnership=elsewhere, key="executive", name="Executive", valid_from=calendar.today())
    told = {"group": group, "planned_for": calendar.now() + timedelta(days=20)}
    with acting(world.hub), pytest.raises(AnswersRefused, match="Select a group of this partnership"):
        open_case("group-meeting", by=world.hub, partnership=world.partnership, answers=told)


def test_the_public_is_not_told_whose_interest_was_declared(sittings, ready, acting, world):
    from sightline.parts.readable import public, readable

    item = sittings.items(ready)[0]
    sittings.take(ready, "council_partner", "declare_interest", interests=[{"item": str(item.pk), "says": "My sister"}])
    sittings.held(ready)
    sittings.take(ready, "hub", "draft_minutes", discussed=sittings.record(ready)["discussed"])
    with acting(world.hub):
        meeting = load(ready.pk).meeting
    assert "Interest declared: Hel Stur." in str(readable(meeting, world.council_partner))
    assert "Hel Stur" not in str(public(meeting))
    assert str(item) in str(public(meeting))


def test_an_agency_ends_its_own_actions_and_no_other(sittings, ready, acting, world):
    sittings.held(ready)
    with acting(world.hub):
        [action] = load(ready.pk).actions
    ended = [{"action": action.pk, "evidence": "Published on the website"}]
    with pytest.raises(AnswersRefused, match="Action 1 is Ardenvale Police's to end"):
        sittings.take(ready, "council_partner", "finish_actions", finished_actions=ended)
    sittings.take(ready, "police_partner", "finish_actions", finished_actions=ended)
    with acting(world.hub):
        assert load(ready.pk).actions[0].done_at
