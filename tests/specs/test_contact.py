"""A contact goes from a worry to an endorsed decision, and the referrer is told."""

from datetime import date

import pytest

from sightline.engine.amend import correct, override
from sightline.engine.matter import load
from sightline.engine.models import Case, CaseStep
from sightline.engine.perform import open_case, perform
from sightline.engine.refusals import AnswersRefused, Conflict, GateUnmet, NotAllowed
from sightline.parts.history import earlier
from sightline.people.models import Person, RoleHeld
from sightline.platform import calendar
from sightline.platform.calendar import local_date, today
from sightline.processes.front_door.contact_record import ContactRecord
from sightline.processes.front_door.rules import no_further_action_before
from tests.journey import STEP_BACK

CHILD = {"kind": "child", "given_names": "Maya", "family_name": "Dunne", "date_of_birth": date(2018, 2, 8)}
TOLD = {"narrative": "A bruise on the cheek", "people": [CHILD], "channel": "portal", "in_danger": "no"}


@pytest.fixture
def contact(world, acting):
    with acting(world.school):
        return open_case("contact", by=world.school, partnership=world.partnership, answers=TOLD).case


def take(contact, world, acting, who, step, **answers):
    actor = getattr(world, who)
    with acting(actor):
        return perform(contact, step, by=actor, answers=answers)


def checked(contact, world, acting):
    """The contact, logged and with a priority."""
    with acting(world.officer):
        waiting = [{"subject": s.pk, "is_person": "new"} for s in contact.subjects.all()]
    take(contact, world, acting, "officer", "log", source="2A", concerns=["physical"], identified=waiting)
    take(contact, world, acting, "worker", "set_priority", rag="amber", rag_reason="Injury, explained")
    return contact


def test_from_the_moment_of_receipt_the_duty_manager_owns_the_contact(contact, world, acting):
    with acting(world.worker):
        case = Case.visible_to(world.worker).get(pk=contact.pk)
        assert case.owner == world.manager.worker
        assert not case.named_owner


def test_the_clock_of_one_working_day_starts_at_receipt(contact, world, acting):
    with acting(world.worker):
        clock = contact.clocks.get(key="decide_and_tell")
        assert clock.clock_class == "guidance"
        assert clock.due_at > clock.started_at


def test_an_unqualified_officer_cannot_set_a_priority(contact, world, acting):
    with pytest.raises(NotAllowed, match="It is done by"):
        take(contact, world, acting, "officer", "set_priority", rag="red", rag_reason="x")


def test_no_further_action_waits_for_every_agency_or_a_reason(contact, world, acting):
    checked(contact, world, acting)
    asked = [{"agency": world.agency("ardenvale-police").pk}, {"agency": world.agency("ardenvale-icb").pk}]
    take(contact, world, acting, "worker", "ask_agencies", agencies=asked)
    with pytest.raises(GateUnmet, match="Ardenvale Police has not replied"):
        take(contact, world, acting, "worker", "propose", **STEP_BACK)
    take(contact, world, acting, "worker", "propose", **STEP_BACK, without_agencies="Both rang: nothing held")


def test_a_manager_may_override_a_gate_with_a_reason(contact, world, acting):
    checked(contact, world, acting)
    take(contact, world, acting, "worker", "ask_agencies", agencies=[{"agency": world.agency("ardenvale-police").pk}])
    with acting(world.manager):
        override(contact.pk, "propose", "agencies-answered", by=world.manager, reason="Police systems are down")
    take(contact, world, acting, "worker", "propose", **STEP_BACK)


def test_a_strategy_discussion_waits_for_nothing_and_is_opened_once(contact, world, acting):
    take(contact, world, acting, "worker", "hold_strategy_now")
    with acting(world.manager):
        opened = Case.visible_to(world.manager).filter(process="strategy-discussion")
        assert opened.count() == 1
        assert opened.get().subjects.count() == 1
        seats = opened.get().meetings.get().seats.all()
        assert {seat.discipline for seat in seats} == {"social care", "police", "health", "education"}
    take(contact, world, acting, "manager", "endorse")
    with acting(world.manager):
        assert Case.visible_to(world.manager).filter(process="strategy-discussion").count() == 1


def test_a_protective_decision_is_taken_with_everything_else_blank(contact, world, acting):
    checked(contact, world, acting)
    step = take(contact, world, acting, "worker", "propose", decision="assessment")
    assert set(step.left_for_later) == {"history_summary", "lived_experience", "agreement", "rationale"}


def test_stepping_back_needs_every_answer(contact, world, acting):
    checked(contact, world, acting)
    with pytest.raises(AnswersRefused) as refused:
        take(contact, world, acting, "worker", "propose", decision="nfa")
    assert set(refused.value.errors) == {"history_summary", "lived_experience", "agreement", "rationale"}


def test_refused_help_forces_the_question_of_stepping_up(contact, world, acting):
    checked(contact, world, acting)
    with pytest.raises(GateUnmet, match="refused help"):
        take(contact, world, acting, "worker", "propose", **{**STEP_BACK, "agreement": "refused"})


def test_nobody_steps_back_from_a_child_who_has_not_been_looked_up(contact, world, acting):
    take(contact, world, acting, "worker", "set_priority", rag="green", rag_reason="Explained")
    with pytest.raises(GateUnmet, match="Say who Maya Dunne is"):
        take(contact, world, acting, "worker", "propose", **STEP_BACK)
    take(contact, world, acting, "worker", "propose", decision="assessment")


def test_an_injury_needs_to_be_known_as_one_of_a_child_who_moves_about(contact, world, acting):
    checked(contact, world, acting)
    take(contact, world, acting, "officer", "add_information", injury="yes")
    with pytest.raises(GateUnmet, match="Record how the child moves about"):
        take(contact, world, acting, "worker", "propose", **STEP_BACK)
    take(contact, world, acting, "officer", "add_information", mobility="pre-rolling")
    with pytest.raises(GateUnmet, match="has to be examined"):
        take(contact, world, acting, "worker", "propose", **STEP_BACK)
    take(contact, world, acting, "officer", "add_information", mobility="walking")
    take(contact, world, acting, "worker", "propose", **STEP_BACK)


def test_a_priority_set_before_the_contact_is_logged_still_asks_who_else_is_around(contact, world, acting):
    take(contact, world, acting, "worker", "set_priority", rag="green", rag_reason="Explained")
    with acting(world.worker):
        assert "new partner" in contact.actions.get().what


def test_a_raised_priority_ends_the_proposal_to_lower_it(contact, world, acting):
    checked(contact, world, acting)
    take(contact, world, acting, "worker", "propose_lower_priority", lower_to="green", rag_reason="Seen and well")
    take(contact, world, acting, "worker", "raise_priority", rag="red")
    with pytest.raises(NotAllowed, match="No lower priority has been proposed"):
        take(contact, world, acting, "manager", "endorse_lower_priority")


def test_a_manager_alone_changes_a_decision_only_to_one_that_protects(contact, world, acting):
    checked(contact, world, acting)
    take(contact, world, acting, "manager", "propose", **STEP_BACK)
    with pytest.raises(AnswersRefused, match="decision"):
        take(contact, world, acting, "manager", "change_to_more_protective", decision="advice")
    take(contact, world, acting, "manager", "change_to_more_protective", decision="assessment")


def test_a_contact_is_linked_only_to_one_that_is_there(contact, world, acting):
    with acting(world.school):
        first = open_case("contact", by=world.school, partnership=world.partnership, answers=TOLD).case
        waiting = [{"subject": s.pk, "is_person": "new"} for s in contact.subjects.all()]
    take(contact, world, acting, "officer", "log", identified=waiting)
    for wrong in ("C-000000", contact.reference):
        with pytest.raises(AnswersRefused, match="There is no other contact"):
            take(contact, world, acting, "manager", "link_duplicate", duplicate_of=wrong, rationale="The same")
    told_again = {"duplicate_of": first.reference.lower(), "rationale": "The same words"}
    take(contact, world, acting, "manager", "link_duplicate", **told_again)
    with acting(world.worker):
        assert contact.links_out.get(kind="repeats").target == first


def test_a_record_of_another_partnership_is_never_taken_for_this_child(contact, world, acting):
    from uuid import uuid4

    with acting(world.officer):
        waiting = [{"subject": s.pk, "is_person": str(uuid4())} for s in contact.subjects.all()]
    with pytest.raises(AnswersRefused, match="Choose one of the records shown"):
        take(contact, world, acting, "officer", "log", identified=waiting)


def test_an_agency_that_knows_the_family_is_invited_to_the_strategy_discussion(contact, world, acting):
    checked(contact, world, acting)
    take(contact, world, acting, "worker", "ask_agencies", agencies=[{"agency": world.agency("tollgate-school").pk}])
    with acting(world.other_school):
        enquiry = Case.visible_to(world.other_school).get(process="agency-enquiry")
    said = {"information": "Her brother is here", "sensitivity": "all-asked", "view_of_risk": "some"}
    take(enquiry, world, acting, "other_school", "reply", **said)
    take(contact, world, acting, "worker", "propose", decision="strategy")
    with acting(world.manager):
        seats = Case.visible_to(world.manager).get(process="strategy-discussion").meetings.get().seats.all()
        assert "tollgate-school" in {seat.agency.key for seat in seats}


def test_repeats_are_counted_over_twelve_months_whatever_was_looked_at_before(contact, world, acting):
    checked(contact, world, acting)
    with acting(world.manager):
        maya = contact.subjects.get().person
        for months in (6, 13):
            at = calendar.start_of_day(calendar.add_months(calendar.today(), -months))
            before = open_case("contact", by=world.manager, partnership=world.partnership, answers=TOLD, at=at).case
            before.subjects.update(person=maya)
            ContactRecord.objects.filter(case=before).update(decision="nfa")
        matter = load(contact.pk)
        assert len(earlier(matter, world.manager)) == 2
        assert no_further_action_before(matter) == 1


def test_whoever_proposed_cannot_endorse(contact, world, acting):
    checked(contact, world, acting)
    take(contact, world, acting, "manager", "propose", **STEP_BACK)
    with pytest.raises(NotAllowed, match="You proposed it"):
        take(contact, world, acting, "manager", "endorse")
    take(contact, world, acting, "second_manager", "endorse")


def test_a_change_meanwhile_is_a_conflict_except_for_a_protective_step(contact, world, acting):
    with acting(world.worker):
        with pytest.raises(Conflict) as conflict:
            perform(contact, "log", by=world.worker, answers={}, version=0)
        assert [row.step for row in conflict.value.since] == ["tell"]
        perform(contact, "hold_strategy_now", by=world.worker, answers={}, version=0)


def test_the_same_key_twice_gives_the_first_result(contact, world, acting):
    from uuid import uuid4

    key = uuid4()
    with acting(world.worker):
        first = perform(contact, "take", by=world.worker, answers={}, key=key)
        again = perform(contact, "take", by=world.worker, answers={}, key=key)
        assert first.pk == again.pk
        assert CaseStep.visible_to(world.worker).filter(case=contact, step="take").count() == 1


def test_a_correction_is_a_new_step_that_keeps_both_values(contact, world, acting):
    with acting(world.school):
        step = correct(contact.pk, 1, by=world.school, answers={"place": "The playground"}, reason="Wrong place")
        assert step.answers["after"] == {"place": "The playground"}
        assert step.corrects.number == 1


def test_another_school_sees_nothing_of_it_and_cannot_touch_it(contact, world, acting):
    with acting(world.other_school):
        assert not Case.visible_to(world.other_school).filter(pk=contact.pk).exists()
        assert not Case.objects.filter(pk=contact.pk).exists(), "the database's own wall"


def test_the_referrer_is_told_and_the_clock_stops(contact, world, acting):
    checked(contact, world, acting)
    take(contact, world, acting, "worker", "propose", **STEP_BACK)
    take(contact, world, acting, "manager", "endorse")
    with pytest.raises(AnswersRefused, match="no_route"):
        take(contact, world, acting, "worker", "tell_referrer", told_route="no-route")
    take(contact, world, acting, "worker", "tell_referrer", told_route="phone", told_outcome="nfa")
    take(contact, world, acting, "worker", "close")
    with acting(world.worker):
        case = Case.visible_to(world.worker).get(pk=contact.pk)
        assert not case.open
        assert case.clocks.get(key="decide_and_tell").ended == "met"
        assert local_date(case.closed_at)


def test_a_worker_whose_last_role_has_ended_sees_nothing_of_what_they_owned(contact, world, acting):
    take(contact, world, acting, "worker", "take")
    RoleHeld.objects.filter(worker=world.worker.worker).update(valid_to=today())
    with acting(world.worker):
        assert not Case.visible_to(world.worker).exists()
        assert not Case.objects.exists(), "the database's own wall"


def test_a_wrong_match_is_undone_and_both_records_stay(contact, world, acting):
    checked(contact, world, acting)
    with acting(world.officer):
        subject = contact.subjects.get()
        person = subject.person
    take(contact, world, acting, "officer", "undo_match", wrong_matches=[{"subject": subject.pk, "undo": "yes"}])
    with acting(world.officer):
        assert contact.subjects.get().person is None
        assert Person.visible_to(world.officer).filter(pk=person.pk).exists()
    take(
        contact, world, acting, "officer", "identify", identified=[{"subject": subject.pk, "is_person": str(person.pk)}]
    )
    with acting(world.officer):
        assert contact.subjects.get().person == person
