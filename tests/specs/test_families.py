"""Every other child: who is tied to a child, now or in the last twelve months, and how it is said."""

from datetime import date
from functools import partial

import pytest
from behind_the_wall import as_front_door_worker

from sightline.people import families, managers
from sightline.people.age import age_in_words
from sightline.people.models import Household, HouseholdMembership, Partnership, Person, PersonName, Relationship

pytestmark = pytest.mark.django_db

TODAY = date(2026, 9, 1)
ties = partial(families.ties, by=families.EVERYBODY)
other_children = partial(families.other_children, by=families.EVERYBODY)


class Ardenvale:
    """Builds invented families in a few words."""

    def __init__(self, partnership):
        self.partnership = partnership

    def person(self, name, sex="U", kind="child", **more):
        person = Person.objects.create(partnership=self.partnership, kind=kind, sex=sex, **more)
        given, _, family = name.partition(" ")
        PersonName.objects.create(person=person, given_names=given, family_name=family)
        return person

    def adult(self, name, sex="U"):
        return self.person(name, sex, kind="adult")

    def tie(self, one, kind, another, **more):
        return Relationship.objects.create(person_a=one, type=kind, person_b=another, source="told by school", **more)

    def live_together(self, *people, since=date(2024, 1, 1), until=None, **more):
        home = Household.objects.create(partnership=self.partnership, label="1 Invented Row")
        for person in people:
            HouseholdMembership.objects.create(household=home, person=person, valid_from=since, valid_to=until, **more)
        return home


@pytest.fixture
def ardenvale(db):
    partnership = Partnership.objects.create(key="ardenvale", name="Ardenvale", invented=True)
    with as_front_door_worker(partnership):
        yield Ardenvale(partnership)


def said(found):
    return {(tie.person.display_name, tie.other.display_name): tie.how for tie in found}


def test_a_half_brother_elsewhere_is_found_through_the_shared_mother(ardenvale):
    maya, ayaan = ardenvale.person("Maya Dunne", "F"), ardenvale.person("Ayaan Khan", "M")
    kim = ardenvale.adult("Kim Dunne", "F")
    ardenvale.tie(kim, "mother", maya)
    ardenvale.tie(kim, "mother", ayaan)
    ardenvale.tie(ardenvale.adult("Lee Dunne", "M"), "father", maya)
    ardenvale.tie(ardenvale.adult("Imran Khan", "M"), "father", ayaan)
    found = ties([maya], TODAY)
    assert said(found)["Maya Dunne", "Ayaan Khan"] == "half-brother (same mother)"
    assert next(tie for tie in found if tie.other == ayaan).derived


def test_with_one_parent_known_nobody_claims_to_know_whether_half_or_full(ardenvale):
    maya, leo = ardenvale.person("Maya Dunne", "F"), ardenvale.person("Leo Dunne", "M")
    kim = ardenvale.adult("Kim Dunne", "F")
    ardenvale.tie(kim, "mother", maya)
    ardenvale.tie(kim, "mother", leo)
    assert said(ties([maya], TODAY))["Maya Dunne", "Leo Dunne"] == "brother or half-brother (same mother)"


def test_two_shared_parents_make_a_sister(ardenvale):
    maya, anya = ardenvale.person("Maya Dunne", "F"), ardenvale.person("Anya Dunne", "F")
    for parent, kind in ((ardenvale.adult("Kim Dunne", "F"), "mother"), (ardenvale.adult("Lee Dunne", "M"), "father")):
        ardenvale.tie(parent, kind, maya)
        ardenvale.tie(parent, kind, anya)
    assert said(ties([maya], TODAY))["Maya Dunne", "Anya Dunne"] == "sister"


def test_a_recorded_half_sister_is_said_once_and_is_not_worked_out_again(ardenvale):
    maya, noor = ardenvale.person("Maya Dunne", "F"), ardenvale.person("Noor Khan", "F")
    kim = ardenvale.adult("Kim Dunne", "F")
    ardenvale.tie(kim, "mother", maya)
    ardenvale.tie(kim, "mother", noor)
    ardenvale.tie(maya, "half-sibling", noor)
    between = [tie for tie in ties([maya], TODAY) if tie.other == noor]
    assert [(tie.how, tie.derived, tie.source) for tie in between] == [("half-sister", False, "told by school")]


def test_the_mothers_partner_is_tied_to_the_child_and_the_childs_tie_says_through_whom(ardenvale):
    maya, kim, sean = ardenvale.person("Maya Dunne"), ardenvale.adult("Kim Dunne", "F"), ardenvale.adult("Sean Price")
    ardenvale.tie(kim, "mother", maya, valid_from=date(2018, 2, 8))
    ardenvale.tie(sean, "partner", kim, valid_from=date(2025, 5, 1), confidence="reported")
    found = next(tie for tie in ties([maya], TODAY) if tie.other == sean)
    assert (found.how, found.valid_from, found.confidence) == ("mother's partner", date(2025, 5, 1), "reported")


def test_a_partner_who_is_the_childs_father_is_only_said_to_be_the_father(ardenvale):
    leo, kim, sean = (
        ardenvale.person("Leo Price"),
        ardenvale.adult("Kim Dunne", "F"),
        ardenvale.adult("Sean Price", "M"),
    )
    ardenvale.tie(kim, "mother", leo)
    ardenvale.tie(sean, "father", leo)
    ardenvale.tie(kim, "partner", sean)
    assert [tie.how for tie in ties([leo], TODAY) if tie.other == sean] == ["father"]


def test_an_adult_of_concern_is_tied_to_the_children_of_a_partner(ardenvale):
    maya, kim, sean = ardenvale.person("Maya Dunne", "F"), ardenvale.adult("Kim Dunne"), ardenvale.adult("Sean Price")
    ardenvale.tie(kim, "parent", maya)
    ardenvale.tie(kim, "partner", sean)
    assert said(ties([sean], TODAY))["Sean Price", "Maya Dunne"] == "partner's daughter"


def test_a_household_left_within_twelve_months_is_still_a_tie_and_says_until_when(ardenvale):
    maya, tom = ardenvale.person("Maya Dunne"), ardenvale.person("Tom Ash")
    ardenvale.live_together(maya, tom, until=date(2026, 3, 3))
    found = ties([maya], TODAY)
    assert said(found)["Maya Dunne", "Tom Ash"] == "lived in the same household until 3 March 2026"
    assert not found[0].current(TODAY)


def test_a_household_left_more_than_twelve_months_ago_is_no_tie_unless_a_longer_time_is_asked_for(ardenvale):
    maya, tom = ardenvale.person("Maya Dunne"), ardenvale.person("Tom Ash")
    ardenvale.live_together(maya, tom, until=date(2025, 9, 1))
    assert ties([maya], TODAY) == []
    assert len(ties([maya], TODAY, within_months=24)) == 1


def test_a_household_joined_after_the_day_asked_about_is_no_tie(ardenvale):
    maya, tom = ardenvale.person("Maya Dunne"), ardenvale.person("Tom Ash")
    ardenvale.live_together(maya, tom, since=date(2026, 9, 2))
    assert ties([maya], TODAY) == []
    assert len(ties([maya], date(2026, 9, 2))) == 1


def test_people_in_one_home_at_different_times_are_not_tied(ardenvale):
    maya, tom = ardenvale.person("Maya Dunne"), ardenvale.person("Tom Ash")
    home = ardenvale.live_together(maya, until=date(2026, 3, 3))
    HouseholdMembership.objects.create(household=home, person=tom, valid_from=date(2026, 3, 3))
    assert ties([maya], TODAY) == []


@pytest.mark.parametrize(
    ("basis", "words"),
    [
        ("lives-here", "lives in the same household"),
        ("stays-often", "stays in the same household often"),
        ("not-confirmed", "lives in the same household (not confirmed)"),
    ],
)
def test_how_somebody_is_part_of_a_household_is_said(ardenvale, basis, words):
    maya, sean = ardenvale.person("Maya Dunne"), ardenvale.adult("Sean Price")
    home = ardenvale.live_together(maya)
    HouseholdMembership.objects.create(household=home, person=sean, basis=basis)
    assert said(ties([maya], TODAY))["Maya Dunne", "Sean Price"] == words


def test_every_other_child_includes_those_tied_to_whoever_lives_with_the_child(ardenvale):
    maya, leo = ardenvale.person("Maya Dunne", "F"), ardenvale.person("Leo Dunne", "M")
    sean, ella = ardenvale.adult("Sean Price", "M"), ardenvale.person("Ella Ford", "F")
    ardenvale.live_together(maya, leo, sean)
    ardenvale.tie(sean, "father", ella)
    found = other_children([maya], TODAY)
    assert [child.display_name for child, _ in found] == ["Leo Dunne", "Ella Ford"]
    assert [(tie.person.display_name, tie.how) for tie in found[1][1]] == [("Sean Price", "daughter")]


def test_a_tie_is_said_in_full_where_several_people_are_asked_about(ardenvale):
    maya, leo, kim = ardenvale.person("Maya Dunne"), ardenvale.person("Leo Dunne"), ardenvale.adult("Kim Dunne", "F")
    ardenvale.tie(kim, "mother", maya)
    ardenvale.live_together(maya, leo, until=date(2026, 3, 3))
    assert [tie.in_full for tie in ties([maya], TODAY)] == [
        "lived in the same household as Maya Dunne until 3 March 2026",
        "Maya Dunne's mother",
    ]


def test_children_come_first_and_each_persons_nearest_tie_before_the_household(ardenvale):
    maya, leo, kim = (
        ardenvale.person("Maya Dunne"),
        ardenvale.person("Leo Dunne", "M"),
        ardenvale.adult("Kim Dunne", "F"),
    )
    ardenvale.tie(kim, "mother", maya)
    ardenvale.tie(leo, "half-sibling", maya)
    ardenvale.live_together(maya, leo, kim)
    assert [tie.how for tie in ties([maya], TODAY)] == [
        "half-brother",
        "lives in the same household",
        "mother",
        "lives in the same household",
    ]


def test_a_hidden_parent_hides_the_tie_that_goes_through_them(ardenvale, monkeypatch):
    maya, ayaan, kim = ardenvale.person("Maya Dunne"), ardenvale.person("Ayaan Khan"), ardenvale.adult("Kim Dunne", "F")
    ardenvale.tie(kim, "mother", maya)
    ardenvale.tie(kim, "mother", ayaan)
    monkeypatch.setitem(managers._rules, Person, lambda rows, who, **more: rows.exclude(id=kim.id))
    assert ties([maya], TODAY, by="anybody") == []
    assert len(ties([maya], TODAY)) == 2


def test_a_large_family_takes_no_more_queries_than_a_small_one(ardenvale, django_assert_max_num_queries):
    kim, sean = ardenvale.adult("Kim Dunne", "F"), ardenvale.adult("Sean Price", "M")
    children = [ardenvale.person(f"Child{number} Dunne") for number in range(12)]
    for child in children:
        ardenvale.tie(kim, "mother", child)
    ardenvale.tie(sean, "partner", kim)
    ardenvale.live_together(kim, sean, *children)
    with django_assert_max_num_queries(7):
        found = ties(children[:6], TODAY)
    assert len({tie.other.id for tie in found}) == 14
    with django_assert_max_num_queries(14):
        assert len(other_children(children[:6], TODAY)) == 6


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"date_of_birth": date(2026, 8, 11)}, "3 weeks"),
        ({"date_of_birth": date(2026, 8, 25)}, "1 week"),
        ({"date_of_birth": date(2026, 3, 1)}, "6 months"),
        ({"date_of_birth": date(2025, 3, 1)}, "18 months"),
        ({"date_of_birth": date(2018, 9, 2)}, "7"),
        ({"date_of_birth": date(2018, 1, 1), "date_of_birth_precision": "year"}, "about 8"),
        ({"approximate_age_years": 8, "age_recorded_on": date(2025, 9, 1)}, "about 9"),
        ({"unborn": True, "expected_date_of_birth": date(2027, 3, 9)}, "unborn, due March 2027"),
        ({"unborn": True}, "unborn, due date not known"),
        ({}, "age not known"),
    ],
)
def test_an_age_is_said_as_people_say_it(facts, words):
    assert age_in_words(Person(**facts), TODAY) == words
