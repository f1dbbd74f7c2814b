"""Is this child already known? Candidates with words for each field; twins and hidden people handled with care."""

from datetime import date, timedelta

import pytest
from behind_the_wall import as_front_door_worker
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.people import managers
from sightline.people.index import Described, PlainMatcher, Word
from sightline.people.index.spelling import plain
from sightline.people.models import (
    Household,
    HouseholdMembership,
    Identifier,
    Partnership,
    Person,
    PersonAddress,
    PersonName,
    Relationship,
)
from sightline.people.models.persons import plain_name
from sightline.platform import calendar

pytestmark = pytest.mark.django_db

BORN = date(2018, 2, 8)
NHS = "9434765919"


class Everybody:
    """An actor in whose sight is everybody but `hidden`."""

    def __init__(self):
        self.hidden = set()


class Index:
    """The index of an invented partnership, searched as one actor."""

    def __init__(self, partnership):
        self.partnership = partnership
        self.actor = Everybody()

    def add(self, given, family="", *, postcode="", nhs="", alias="", protected=False, **facts):
        person = Person.objects.create(**{"partnership": self.partnership, "date_of_birth": BORN, **facts})
        PersonName.objects.create(person=person, given_names=given, family_name=family)
        if alias:
            PersonName.objects.create(person=person, kind="alias", given_names=alias)
        if postcode:
            PersonAddress.objects.create(person=person, lines="1 Invented Row", postcode=postcode, protected=protected)
        if nhs:
            Identifier.objects.create(person=person, type="nhs", value=nhs, validated=True)
        return person

    def search(self, limit=8, **told):
        return PlainMatcher().candidates(Described(**told), self.partnership, by=self.actor, limit=limit)

    def names(self, **told):
        return [candidate.person.display_name for candidate in self.search(**told)]


@pytest.fixture
def ardenvale(db):
    return Partnership.objects.create(key="ardenvale", name="Ardenvale", invented=True)


@pytest.fixture
def westmere(db):
    return Partnership.objects.create(key="westmere", name="Westmere", invented=True)


@pytest.fixture
def index(ardenvale, westmere, monkeypatch):
    monkeypatch.setitem(managers._rules, Person, lambda rows, who, **more: rows.exclude(id__in=who.hidden))
    with as_front_door_worker(ardenvale, westmere):
        yield Index(ardenvale)


def words(candidate):
    return {agreement.field: str(agreement.word) for agreement in candidate.agreements}


# Names of every community here. Each: as recorded (given, family), and as somebody on the telephone might say it.
SAID = [
    ("Maya", "Dunne", "Maya Dunn"),
    ("Maya", "Dunne", "Dunne Maya"),
    ("Muhammad Abdul Rahman", "Khan", "Mohammad Rahman Khan"),
    ("Mohammed", "Hussain", "Mohamed Hussain"),
    ("Mohammed", "Khan", "Muhammad Abdul Rahman Khan"),
    ("Aaliyah", "Begum", "Aliyah Begum"),
    ("Zainab", "", "Zainab"),
    ("Zainab", "", "Zainab Bibi"),
    ("Harpreet", "Kaur", "Harpreet Kaur Gill"),
    ("Gurpreet Singh", "Sandhu", "Gurpreet Sandhu"),
    ("Oluwaseun", "Adeyemi-Cole", "Oluwaseun Adeyemi"),
    ("Chukwuemeka", "Okonkwo", "Chukuemeka Okonkwo"),
    ("Siobhán", "O'Brien", "Siobhan OBrien"),
    ("Aoife", "O’Connell-Reid", "Aoife O'Connell Reid"),
    ("Łukasz", "Wiśniewski", "Lukasz Wisniewski"),
    ("Zuzanna", "Kowalska", "Zuzana Kowalska"),
    ("Nguyễn Thị", "Ánh", "Anh Nguyen Thi"),
    ("Wei", "Zhang", "Zhang Wei"),
    ("Xiù Yīng", "Li", "Xiu Ying Li"),
    ("Ioana-Maria", "Popescu", "Ioana Popescu"),
    ("Ștefan", "Țăranu", "Stefan Taranu"),
    ("Eleri", "ap Rhys", "Eleri Ap-Rhys"),
    ("José María", "García López", "Jose Garcia Lopez"),
    ("Abebe", "Bikila Wolde", "Abebe Bikila"),
    ("Tariq", "al-Masri", "Tariq Al Masri"),
    ("D'Andre", "St. Clair", "DAndre St Clair"),
]


@pytest.mark.parametrize(("given", "family", "said"), SAID)
def test_a_child_is_found_however_the_name_is_said(index, given, family, said):
    child = index.add(given, family)
    for number in range(12):
        index.add(f"Other{number}", "Person", date_of_birth=BORN + timedelta(days=40 * number))
    found = index.search(given_names=said, approximate_age_years=age_today())
    assert found[0].person == child
    assert found[0].agreement("name").word in {Word.SAME, Word.VERY_CLOSE, Word.CLOSE}


def age_today():
    today = calendar.today()
    return today.year - BORN.year - ((today.month, today.day) < (BORN.month, BORN.day))


@pytest.mark.parametrize("text", [f"{given} {family}" for given, family, _ in SAID] + [said for _, _, said in SAID])
def test_the_database_and_the_words_spell_a_name_in_the_same_way(text):
    from django.db.models import Value

    Partnership.objects.create(key="any", name="Any")
    assert Partnership.objects.annotate(plain=plain_name(Value(text))).get().plain == plain(text)


@pytest.mark.parametrize(
    ("said", "word"),
    [
        ("maya dunne", Word.SAME),
        ("Dunne Maya", Word.SAME),
        ("May a Dunne", Word.SAME),
        ("Maya Dunn", Word.VERY_CLOSE),
        ("Maya Rose Dunne", Word.VERY_CLOSE),
        ("Mya Dunn", Word.VERY_CLOSE),
        ("Maya", Word.CLOSE),
        ("Maya Price", Word.CLOSE),
        ("Leo Dunne", Word.DIFFERENT),
    ],
)
def test_a_name_agrees_in_words_and_a_shared_family_name_alone_does_not(index, said, word):
    index.add("Maya", "Dunne", postcode="AV1 1AA")
    found = index.search(given_names=said, date_of_birth=BORN, postcode="AV1 1AA")
    assert found[0].agreement("name").word is word


def test_a_card_says_how_each_field_agrees_and_never_a_percentage(index):
    index.add("Maya", "Dunne", postcode="AV1 1AA", nhs=NHS)
    found = index.search(given_names="Maya", family_name="Dunn", approximate_age_years=age_today(), postcode="av11ab")
    assert words(found[0]) == {
        "name": "Very close",
        "birth": "Close",
        "address": "Close",
        "nhs_number": "You did not give one",
    }
    assert found[0].agreement("birth").note == "you gave age only: fits"
    assert found[0].agreement("address").note == "same postcode area"
    assert found[0].agreement("name").note == "Maya Dunn / Maya Dunne"
    assert not any("%" in line.note or line.note.isdigit() for line in found[0].agreements)


def test_an_alias_finds_a_child_and_the_card_says_that_it_is_one(index):
    index.add("Maya", "Dunne", alias="Princess Price")
    name = index.search(given_names="Princess", family_name="Price")[0].agreement("name")
    assert (name.word, name.note) == (Word.SAME, "also known as: Princess Price")


def test_a_name_that_the_caller_adds_is_searched_too(index):
    index.add("Maya", "Dunne")
    assert index.names(given_names="Kiki", also_known_as=("Maya Dunne",)) == ["Maya Dunne"]


def test_an_nhs_number_finds_a_child_under_another_name_and_says_what_differs(index):
    index.add("Maya", "Dunne", nhs=NHS)
    found = index.search(given_names="Zofia", family_name="Nowak", nhs_number="943 476 5919")
    assert words(found[0])["nhs_number"] == "Same"
    assert words(found[0])["name"] == "Different"


def test_another_nhs_number_is_said_to_be_different_and_a_missing_one_not_known(index):
    index.add("Maya", "Dunne", nhs=NHS)
    index.add("Maya", "Dunne")
    found = index.search(given_names="Maya", family_name="Dunne", nhs_number="9990000018")
    assert sorted(words(candidate)["nhs_number"] for candidate in found) == ["Different", "Not known"]


@pytest.mark.parametrize(
    ("told", "word"),
    [
        (BORN, "Same"),
        (date(2018, 8, 2), "Very close"),
        (date(2018, 2, 9), "Very close"),
        (date(2017, 2, 8), "Very close"),
        (date(2011, 5, 30), "Different"),
    ],
)
def test_a_date_of_birth_with_one_part_wrong_or_turned_round_is_very_close(index, told, word):
    index.add("Maya", "Dunne")
    assert words(index.search(given_names="Maya Dunne", date_of_birth=told)[0])["birth"] == word


def test_day_and_month_turned_round_find_the_child_without_a_name(index):
    index.add("Maya", "Dunne")
    assert index.names(date_of_birth=date(2018, 8, 2)) == ["Maya Dunne"]


def test_an_age_that_does_not_fit_is_different_and_an_age_on_the_record_is_compared(index):
    index.add("Maya", "Dunne")
    index.add("Leo", "Price", date_of_birth=None, approximate_age_years=8, age_recorded_on=calendar.today())
    index.add("Sam", "Ford", date_of_birth=None)
    assert words(index.search(given_names="Maya Dunne", approximate_age_years=15)[0])["birth"] == "Different"
    assert words(index.search(given_names="Leo Price", approximate_age_years=9)[0])["birth"] == "Close"
    assert words(index.search(given_names="Sam Ford", approximate_age_years=9)[0])["birth"] == "Not known"


def test_the_right_child_of_a_common_name_is_not_lost_among_a_hundred_others(index):
    people = [Person(partnership=index.partnership, date_of_birth=date(2009, 1, 1)) for _ in range(130)]
    Person.objects.bulk_create(people)
    PersonName.objects.bulk_create([PersonName(person=each, given_names="Amir", family_name="Khan") for each in people])
    wanted = index.add("Amir", "Khan")
    found = index.search(given_names="Amir Khan", date_of_birth=BORN)
    assert found[0].person == wanted
    assert len(found) == 8
    assert found.too_many


def test_a_twin_is_found_apart_and_each_card_warns_of_the_other(index):
    maya, mia = index.add("Maya", "Dunne", postcode="AV1 1AA"), index.add("Mia", "Dunne", postcode="AV1 1AA")
    mother = index.add("Kim", "Dunne", kind="adult", date_of_birth=date(1996, 3, 3))
    for child in (maya, mia):
        Relationship.objects.create(person_a=mother, type="mother", person_b=child)
    found = index.search(given_names="Maya Dunne", date_of_birth=BORN, postcode="AV1 1AA", kind="child")
    assert [candidate.person for candidate in found] == [maya, mia]
    assert [(flag.kind, flag.person, flag.words) for flag in found[0].flags] == [("twin", mia, "Has a twin, Mia DUNNE")]
    assert [(flag.kind, flag.person) for flag in found[1].flags] == [("twin", maya)]
    assert words(found[1])["name"] == "Different"


def test_twins_whose_names_are_one_letter_apart_are_flagged_by_their_household(index):
    jayden, jaydon = index.add("Jayden", "Cole"), index.add("Jaydon", "Cole")
    home = Household.objects.create(partnership=index.partnership, label="1 Invented Row")
    for child in (jayden, jaydon):
        HouseholdMembership.objects.create(household=home, person=child)
    found = index.search(given_names="Jayden Cole", date_of_birth=BORN)
    assert [candidate.person for candidate in found] == [jayden, jaydon]
    assert [flag.kind for flag in found[0].flags] == ["twin"]


def test_a_brother_is_flagged_as_a_brother_and_not_as_a_twin(index):
    maya, leo = index.add("Maya", "Dunne"), index.add("Leo", "Dunne", date_of_birth=date(2025, 1, 9), sex="M")
    Relationship.objects.create(person_a=leo, type="half-sibling", person_b=maya)
    flags = index.search(given_names="Maya Dunne")[0].flags
    assert [(flag.kind, flag.words) for flag in flags] == [("sibling", "Has a half-brother, Leo DUNNE")]


def test_a_hidden_child_is_neither_a_candidate_nor_a_flag_nor_counted(index):
    maya, mia = index.add("Maya", "Dunne", nhs=NHS), index.add("Mia", "Dunne")
    Relationship.objects.create(person_a=mia, type="sibling", person_b=maya)
    index.actor.hidden = {mia.id}
    found = index.search(given_names="Mia Dunne", date_of_birth=BORN, limit=1)
    assert [(candidate.person, candidate.flags, found.too_many) for candidate in found] in (
        [],
        [(maya, (), False)],
    )
    index.actor.hidden = {maya.id, mia.id}
    assert index.search(nhs_number=NHS, given_names="Maya Dunne", date_of_birth=BORN) == []


def test_a_child_of_another_partnership_is_not_offered(index, westmere):
    index.add("Maya", "Dunne", partnership=westmere)
    assert index.names(given_names="Maya Dunne") == []


def test_a_protected_address_is_not_found_by_its_postcode_and_its_card_does_not_tell(index):
    index.add("Maya", "Dunne", postcode="AV1 1AA", protected=True)
    assert index.names(postcode="AV1 1AA") == []
    for postcode in ("AV1 1AA", "AV9 9ZZ"):
        assert words(index.search(given_names="Maya Dunne", postcode=postcode)[0])["address"] == "Not known"


def test_who_only_shares_a_birthday_or_a_street_is_not_offered(index):
    index.add("Maya", "Dunne", postcode="AV1 1AA")
    assert index.names(given_names="Zofia Nowak", date_of_birth=BORN) == []
    assert index.names(given_names="Zofia Nowak", postcode="AV1 1AA") == []


def test_nothing_told_finds_nobody_and_no_match_is_an_empty_list(index):
    index.add("Maya", "Dunne")
    assert index.search() == []
    found = index.search(given_names="Zofia Nowak")
    assert found == []
    assert not found.too_many


def test_children_only_or_adults_only_can_be_asked_for(index):
    index.add("Maya", "Dunne")
    index.add("Maya", "Dunne", kind="adult", date_of_birth=date(1990, 1, 1))
    assert [c.person.kind for c in index.search(given_names="Maya Dunne", kind="adult")] == ["adult"]


def test_a_child_not_yet_born_is_compared_by_the_expected_date(index):
    due = date(2027, 3, 9)
    index.add("Baby", "Dunne", date_of_birth=None, unborn=True, expected_date_of_birth=due)
    found = index.search(given_names="Baby Dunne", expected_date_of_birth=due + timedelta(days=10))
    assert words(found[0])["birth"] == "Close"


def test_a_search_takes_as_many_queries_among_fifty_as_among_two(index):
    told = {"given_names": "Maya Dunne", "date_of_birth": BORN, "postcode": "AV1 1AA", "nhs_number": NHS}
    counts = []
    for size in (2, 50):
        for number in range(size):
            child = index.add("Maya", f"Dunne{number}", postcode="AV1 1AA", nhs=NHS)
            Relationship.objects.create(person_a=child, type="sibling", person_b=index.add("Leo", f"Dunne{number}"))
        with CaptureQueriesContext(connection) as queries:
            assert index.search(**told)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 18


def test_a_name_is_looked_up_through_the_trigram_index(owner_connection):
    """As the owner, with whose rights `wall_names_like` asks it."""
    owner_connection.execute("set local enable_seqscan = off")
    plan = owner_connection.execute(
        "explain select id from people_personname where normalised % people_plain_name('Maya Dunn')"
    ).fetchall()
    assert "person_name_trigram" in str(plan)
