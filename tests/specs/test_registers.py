"""Registers: lists kept true. Each change is a matter, approved by somebody else, and history is never overwritten."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from registers import GROUP, LIMIT, TARGET, TERMS, a_group, approve, priority, propose

from sightline.engine.perform import perform
from sightline.engine.refusals import AnswersRefused, NotAllowed
from sightline.people.models import Partnership, RoleHeld
from sightline.registers.changes import change_process
from sightline.registers.groups import GroupLife
from sightline.registers.models import Priority, Target, TargetChange, TermsOfReference
from sightline.registers.reading import listing
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


def test_two_approvals_at_once_are_taken_one_after_the_other(own):
    case = propose(own, "targets", TARGET)
    with CaptureQueriesContext(connection) as said:
        approve(own, case)
    locks = [query["sql"] for query in said if 'FROM "people_partnership"' in query["sql"]]
    assert any("FOR NO KEY UPDATE" in sql for sql in locks)


@pytest.fixture
def without_approval():
    """A register of targets whose changes nobody has to approve."""

    class Loose(Register):
        entry, change = Target, TargetChange
        columns = {"indicator": "Indicator", "value": "Target"}
        identity, needs, changed_by = ("indicator",), ("indicator", "value"), (roles.SUPPORT_HUB,)

    process = change_process(Loose)
    yield Loose
    del REGISTERS[Loose.key], PROCESSES[process.key]


def test_a_register_that_names_no_approver_is_changed_at_once(own, without_approval):
    case = propose(own, "loose", {"indicator": "late-minutes", "value": 5})
    assert (case.stage, case.closed_at is None) == ("in_force", False)
    assert target_of(own.partnership, "late-minutes", JUNE).value == 5
    assert list(PROCESSES["change-to-loose"].steps) == ["propose"]


# Who may read


@pytest.mark.parametrize("model", [Priority, Target, TermsOfReference, GroupLife])
def test_whoever_governs_or_works_for_the_whole_partnership_reads_and_an_agency_does_not(own, model):
    approve(own, propose(own, "targets", TARGET))
    approve(own, propose(own, "priorities", priority(own)))
    approve(own, propose(own, "groups", GROUP))
    approve(own, propose(own, "terms-of-reference", {**TERMS, "group": a_group(own)}))
    for who in ("hub", "scrutineer", "council_chief", "analyst", "manager", "officer"):
        assert model.visible_to(getattr(own, who)).count() == 1, who
    for who in ("police_lead", "school", "police_signatory", "lead_worker"):
        assert model.visible_to(getattr(own, who)).count() == 0, who


def test_another_partnership_reads_nothing_of_this_one_s(own):
    approve(own, propose(own, "targets", TARGET))
    approve(own, propose(own, "local-limits", LIMIT))
    elsewhere = Partnership.objects.create(key="thornmere", name="Thornmere Partnership")
    RoleHeld.objects.filter(worker=own.accounts["second_hub"].worker).update(partnership=elsewhere)
    neighbour = own.second_hub
    assert not Target.visible_to(neighbour).exists()
    assert listing(REGISTERS["local-limits"], neighbour, own.partnership, JUNE).in_force == []
    with pytest.raises(NotAllowed):
        propose(own, "targets", {**TARGET, "value": 1}, by=neighbour)


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
