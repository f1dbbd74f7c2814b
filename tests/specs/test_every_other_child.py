"""No child tied to the household or to an adult of concern is forgotten when protection is lowered or ended."""

from datetime import date

import pytest
from story import KIM, MAYA, Story

from sightline.engine.matter import load
from sightline.engine.models import CaseSubject
from sightline.engine.refusals import AnswersRefused
from sightline.parts.declared import PARTS
from sightline.people.models import Household, HouseholdMembership, Person, PersonName, Relationship
from tests.journey import STEP_BACK


@pytest.fixture
def story(world, acting):
    return Story(world, acting)


def person(story, name, kind="child", **more):
    """A person already known to the front door."""
    given, _, family = name.partition(" ")
    with story.acting(story.world.worker):
        made = Person.objects.create(partnership=story.world.partnership, kind=kind, **more)
        PersonName.objects.create(person=made, given_names=given, family_name=family)
    return made


def tie(story, one, kind, another):
    with story.acting(story.world.worker):
        Relationship.objects.create(person_a=one, type=kind, person_b=another, source="told by school")


@pytest.fixture
def family(story):
    """Maya and her half-brother Ayaan, who lives elsewhere; their mother is Kim."""
    maya = person(story, "Maya Dunne", date_of_birth=date(2018, 2, 8))
    ayaan = person(story, "Ayaan Khan", date_of_birth=date(2014, 5, 1))
    kim = person(story, "Kim Dunne", kind="adult")
    tie(story, kim, "mother", maya)
    tie(story, kim, "mother", ayaan)
    return {"Maya": maya, "Ayaan": ayaan, "Kim": kim}


@pytest.fixture
def contact(story, family):
    """A contact about Maya alone, who is known."""
    case = story.logged(story.told(people=[MAYA]), known={"Maya": family["Maya"].pk})
    return story.checked(case)


def listed(story, case):
    """What the decision screen lists under every other child: the name and the tie."""
    with story.acting(story.world.worker):
        rows = PARTS["other_children"].initial(load(case.pk))
    return {row["called"]: row for row in rows}


def test_a_half_brother_who_lives_elsewhere_is_listed_with_how_he_is_tied(story, contact, family):
    (row,) = listed(story, contact).values()
    assert row["person"] == family["Ayaan"].pk
    assert row["how"].startswith("Maya Dunne's ")
    assert "half-brother" in row["how"]
    assert "(same mother)" in row["how"]


def test_stepping_back_is_refused_until_each_one_is_settled(story, contact, family):
    with pytest.raises(AnswersRefused) as refused:
        story.take(contact, "worker", "propose", **STEP_BACK)
    assert refused.value.errors == {
        "other_children-0-disposition": ["Say what happens for Ayaan Khan: included, own record or not affected"]
    }
    settled = [{"person": family["Ayaan"].pk, "disposition": "own-record"}]
    story.take(contact, "worker", "propose", **STEP_BACK, other_children=settled)


def test_not_affected_needs_a_reason(story, contact, family):
    row = {"person": family["Ayaan"].pk, "disposition": "not-affected"}
    with pytest.raises(AnswersRefused) as refused:
        story.take(contact, "worker", "propose", **STEP_BACK, other_children=[row])
    assert refused.value.errors["other_children-0-reason"] == ["Say why this child is not affected"]
    reasoned = [row | {"reason": "Has not seen his mother for two years"}]
    story.take(contact, "worker", "propose", **STEP_BACK, other_children=reasoned)


def test_a_protective_decision_waits_for_none_of_them(story, contact):
    story.take(contact, "worker", "propose", decision="assessment")


def test_a_child_who_is_settled_stays_on_the_case_with_the_tie_in_words(story, contact, family):
    settled = [{"person": family["Ayaan"].pk, "disposition": "included"}]
    story.take(contact, "worker", "propose", decision="assessment", other_children=settled)
    with story.acting(story.world.worker):
        swept = CaseSubject.objects.get(case=contact, swept=True)
    assert (swept.person_id, swept.disposition) == (family["Ayaan"].pk, "included")
    assert (swept.given_names, swept.family_name) == ("Ayaan", "Khan")
    assert "half-brother" in swept.relation


def test_a_child_who_is_included_is_handed_on_to_the_strategy_discussion(story, contact, family):
    from sightline.engine.models import Case

    settled = [{"person": family["Ayaan"].pk, "disposition": "included"}]
    story.take(contact, "worker", "propose", decision="strategy", other_children=settled)
    with story.acting(story.world.manager):
        discussion = Case.visible_to(story.world.manager).get(process="strategy-discussion")
        assert {str(subject) for subject in load(discussion.pk).children_of_concern} == {"Maya Dunne", "Ayaan Khan"}


def test_a_child_who_was_told_of_is_not_listed_again(story, family):
    both = [MAYA, KIM, {"kind": "child", "given_names": "Ayaan", "family_name": "Khan"}]
    known = {name: one.pk for name, one in family.items()}
    case = story.logged(story.told(people=both), known=known)
    assert listed(story, case) == {}


def test_a_child_who_moves_into_the_household_later_is_listed_when_the_decision_is_taken(story, contact, family):
    newcomer = person(story, "Ivy Cole", date_of_birth=date(2020, 1, 1))
    with story.acting(story.world.worker):
        home = Household.objects.create(partnership=story.world.partnership, label="4 Invented Row")
        for one in (newcomer, family["Maya"]):
            HouseholdMembership.objects.create(household=home, person=one, valid_from=date(2026, 1, 1))
    assert set(listed(story, contact)) == {"Ayaan Khan", "Ivy Cole"}


def test_a_partner_s_children_are_listed_through_the_adult_of_concern(story, family):
    dean = person(story, "Dean Rook", kind="adult")
    tie(story, dean, "father", person(story, "Pip Rook", date_of_birth=date(2019, 3, 3)))
    adult = {"kind": "adult", "given_names": "Dean", "family_name": "Rook", "relation": "mother's partner"}
    known = {"Maya": family["Maya"].pk, "Dean": dean.pk}
    case = story.logged(story.told(people=[MAYA, adult]), known=known)
    assert set(listed(story, case)) == {"Ayaan Khan", "Pip Rook"}


def test_a_strategy_discussion_that_steps_back_settles_them_too(story, contact, family):
    from sightline.engine.models import Case
    from sightline.platform import calendar

    story.take(contact, "worker", "hold_strategy_now")
    with story.acting(story.world.manager):
        discussion = Case.visible_to(story.world.manager).get(process="strategy-discussion")
    answers = {
        **{"decision": "no-s47", "rationale": "Explained", "child_voice": "Not afraid", "risk_analysis": "None"},
        **{"safe_tonight": "At home", "held_at": calendar.now(), "without_quorum": "Nobody else free"},
        "reconvene_at": calendar.now(),
    }
    with pytest.raises(AnswersRefused) as refused:
        story.take(discussion, "team_manager", "record_meeting", **answers)
    assert "other_children-0-disposition" in refused.value.errors
    story.take(discussion, "team_manager", "record_meeting", **{**answers, "decision": "s47-joint"})
