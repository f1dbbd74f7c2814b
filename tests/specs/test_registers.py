"""Registers: lists kept true. Each change is a matter, approved by somebody else, and history is never overwritten."""

from datetime import date

import pytest
from registers import TARGET, TERMS, a_group, approve, priority, propose

from sightline.engine.perform import perform
from sightline.engine.refusals import AnswersRefused, NotAllowed
from sightline.people.models import Group
from sightline.platform.settings.limits import local_limits_of
from sightline.platform.settings.rules import rule_for
from sightline.registers.changes import change_process
from sightline.registers.groups import GroupLife, groups_at_work, life_of, terms_of
from sightline.registers.models import Priority, Target, TargetChange, TermsOfReference
from sightline.registers.priorities import priorities_in_force
from sightline.registers.targets import target_of
from sightline.vocabulary import roles
from sightline.vocabulary.checks import DeclarationFault
from sightline.vocabulary.process import PROCESSES
from sightline.vocabulary.register import REGISTERS, Register

APRIL, JUNE, OCTOBER = date(2026, 4, 1), date(2026, 6, 1), date(2026, 10, 1)
SOON = date(2030, 4, 1)


@pytest.fixture
def own(world, acting):
    with acting(world.hub):
        yield world


def refused(world, register, answers, **also):
    with pytest.raises(AnswersRefused) as found:
        propose(world, register, answers, **also)
    return found.value.errors


# What a register declares


def test_each_register_that_people_change_has_a_process_of_its_own():
    changed = [register for register in REGISTERS.values() if register.change]
    assert {register.process_key() for register in changed} <= set(PROCESSES)
    assert all(PROCESSES[register.process_key()].concerns == "partnership" for register in changed)


def test_a_register_is_approved_by_lead_or_safeguarding_partners_and_local_limits_by_lead_partners_alone():
    both = (roles.SAFEGUARDING_PARTNER, roles.LEAD_PARTNER)
    approved = {key: REGISTERS[key].approved_by for key in ("priorities", "terms-of-reference", "targets", "groups")}
    assert set(approved.values()) == {both}
    assert REGISTERS["local-limits"].approved_by == (roles.LEAD_PARTNER,)


def test_a_register_that_the_scrutineer_would_approve_cannot_be_declared():
    with pytest.raises(DeclarationFault, match="the scrutineer never approves"):

        class Approved(Register):
            entry, change, columns = Target, TargetChange, {"indicator": "", "value": ""}
            identity = ("indicator",)
            changed_by, approved_by = (roles.SUPPORT_HUB,), (roles.SCRUTINEER,)


def test_every_fault_of_a_declaration_is_named_at_once():
    with pytest.raises(DeclarationFault) as refusal:

        class Muddled(Register):
            entry, change, columns = Target, TargetChange, {"indicator": "", "colour": ""}
            needs, listed, state = ("shape",), ("size",), "mood"

    said = str(refusal.value)
    assert "the entry holds no colour" in said
    assert "shape is needed, but it is not asked for" in said
    assert "nobody may change it" in said
    assert "the state is in mood, which is not asked for" in said


def test_a_register_whose_column_is_one_that_every_change_has_cannot_be_declared():
    class Twice(Register):
        entry, change, columns = Target, TargetChange, {"indicator": "", "value": ""}
        identity, changed_by = ("indicator",), (roles.SUPPORT_HUB,)

    try:
        Twice.columns = {"reason": "Reason", "value": "Value"}
        with pytest.raises(DeclarationFault, match="reason is asked of every change"):
            change_process(Twice)
    finally:
        del REGISTERS[Twice.key]


# Proposing and approving


def test_what_is_proposed_is_not_in_force_until_somebody_else_approves_it(own):
    case = propose(own, "targets", TARGET)
    assert target_of(own.partnership, "assessments-in-time", JUNE) is None
    approve(own, case)
    assert target_of(own.partnership, "assessments-in-time", JUNE).value == 85


@pytest.mark.parametrize("who", ["hub", "second_hub", "scrutineer", "chair", "analyst", "police_lead"])
def test_nobody_approves_but_the_partners(own, who):
    case = propose(own, "targets", TARGET)
    with pytest.raises(NotAllowed):
        approve(own, case, by=getattr(own, who))


def test_local_limits_are_not_a_safeguarding_partner_s_to_approve(own):
    case = propose(own, "local-limits", LIMIT)
    with pytest.raises(NotAllowed):
        approve(own, case, by=own.council_partner)
    approve(own, case, by=own.police_chief)


@pytest.mark.parametrize("who", ["council_chief", "scrutineer", "council_partner", "chair", "manager"])
def test_only_the_support_hub_proposes(own, who):
    with pytest.raises(NotAllowed):
        propose(own, "targets", TARGET, by=getattr(own, who))


def test_a_proposal_may_be_refused_with_a_reason_and_changes_nothing(own):
    case = propose(own, "targets", TARGET)
    with pytest.raises(AnswersRefused):
        perform(case, "refuse", by=own.council_chief, answers={"why_not": ""})
    perform(case, "refuse", by=own.council_chief, answers={"why_not": "It is not ambitious."})
    assert not Target.objects.exists()


def test_a_proposal_may_be_withdrawn_by_the_support_hub(own):
    case = propose(own, "targets", TARGET)
    perform(case, "withdraw", by=own.second_hub, answers={"why_not": "Typed twice."})
    case.refresh_from_db()
    assert (case.stage, Target.objects.count()) == ("withdrawn", 0)


# Dates and history


def changed(world, register, answers, **also):
    also = {"kind": "change", "reason": "It was reviewed.", **also}
    approve(world, propose(world, register, answers, **also))


def test_a_change_ends_one_version_and_begins_the_next(own):
    approve(own, propose(own, "targets", TARGET))
    changed(own, "targets", {**TARGET, "value": 90}, entry="assessments-in-time", effective_from=OCTOBER)
    rows = list(Target.objects.order_by("valid_from").values_list("value", "valid_from", "valid_to"))
    assert rows == [(85, APRIL, OCTOBER), (90, OCTOBER, None)]
    assert target_of(own.partnership, "assessments-in-time", date(2026, 9, 30)).value == 85
    assert target_of(own.partnership, "assessments-in-time", OCTOBER).value == 90


def test_a_change_may_be_for_a_day_to_come_and_needs_no_word_about_the_past(own):
    approve(own, propose(own, "targets", TARGET, effective_from=SOON, backdated=""))
    assert target_of(own.partnership, "assessments-in-time", JUNE) is None
    assert target_of(own.partnership, "assessments-in-time", SOON).value == 85


def test_a_change_for_a_day_that_has_passed_needs_a_reason_for_being_late(own):
    errors = refused(own, "targets", TARGET, backdated="")
    assert errors == {"backdated": ["1 April 2026 has passed. Say why it is recorded only now"]}


def test_everything_missing_is_said_even_while_no_day_is_given(own):
    errors = refused(own, "targets", {"indicator": "assessments-in-time"}, effective_from=None)
    assert set(errors) == {"effective_from", "value", "decided_by", "source"}


def test_a_change_says_why(own):
    approve(own, propose(own, "targets", TARGET))
    errors = refused(own, "targets", {**TARGET, "value": 90}, kind="change", entry="assessments-in-time")
    assert errors == {"reason": ["Say why it is changed"]}


def test_a_change_that_changes_nothing_is_refused(own):
    approve(own, propose(own, "targets", TARGET))
    errors = refused(
        own, "targets", TARGET, kind="change", entry="assessments-in-time", reason="Why not.", effective_from=JUNE
    )
    assert errors["unchanged"] == ["Nothing is different from the target in force. Change an answer"]


def test_what_is_there_already_is_changed_not_added_again(own):
    approve(own, propose(own, "targets", TARGET))
    assert refused(own, "targets", TARGET)["indicator"] == [
        "This target is in the register already. Change that one instead"
    ]


def test_a_change_before_one_that_is_coming_is_refused_with_its_day(own):
    approve(own, propose(own, "targets", TARGET))
    changed(own, "targets", {**TARGET, "value": 90}, entry="assessments-in-time", effective_from=SOON)
    errors = refused(
        own,
        "targets",
        {**TARGET, "value": 95},
        kind="change",
        entry="assessments-in-time",
        reason="Sooner.",
        effective_from=OCTOBER,
    )
    assert errors["effective_from"] == ["A change from 1 April 2030 is recorded already. Give that day or a later one"]


def test_a_change_before_the_entry_began_is_refused(own):
    approve(own, propose(own, "targets", TARGET))
    errors = refused(
        own,
        "targets",
        {**TARGET, "value": 90},
        kind="change",
        entry="assessments-in-time",
        reason="Earlier.",
        effective_from=date(2025, 1, 1),
    )
    assert "effective_from" in errors


def test_a_version_replaced_from_its_first_day_was_never_in_force_and_is_kept(own):
    approve(own, propose(own, "targets", TARGET, effective_from=SOON))
    changed(own, "targets", {**TARGET, "value": 70}, entry="assessments-in-time", effective_from=SOON)
    assert [row.value for row in Target.objects.order_by("value")] == [70, 85]
    assert target_of(own.partnership, "assessments-in-time", SOON).value == 70


def test_an_entry_ends_on_a_day_and_its_history_stays(own):
    approve(own, propose(own, "targets", TARGET))
    changed(own, "targets", {}, kind="end", entry="assessments-in-time", effective_from=OCTOBER)
    assert target_of(own.partnership, "assessments-in-time", OCTOBER) is None
    assert target_of(own.partnership, "assessments-in-time", JUNE).value == 85


def test_of_two_proposals_for_one_entry_the_second_is_refused_once_the_first_is_approved(own):
    first, second = propose(own, "targets", TARGET), propose(own, "targets", {**TARGET, "value": 70})
    approve(own, first)
    with pytest.raises(AnswersRefused, match="The register has changed since this was proposed"):
        approve(own, second)


def test_what_was_proposed_cannot_be_corrected_behind_the_register_s_back(own):
    from sightline.engine.amend import correct

    case = propose(own, "targets", TARGET)
    with pytest.raises(AnswersRefused):
        correct(case.pk, 1, by=own.hub, answers={"value": 10}, reason="Slipped.")


# Priorities


def test_a_priority_is_in_force_in_its_plan_years_once_agreed(own):
    approve(own, propose(own, "priorities", priority(own)))
    assert [row.title for row in priorities_in_force(own.partnership, JUNE)] == ["Neglect seen early"]
    assert priorities_in_force(own.partnership, date(2026, 3, 31)) == []
    assert priorities_in_force(own.partnership, date(2028, 4, 1)) == []


@pytest.mark.parametrize("column", ["baseline", "indicator", "outcome", "decision", "sponsor_agency"])
def test_a_priority_without_its_baseline_outcome_or_decision_is_refused(own, column):
    answers = priority(own)
    del answers[column]
    assert column in refused(own, "priorities", answers)


def test_a_priority_whose_last_year_is_before_its_first_is_refused(own):
    errors = refused(own, "priorities", priority(own, last_year="2025-26"))
    assert errors["last_year"] == ["The last year is before the first. Enter a later one"]


def test_a_priority_moves_only_along_its_life(own):
    approve(own, propose(own, "priorities", priority(own)))
    errors = refused(
        own,
        "priorities",
        priority(own, state="proposed"),
        kind="change",
        entry="neglect-seen-early",
        reason="Again.",
        effective_from=OCTOBER,
    )
    assert errors["state"] == ["From “agreed” it can only become active or closed or absorbed into everyday work"]


def test_a_closed_priority_is_in_the_register_and_no_longer_in_force(own):
    approve(own, propose(own, "priorities", priority(own)))
    changed(own, "priorities", priority(own, state="closed"), entry="neglect-seen-early", effective_from=OCTOBER)
    assert priorities_in_force(own.partnership, OCTOBER) == []
    assert Priority.objects.count() == 2


# Groups and their terms of reference


def test_the_terms_of_a_group_are_those_of_the_day(own):
    group = a_group(own)
    approve(own, propose(own, "terms-of-reference", {**TERMS, "group": group}))
    changed(
        own,
        "terms-of-reference",
        {**TERMS, "frequency_weeks": 4},
        entry=group.key,
        effective_from=OCTOBER,
    )
    assert terms_of(group, date(2026, 1, 1)) is None
    assert terms_of(group, JUNE).frequency_weeks == 6
    assert terms_of(group, OCTOBER).frequency_weeks == 4
    assert terms_of(group, OCTOBER).quorum.missing(["police"]) == ["social care", "health"]


@pytest.mark.parametrize("column", sorted(TERMS))
def test_terms_of_reference_leave_nothing_out(own, column):
    answers = {**TERMS, "group": a_group(own)}
    del answers[column]
    assert column in refused(own, "terms-of-reference", answers)


def test_a_group_of_another_partnership_gets_no_terms_here(own):
    from sightline.people.models import Partnership

    elsewhere = Partnership.objects.create(key="thornmere", name="Thornmere Partnership")
    group = Group.objects.create(partnership=elsewhere, key="executive", name="Executive", valid_from=APRIL)
    assert "group" in refused(own, "terms-of-reference", {**TERMS, "group": group})
    assert not TermsOfReference.objects.exists()


GROUP = {
    "name": "Missing children task group",
    "sort": "task",
    "purpose": "To find out why children go missing twice.",
    "state": "active",
    "decision": "Executive group, 3 March 2026, minute 7",
}


def test_a_new_group_is_made_and_is_at_work_from_its_day(own):
    approve(own, propose(own, "groups", GROUP))
    (group,) = groups_at_work(own.partnership, JUNE)
    assert (group.key, life_of(group, JUNE).state) == ("missing-children-task-group", "active")
    assert groups_at_work(own.partnership, date(2026, 3, 31)) == []


def test_a_group_that_was_there_before_the_register_keeps_its_key_and_its_seats(own):
    there = a_group(own)
    approve(own, propose(own, "groups", {**GROUP, "name": there.name}))
    assert Group.objects.count() == 1
    assert life_of(there, JUNE).key == "front-door-steering"


def test_a_group_ends_with_a_reason_and_a_home_for_its_open_work(own):
    approve(own, propose(own, "groups", GROUP))
    home = a_group(own)
    ending = {"kind": "change", "entry": "missing-children-task-group", "effective_from": OCTOBER, "reason": "Done."}
    errors = refused(own, "groups", {**GROUP, "state": "ended"}, **ending)
    assert set(errors) == {"why", "work_goes_to"}
    changed(own, "groups", {**GROUP, "state": "ended", "why": "It reported.", "work_goes_to": home}, **ending)
    group = Group.objects.get(key="missing-children-task-group")
    assert life_of(group, OCTOBER).work_goes_to == home
    assert group not in groups_at_work(own.partnership, OCTOBER)
    assert group in groups_at_work(own.partnership, JUNE)


def test_a_paused_group_is_not_at_work_and_may_go_back_to_it(own):
    approve(own, propose(own, "groups", GROUP))
    entry = "missing-children-task-group"
    changed(own, "groups", {**GROUP, "state": "paused", "why": "No chair."}, entry=entry, effective_from=JUNE)
    assert groups_at_work(own.partnership, JUNE) == []
    changed(own, "groups", GROUP, entry=entry, effective_from=OCTOBER)
    assert GroupLife.objects.count() == 3
    assert len(groups_at_work(own.partnership, OCTOBER)) == 1


# Local limits

LIMIT = {
    "rule_id": "front-door-decision",
    "variant": "green",
    "limit": 2,
    "unit": "working days",
    "decided_by": "Executive group",
    "source": "Executive group, 3 March 2026, minute 8",
}


def test_a_local_limit_is_followed_by_the_clocks_from_its_day(own):
    approve(own, propose(own, "local-limits", LIMIT))
    limits = local_limits_of("ardenvale")
    assert rule_for("front-door-decision", "green", JUNE, limits).limit == 2
    assert rule_for("front-door-decision", "green", date(2026, 3, 31), limits).limit == 3


def test_law_and_statutory_guidance_are_nobody_s_to_change(own):
    errors = refused(own, "local-limits", {**LIMIT, "rule_id": "CK-01", "variant": ""})
    assert errors["rule_id"] == ["CK-01 is statutory guidance, which a partnership cannot change."]


def test_a_limit_has_its_own_first_day_and_cannot_be_replaced_from_it(own):
    approve(own, propose(own, "local-limits", LIMIT))
    entry = "front-door-decision~green"
    errors = refused(own, "local-limits", {**LIMIT, "limit": 1}, kind="change", entry=entry, reason="Sooner.")
    assert errors["effective_from"] == ["The local limit has been as it is since 1 April 2026. Give a later day"]
    changed(own, "local-limits", {**LIMIT, "limit": 1}, entry=entry, effective_from=JUNE)
    assert rule_for("front-door-decision", "green", JUNE, local_limits_of("ardenvale")).limit == 1
