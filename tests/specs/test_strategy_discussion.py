"""A strategy discussion goes from the need to a decision that everybody invited has in writing."""

from datetime import UTC, datetime, timedelta

import pytest

from sightline.engine.matter import load
from sightline.engine.models import Case
from sightline.engine.perform import open_case, perform
from sightline.engine.refusals import AnswersRefused, GateUnmet, NotAllowed
from sightline.parts.ledger import ledger, opened
from sightline.platform import calendar
from tests.journey import Journey

DECIDED = {
    "decision": "s47-joint",
    "rationale": "A mark on a child who says little",
    "child_voice": "She does not like Saturdays",
    "risk_analysis": "Likely to happen again",
    "safe_tonight": "She stays with her grandmother until Friday",
}
ACTION = {"what": "See Maya alone", "who": "Sol Ames", "if_not": "Ring the chair"}


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def strategy(journey):
    return journey.strategy()


def matter_of(journey, case, who="team_manager"):
    with journey.acting(getattr(journey.world, who)):
        return load(case.pk)


def attendance(journey, case, **presence):
    """Rows of attendance by discipline: social_care="here", police="no-answer" ..."""
    seats = matter_of(journey, case).seats_now
    came = {seat.pk: presence.get(seat.discipline.replace(" ", "_"), "here") for seat in seats}
    return [{"seat": seat, "presence": how, "wrote": "", "absence_reason": ""} for seat, how in came.items()]


def hold(journey, case, who="team_manager", **answers):
    given = {
        "held_at": calendar.now(),
        "attendance": attendance(journey, case),
        "actions": [{**ACTION, "agency": journey.world.agency("ardenvale-council").pk, "due_on": calendar.today()}],
        **DECIDED,
        **answers,
    }
    return journey.take(case, who, "record_meeting", **given)


def sent(journey, case):
    hold(journey, case)
    journey.take(case, "team_manager", "send_minutes")
    return case


def clock(journey, case, key):
    return next((c for c in reversed(matter_of(journey, case).clocks) if c.key == key), None)


def test_social_care_police_and_health_are_invited_from_the_moment_of_need(journey, strategy):
    seats = {seat.discipline: seat.required for seat in matter_of(journey, strategy).seats_now}
    assert seats == {"social care": True, "police": True, "health": True, "education": False}


def test_the_local_clock_of_three_working_days_runs_from_the_need(journey, strategy):
    running = clock(journey, strategy, "hold_in_time")
    need = matter_of(journey, strategy).last("identify_need").at
    assert running.rule == "CK-06S"
    assert running.clock_class == "local"
    expected = calendar.add_working_days(calendar.local(need).date(), 3)
    assert calendar.local(running.due_at).date() == expected


def test_immediate_risk_starts_the_same_day_clock_as_well(journey):
    contact = journey.contact(in_danger="yes")
    journey.take(contact, "worker", "hold_strategy_now")
    with journey.acting(journey.world.manager):
        case = Case.visible_to(journey.world.manager).get(process="strategy-discussion")
    running = clock(journey, case, "hold_same_day")
    assert running.rule == "CK-06U"
    assert calendar.local(running.due_at).date() == calendar.local(running.started_at).date()


def test_without_immediate_risk_there_is_no_same_day_clock(journey, strategy):
    assert clock(journey, strategy, "hold_same_day") is None


def test_quorum_is_worked_out_from_who_came_or_wrote_in(journey, strategy):
    rows = attendance(journey, strategy, police="wrote-in", education="no-answer")
    hold(journey, strategy, attendance=rows)
    meeting = matter_of(journey, strategy).meeting
    assert meeting.quorate
    assert meeting.missing == []


def test_a_meeting_without_police_steps_back_only_with_a_reason_and_a_day_to_meet_again(journey, strategy):
    rows = attendance(journey, strategy, police="no-answer")
    with pytest.raises(AnswersRefused) as refused:
        hold(journey, strategy, attendance=rows, decision="no-s47", views=views(journey, strategy))
    assert set(refused.value.errors) == {"without_quorum", "reconvene_at"}


def test_a_protective_decision_is_never_stopped_by_quorum(journey, strategy):
    rows = attendance(journey, strategy, police="no-answer")
    step = hold(journey, strategy, attendance=rows)
    meeting = matter_of(journey, strategy).meeting
    assert not meeting.quorate
    assert meeting.missing == ["police"]
    assert {"without_quorum", "reconvene_at"} <= set(step.left_for_later)


def views(journey, case, view="some"):
    matter = matter_of(journey, case)
    return [
        {"seat": seat.pk, "subject": child.pk, "view": view}
        for child in matter.children_of_concern
        for seat in matter.seats_now
    ]


def test_no_enquiry_needs_each_agency_s_view_of_each_child(journey, strategy):
    with pytest.raises(AnswersRefused, match="what each agency thinks"):
        hold(journey, strategy, decision="no-s47")
    hold(journey, strategy, decision="no-s47", views=views(journey, strategy))
    assert len(matter_of(journey, strategy).views) == 4


def test_a_meeting_that_could_not_go_ahead_is_kept_and_its_agencies_are_invited_again(journey, strategy):
    journey.take(strategy, "team_manager", "call", planned_for=calendar.now())
    again = calendar.now() + timedelta(days=1)
    rows = attendance(journey, strategy, police="no-answer")
    journey.take(
        strategy, "team_manager", "reconvene", reconvene_reason="No police", reconvene_at=again, attendance=rows
    )
    matter = matter_of(journey, strategy)
    first, second = matter.meetings
    assert first.missing == ["police"]
    assert first.held_at is None
    assert second.planned_for == again
    assert {seat.discipline for seat in matter.seats_now} >= {"social care", "police", "health", "education"}
    assert matter.running("hold_in_time"), "the need is the same, and so is its clock"


def test_a_meeting_that_nobody_had_called_is_met_again_too(journey, strategy):
    again = calendar.now() + timedelta(days=1)
    journey.take(strategy, "team_manager", "reconvene", reconvene_reason="No health", reconvene_at=again)
    assert matter_of(journey, strategy).meeting.number == 2


def test_police_cannot_close_a_strategy_discussion(journey, strategy):
    sent(journey, strategy)
    with pytest.raises(NotAllowed, match="It is done by"):
        journey.take(strategy, "police", "close")


def test_only_a_service_manager_other_than_whoever_saw_the_need_decides_not_to_hold_it(journey, strategy):
    answers = {"not_held_reason": "Explained by the hospital", "agencies_consulted": "Police and health agree"}
    with pytest.raises(NotAllowed):
        journey.take(strategy, "team_manager", "not_hold", **answers)
    journey.take(strategy, "service_manager", "not_hold", **answers)
    assert not journey.now(strategy).open
    assert clock(journey, strategy, "hold_in_time").ended == "met"


def test_an_enquiry_starts_the_clock_of_the_conference(journey, strategy):
    hold(journey, strategy)
    running = clock(journey, strategy, "conference_in_time")
    held = matter_of(journey, strategy).last("record_meeting").at
    assert running.rule == "CK-08"
    assert calendar.local(running.due_at).date() == calendar.add_working_days(calendar.local(held).date(), 15)
    assert clock(journey, strategy, "hold_in_time").ended == "met"


def test_no_enquiry_starts_no_clock_of_a_conference(journey, strategy):
    hold(journey, strategy, decision="no-s47", views=views(journey, strategy))
    assert clock(journey, strategy, "conference_in_time") is None


def test_minutes_are_made_from_the_record_and_stop_their_clock(journey, strategy):
    hold(journey, strategy, dissent=[{"seat": matter_of(journey, strategy).seats_now[0].pk, "dissent": "Too slow"}])
    assert clock(journey, strategy, "record_in_time").rule == "CK-18"
    journey.take(strategy, "team_manager", "send_minutes")
    meeting = matter_of(journey, strategy).meeting
    written = str(meeting.minutes)
    for said in (DECIDED["rationale"], DECIDED["child_voice"], "See Maya alone", "Too slow", "Conference due by"):
        assert said in written, said
    assert clock(journey, strategy, "record_in_time").ended == "met"


def test_everybody_invited_is_sent_the_minutes_whether_or_not_they_came(journey, strategy):
    hold(journey, strategy, attendance=attendance(journey, strategy, education="no-answer"))
    journey.take(strategy, "support", "send_minutes")
    matter = matter_of(journey, strategy)
    entries = {(e.row.agency.name if e.row.agency else "family"): e.state for e in ledger(matter, matter.meeting)}
    assert entries == {
        "Ardenvale Council": "Not opened",
        "Ardenvale Police": "Not opened",
        "NHS Ardenvale Integrated Care Board": "Not opened",
        "Millbrook School": "Not opened",
        "family": "Not yet decided",
    }


def test_an_agency_with_nobody_to_send_to_stays_in_sight_and_holds_up_closing(journey, strategy, world):
    from sightline.people.models import RoleHeld

    hold(journey, strategy)
    RoleHeld.objects.filter(worker=world.health.worker).update(valid_to=calendar.today())
    journey.take(strategy, "team_manager", "send_minutes")
    matter = matter_of(journey, strategy)
    states = [entry.state for entry in ledger(matter, matter.meeting)]
    assert states.count("No contact route") == 1
    with pytest.raises(GateUnmet, match="has no contact route"):
        journey.take(strategy, "team_manager", "close")
    RoleHeld.objects.filter(worker=world.accounts["health"].worker).update(valid_to=None)
    journey.take(strategy, "support", "send_again")
    assert "No contact route" not in [entry.state for entry in ledger(matter_of(journey, strategy), matter.meeting)]


def test_closing_waits_for_the_family_copy_and_for_every_action(journey, strategy):
    sent(journey, strategy)
    with pytest.raises(GateUnmet) as refused:
        journey.take(strategy, "team_manager", "close")
    assert {gate.gate for gate in refused.value.unmet} == {"family-copy", "actions-ended"}
    family = next(row for row in matter_of(journey, strategy).circulation if row.family)
    withheld = [{"circulation": family.pk, "decision": "withheld", "withheld": "It would not be safe"}]
    journey.take(strategy, "team_manager", "decide_family_copy", family_copy=withheld)
    action = matter_of(journey, strategy).actions[0]
    ended = [{"action": action.pk, "evidence": "Seen alone today", "dropped": ""}]
    journey.take(strategy, "support", "finish_actions", finished_actions=ended)
    journey.take(strategy, "team_manager", "close")
    assert not journey.now(strategy).open


def test_an_action_is_for_a_person_and_has_a_date(journey, strategy):
    action = {"what": "Monitor", "who": "All", "agency": journey.world.agency("ardenvale-council").pk, "if_not": "Ring"}
    with pytest.raises(AnswersRefused, match="'All' is not a person"):
        hold(journey, strategy, actions=[action])


def test_a_copy_is_opened_by_its_own_agency_once_and_that_is_audited(journey, strategy, world, acting):
    from sightline.platform.audit.models import AuditRow

    meeting = matter_of(journey, sent(journey, strategy)).meeting
    with acting(world.police):
        assert opened(meeting, world.police) == 1
        assert opened(meeting, world.police) == 0
    matter = matter_of(journey, strategy)
    states = {e.row.agency.key: e.state for e in ledger(matter, meeting) if e.row.agency}
    assert states["ardenvale-police"] == "Opened"
    assert states["ardenvale-icb"] == "Not opened"
    assert AuditRow.objects.filter(action="opened minutes").count() == 1


def test_a_copy_not_opened_by_its_due_day_is_late_and_one_opened_late_stays_late(journey, strategy):
    matter = matter_of(journey, sent(journey, strategy))
    due = matter.circulation[0].due_at
    assert not any(entry.late for entry in ledger(matter, matter.meeting, at=due))
    late = [entry for entry in ledger(matter, matter.meeting, at=due + timedelta(seconds=1)) if entry.late]
    assert len(late) == 4, "the family's copy has no due day"
    matter.circulation[0].opened_at = due + timedelta(days=1)
    assert ledger(matter, matter.meeting, at=datetime(2099, 1, 1, tzinfo=UTC))[0].late


def test_a_required_agency_answers_its_own_invitation_only(journey, strategy):
    answer = [{"answer": "wrote-in", "wrote": "Two call-outs", "who": "", "absence_reason": ""}]
    journey.take(strategy, "police", "answer_invitation", answered_invitation=answer)
    seats = {seat.discipline: seat.presence for seat in matter_of(journey, strategy).seats_now}
    assert seats["police"] == "wrote-in"
    assert seats["health"] == ""


def test_a_child_of_a_discussion_started_alone_can_be_identified_so_that_brothers_and_sisters_are_found(world, acting):
    child = {"kind": "child", "given_names": "Maya", "family_name": "Dunne"}
    with acting(world.team_manager):
        told = {"trigger": "open-case", "people": [child]}
        case = open_case("strategy-discussion", by=world.team_manager, partnership=world.partnership, answers=told).case
        subject = case.subjects.get()
        rows = [{"subject": subject.pk, "is_person": "new"}]
        perform(case, "identify", by=world.team_manager, answers={"identified": rows})
        assert case.subjects.get().person is not None


def test_an_agency_ends_its_own_actions_and_nobody_else_s(journey, strategy):
    sent(journey, strategy)
    action = matter_of(journey, strategy).actions[0]
    other = "police" if action.agency.key != "ardenvale-police" else "health"
    ended = [{"action": action.pk, "evidence": "Done", "dropped": ""}]
    with pytest.raises(AnswersRefused, match="to end"):
        journey.take(strategy, other, "finish_actions", finished_actions=ended)


def test_business_support_takes_notes_and_the_chair_decides(journey, strategy):
    journey.take(strategy, "support", "take_notes", information_shared="Police: two call-outs")
    with pytest.raises(NotAllowed, match="It is done by"):
        journey.take(strategy, "support", "record_meeting", held_at=calendar.now(), decision="s47-joint")


def test_whoever_hands_a_case_on_no_longer_has_the_owner_s_part(journey):
    contact = journey.contact()
    journey.take(contact, "worker", "take")
    journey.take(contact, "manager", "allocate", allocated_to=journey.world.lead_worker.worker.pk)
    parts = [(p.worker, p.ends_at is None) for p in matter_of(journey, contact).involvements if p.part == "owner"]
    assert [worker for worker, live in parts if live] == [journey.world.lead_worker.worker]
