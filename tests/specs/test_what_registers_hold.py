"""What each register holds, and what it refuses: priorities, groups, terms of reference, local limits."""

from datetime import date

import pytest
from registers import GROUP, LIMIT, TERMS, a_group, approve, priority, propose

from sightline.engine.refusals import AnswersRefused
from sightline.people.models import Group, Partnership
from sightline.platform.settings.limits import local_limits_of
from sightline.platform.settings.rules import rule_for
from sightline.registers.groups import GroupLife, groups_at_work, life_of, terms_of
from sightline.registers.models import Priority, TermsOfReference
from sightline.registers.priorities import priorities_in_force

APRIL, JUNE, OCTOBER = date(2026, 4, 1), date(2026, 6, 1), date(2026, 10, 1)


@pytest.fixture
def own(world, acting):
    with acting(world.hub):
        yield world


def refused(world, register, answers, **also):
    with pytest.raises(AnswersRefused) as found:
        propose(world, register, answers, **also)
    return found.value.errors


def changed(world, register, answers, **also):
    also = {"kind": "change", "reason": "It was reviewed.", **also}
    approve(world, propose(world, register, answers, **also))


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


def test_a_priority_ends_by_its_state_alone(own):
    approve(own, propose(own, "priorities", priority(own)))
    ending = {"kind": "end", "entry": "neglect-seen-early", "reason": "Over.", "effective_from": OCTOBER}
    assert refused(own, "priorities", {}, **ending)["kind"] == [
        "A priority ends by where it stands in its life. Change that instead"
    ]


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
    elsewhere = Partnership.objects.create(key="thornmere", name="Thornmere Partnership")
    group = Group.objects.create(partnership=elsewhere, key="executive", name="Executive", valid_from=APRIL)
    assert "group" in refused(own, "terms-of-reference", {**TERMS, "group": group})
    assert not TermsOfReference.objects.exists()


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
