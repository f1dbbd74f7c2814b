"""The invented partnership holds together: its people, its names, its families, and the same seed each time."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from sightline.demonstration.acting_out import CONTACT
from sightline.demonstration.agencies import AGENCIES, SCHOOLS, WITHOUT_ROUTE
from sightline.demonstration.families import a_family, nhs_number
from sightline.demonstration.groups import GROUPS
from sightline.demonstration.plan import APART, Plan
from sightline.demonstration.seeding import Keys, chance
from sightline.demonstration.sign_ins import SIGN_INS
from sightline.demonstration.terms import in_term
from sightline.demonstration.walk_through import the_family
from sightline.demonstration.workers import DUTY, WORKERS
from sightline.people.identifiers import checked_nhs_number
from sightline.vocabulary.roles import CLOCKWORK, PUBLIC_INTAKE, ROLES

PLAN = Plan(datetime(2026, 11, 20, 15, 30, tzinfo=UTC))
YEAR = 365


def test_no_user_name_is_given_twice():
    assert not [name for name, times in Counter(one.username.lower() for one in WORKERS).items() if times > 1]


def test_no_two_people_have_the_same_name():
    people = Counter((one.given, one.family) for one in WORKERS if not one.service)
    assert not [name for name, times in people.items() if times > 1]


def test_every_role_that_somebody_signs_in_with_has_a_sign_in():
    listed = {username for _, username, _ in SIGN_INS}
    held = {role for one in WORKERS if one.username in listed for role in one.roles}
    held |= {"duty-manager"} if DUTY[0].username in listed else set()
    assert held == ROLES.keys() - {PUBLIC_INTAKE.key, CLOCKWORK.key}


def test_every_sign_in_is_somebody_in_the_cast():
    assert {username for _, username, _ in SIGN_INS} <= {one.username for one in WORKERS}


def test_both_service_accounts_are_there():
    assert {one.username for one in WORKERS if one.service} == {"public-intake", "clockwork"}


def test_there_are_eighty_nine_schools_and_nearly_all_can_be_reached():
    assert len({school.key for school in SCHOOLS}) == 89
    assert {school.key for school in SCHOOLS} >= WITHOUT_ROUTE
    assert len(WITHOUT_ROUTE) < 5


def test_everybody_works_for_an_agency_of_the_cast():
    assert {one.agency for one in WORKERS} <= {one.key for one in (*AGENCIES, *SCHOOLS)}


def test_the_police_serve_both_partnerships():
    police = next(one for one in AGENCIES if one.kind == "pol")
    assert police.ardenvale
    assert police.thornmere


def test_every_seat_of_a_group_is_somebodys():
    known = {one.username for one in WORKERS} | {one.key for one in AGENCIES}
    assert {who for group in GROUPS for who, *_ in group.seats} <= known


def test_nine_thousand_contacts_come_in_a_year():
    assert 8_700 < len(PLAN.arrivals) / 2 < 9_300


def test_about_one_contact_in_four_or_five_follows_another_within_a_year():
    last_year = [one for one in PLAN.arrivals if (PLAN.until - one.at).days < YEAR]
    again = sum(1 for one in last_year if one.nth)
    assert 0.19 < again / len(last_year) < 0.26


def test_contacts_about_one_family_are_days_apart():
    for told in PLAN.by_family.values():
        assert all(later.at - earlier.at > APART for earlier, later in zip(told, told[1:], strict=False))


def test_schools_tell_little_in_the_holidays():
    by_school = [one.at.date() for one in PLAN.arrivals if one.source == "school"]
    assert sum(1 for day in by_school if not in_term(day)) < len(by_school) * 0.05


def test_the_same_seed_gives_the_same_plan_and_the_same_family():
    assert Plan(PLAN.until).arrivals == PLAN.arrivals
    assert a_family(7, date(2026, 3, 2), known=True) == a_family(7, date(2026, 3, 2), known=True)


def test_a_quarter_of_known_families_have_a_child_who_lives_elsewhere():
    families = [a_family(number, date(2026, 3, 2), known=True) for number in range(200)]
    assert 50 < sum(1 for family in families if family.elsewhere) < 130


def test_twins_and_many_ways_of_naming_occur():
    families = [a_family(number, date(2026, 3, 2), known=False) for number in range(400)]
    born = [Counter(child.born for child in family.here if child.is_child) for family in families]
    assert any(max(counted.values()) > 1 for counted in born)
    assert len({family.community.ethnicity for family in families}) > 9
    assert any(not member.family for family in families for member in family.here)


def test_nhs_numbers_are_of_the_test_range_with_a_right_check_digit():
    numbers = [nhs_number(chance("test", place)) for place in range(50)]
    assert all(number.startswith("999") and checked_nhs_number(number).valid for number in numbers)


def test_the_walk_throughs_child_has_a_half_sister_elsewhere_who_shares_the_father():
    family = the_family()
    assert [one.given for one in family.here if one.school] == ["Maya"]
    assert [one.part for one in family.elsewhere] == ["father", "other mother", "half 0"]


@pytest.mark.parametrize("story", [1, 2, 17_999])
def test_references_of_one_story_are_no_other_storys(story):
    mine = {Keys(CONTACT, story).next_reference("C") for _ in range(1)}
    others = {Keys(CONTACT, other).next_reference("C") for other in range(story + 1, story + 500)}
    assert not mine & others
