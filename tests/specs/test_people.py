"""People, agencies and roles: what the record refuses, what it keeps, and who may act as what on which day."""

from datetime import date

import pytest
from behind_the_wall import as_front_door_worker
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from sightline.people import managers
from sightline.people.actor import RoleNotHeld, actor_for
from sightline.people.managers import NoSightRule, register_sight
from sightline.people.models import (
    Account,
    Agency,
    AgencyName,
    AgencySuccession,
    Group,
    GroupMembership,
    HouseholdMembership,
    Identifier,
    Partnership,
    PartnershipMembership,
    Person,
    PersonAddress,
    PersonName,
    RoleHeld,
    Worker,
)
from sightline.people.roles_held import cover, roles_held

pytestmark = pytest.mark.django_db

START, TODAY = date(2025, 4, 1), date(2026, 9, 1)


@pytest.fixture
def ardenvale(db):
    partnership = Partnership.objects.create(key="ardenvale", name="Ardenvale", invented=True)
    with as_front_door_worker(partnership):
        yield partnership


@pytest.fixture
def council(ardenvale):
    return agency_called("Ardenvale Council", "csc", ardenvale)


def agency_called(name, kind, *partnerships):
    agency = Agency.objects.create(key=name.lower().replace(" ", "-"), kind=kind)
    AgencyName.objects.create(agency=agency, name=name, valid_from=START)
    for partnership in partnerships:
        PartnershipMembership.objects.create(partnership=partnership, agency=agency, valid_from=START)
    return agency


def holding(role, agency, partnership, given_name="Jo", **more):
    worker = Worker.objects.create(given_name=given_name, family_name="Bell", job_title="Team manager")
    held = RoleHeld.objects.create(
        worker=worker, role=role, agency=agency, partnership=partnership, **{"valid_from": START, **more}
    )
    return worker, held


def refused(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()
    return True


# A person


@pytest.mark.parametrize(
    "facts",
    [
        {"unborn": True, "date_of_birth": date(2026, 1, 1)},
        {"unborn": True, "date_of_birth": date(2026, 1, 1), "expected_date_of_birth": date(2026, 1, 9)},
        {"expected_date_of_birth": date(2027, 1, 1)},
        {"unborn": True, "sex": "F"},
        {"unborn": True, "kind": "adult"},
        {"approximate_age_years": 8},
        {"age_recorded_on": TODAY},
        {"date_of_birth": date(2018, 2, 8), "date_of_death": date(2018, 2, 7)},
        {"disability": ["NONE", "MOB"]},
        {"kind": "group"},
    ],
)
def test_the_database_refuses_a_person_whose_facts_contradict_each_other(ardenvale, facts):
    assert refused(lambda: Person.objects.create(partnership=ardenvale, **facts))


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"unborn": True, "expected_date_of_birth": date(2027, 1, 1)},
        {"unborn": True},
        {"approximate_age_years": 8, "age_recorded_on": TODAY},
        {"date_of_birth": date(2018, 2, 8), "date_of_death": date(2018, 2, 8)},
        {"disability": ["NONE"]},
        {"disability": ["MOB", "AUT"], "sex": "F"},
    ],
)
def test_the_database_accepts_a_person_with_whatever_is_known(ardenvale, facts):
    assert Person.objects.create(partnership=ardenvale, **facts).pk


def test_a_person_is_called_by_the_name_used_now_whatever_other_names_there_are(ardenvale):
    person = Person.objects.create(partnership=ardenvale)
    assert person.display_name == "Name not known"
    for kind, family, since, until in (
        ("former", "Ash", None, date(2024, 1, 1)),
        ("current", "Dunne", date(2024, 1, 1), None),
        ("alias", "Price", date(2026, 1, 1), None),
    ):
        PersonName.objects.create(
            person=person, kind=kind, given_names="Maya", family_name=family, valid_from=since, valid_to=until
        )
    assert Person.objects.get().display_name == "Maya Dunne"
    assert person.name.full_with_capitals == "Maya DUNNE"


def test_a_child_not_yet_born_and_without_a_name_is_called_unborn_child(ardenvale):
    assert str(Person.objects.create(partnership=ardenvale, unborn=True)) == "Unborn child"


def test_a_person_has_one_main_name_at_a_time(ardenvale):
    person = Person.objects.create(partnership=ardenvale)
    PersonName.objects.create(person=person, given_names="Maya", valid_to=TODAY)
    PersonName.objects.create(person=person, given_names="Mya", valid_from=TODAY)
    assert refused(lambda: PersonName.objects.create(person=person, given_names="May", valid_from=date(2030, 1, 1)))


def test_one_name_is_enough_but_an_empty_name_is_none(ardenvale):
    person = Person.objects.create(partnership=ardenvale)
    assert PersonName.objects.create(person=person, given_names="Zainab").full == "Zainab"
    assert refused(lambda: PersonName.objects.create(person=person, kind="alias"))


def test_a_date_cannot_end_before_it_starts(ardenvale):
    person = Person.objects.create(partnership=ardenvale)
    dates = {"valid_from": TODAY, "valid_to": TODAY}
    assert refused(lambda: PersonName.objects.create(person=person, given_names="Maya", **dates))
    assert refused(lambda: PersonAddress.objects.create(person=person, lines="1 Invented Row", **dates))


def test_a_refuge_address_cannot_be_stored_unprotected_and_never_prints(ardenvale):
    person = Person.objects.create(partnership=ardenvale)
    assert refused(lambda: PersonAddress.objects.create(person=person, kind="refuge", lines="Safe place"))
    address = PersonAddress.objects.create(person=person, kind="refuge", lines="Safe place", protected=True)
    assert str(address) == "Address protected"


def test_two_people_can_hold_one_nhs_number_so_that_no_refusal_reveals_a_hidden_record(ardenvale):
    for _ in range(2):
        person = Person.objects.create(partnership=ardenvale)
        Identifier.objects.create(person=person, type="nhs", value="9434765919", validated=True)
    assert Identifier.objects.filter(value="9434765919").count() == 2


def test_a_person_is_in_one_household_once_at_a_time(ardenvale):
    from sightline.people.models import Household

    person = Person.objects.create(partnership=ardenvale)
    home = Household.objects.create(partnership=ardenvale, label="1 Invented Row")
    HouseholdMembership.objects.create(household=home, person=person, valid_from=START)
    assert refused(lambda: HouseholdMembership.objects.create(household=home, person=person, valid_from=TODAY))


# Who may see


def test_nobody_sees_anybody_until_a_rule_says_who_may(monkeypatch):
    monkeypatch.delitem(managers._rules, Person, raising=False)
    with pytest.raises(NoSightRule, match="Nobody may see Person"):
        Person.visible_to("anybody")
    with pytest.raises(NoSightRule):
        Person.objects.filter(kind="child").visible_to("anybody")


def test_a_sight_rule_cannot_be_replaced_by_another(monkeypatch):
    monkeypatch.delitem(managers._rules, Person, raising=False)
    try:
        register_sight(Person, everybody)
        register_sight(Person, everybody)
        with pytest.raises(ValueError, match="already has a sight rule"):
            register_sight(Person, lambda rows, who: rows)
    finally:
        managers._rules.pop(Person, None)


def everybody(rows, who, **context):
    return rows


# Agencies


def test_an_agency_is_called_what_it_was_called_on_the_day(ardenvale, council):
    AgencyName.objects.filter(agency=council).update(valid_to=date(2026, 1, 1))
    AgencyName.objects.create(agency=council, name="Greater Ardenvale Council", valid_from=date(2026, 1, 1))
    assert council.name_on(date(2025, 12, 31)) == "Ardenvale Council"
    assert council.name_on(date(2026, 1, 1)) == "Greater Ardenvale Council"
    overlapping = {"agency": council, "name": "Another", "valid_from": date(2025, 6, 1)}
    assert refused(lambda: AgencyName.objects.create(**overlapping))


def test_the_current_successor_is_the_end_of_the_chain_on_the_day(ardenvale):
    first, second, third = (
        agency_called(f"NHS Ardenvale {name}", "icb", ardenvale) for name in ("CCG", "ICB", "Board")
    )
    AgencySuccession.objects.create(predecessor=first, successor=second, on=date(2022, 7, 1))
    AgencySuccession.objects.create(predecessor=second, successor=third, on=date(2027, 4, 1))
    assert first.current_successor(date(2022, 6, 30)) == first
    assert first.current_successor(TODAY) == second
    assert first.current_successor(date(2027, 4, 1)) == third
    AgencySuccession.objects.create(predecessor=third, successor=first, on=date(2028, 1, 1))
    assert first.current_successor(date(2028, 1, 1)) in {first, second, third}
    assert refused(lambda: AgencySuccession.objects.create(predecessor=third, successor=third, on=TODAY))


def test_a_police_force_belongs_to_several_partnerships_but_to_each_once_at_a_time(ardenvale):
    neighbour = Partnership.objects.create(key="westmere", name="Westmere", invented=True)
    police = agency_called("Ardenvale Police", "pol", ardenvale, neighbour)
    assert set(police.partnerships.all()) == {ardenvale, neighbour}
    again = {"partnership": ardenvale, "agency": police, "valid_from": TODAY}
    assert refused(lambda: PartnershipMembership.objects.create(**again))


def test_a_seat_on_a_group_is_somebodys(ardenvale, council):
    group = Group.objects.create(partnership=ardenvale, key="executive", name="Executive", valid_from=START)
    assert refused(lambda: GroupMembership.objects.create(group=group, valid_from=START))
    GroupMembership.objects.create(group=group, agency=council, capacity="chair", valid_from=START)
    twice = {"group": group, "agency": council, "capacity": "chair", "valid_from": TODAY}
    assert refused(lambda: GroupMembership.objects.create(**twice))


# Roles and accounts


def test_a_role_is_held_from_its_first_day_until_the_day_before_its_end(ardenvale, council):
    worker, _ = holding("front-door-manager", council, ardenvale, valid_to=date(2026, 1, 1))
    account = Account.objects.create_account("jo.bell", worker=worker)
    days = (date(2025, 3, 31), START, date(2025, 12, 31), date(2026, 1, 1))
    assert [len(roles_held(account, day)) for day in days] == [0, 1, 1, 0]


def test_one_worker_holds_a_role_once_at_a_time_but_may_hold_it_in_two_partnerships(ardenvale, council):
    worker, held = holding("agency-lead", council, ardenvale)
    again = {"worker": worker, "role": held.role, "agency": council, "valid_from": TODAY}
    assert refused(lambda: RoleHeld.objects.create(partnership=ardenvale, **again))
    neighbour = Partnership.objects.create(key="westmere", name="Westmere", invented=True)
    RoleHeld.objects.create(partnership=neighbour, **again)
    independent, _ = holding("scrutineer", None, ardenvale, "Ola")
    alone = {"worker": independent, "role": "scrutineer", "partnership": ardenvale, "valid_from": TODAY}
    assert refused(lambda: RoleHeld.objects.create(**alone))


def test_a_deputy_holds_the_role_while_covering_and_only_while_it_is_held(ardenvale, council):
    _, held = holding("front-door-manager", council, ardenvale)
    deputy, own = holding("front-door-worker", council, ardenvale, "Sam")
    account = Account.objects.create_account("sam.bell", worker=deputy)
    cover(held, deputy, date(2026, 8, 24), date(2026, 9, 7))
    actor = actor_for(account, TODAY)
    assert [role.role for role in actor.roles] == ["front-door-worker", "front-door-manager"]
    assert actor.role == own
    assert actor.acting_as("front-door-manager").deputising
    assert not actor_for(account, date(2026, 9, 7)).holds("front-door-manager")
    RoleHeld.objects.filter(pk=held.pk).update(valid_to=date(2026, 8, 28))
    assert not actor_for(account, TODAY).holds("front-door-manager")


def test_nobody_deputises_for_themselves_or_in_another_role(ardenvale, council):
    worker, held = holding("front-door-manager", council, ardenvale)
    with pytest.raises(ValidationError, match="Nobody can deputise for themselves"):
        cover(held, worker, TODAY, date(2026, 9, 7))
    other = RoleHeld(worker=worker, role="data-analyst", partnership=ardenvale, deputy_for=held, valid_from=TODAY)
    with pytest.raises(ValidationError, match="same role, agency and partnership"):
        other.full_clean()


def test_a_role_that_does_not_exist_is_named_with_those_that_do(ardenvale, council):
    held = RoleHeld(worker=Worker(family_name="Bell"), role="wizard", partnership=ardenvale, valid_from=TODAY)
    with pytest.raises(ValidationError, match="There is no role 'wizard'"):
        held.full_clean(exclude=["worker"])


def test_an_actor_acts_in_one_role_and_cannot_act_in_one_not_held(ardenvale, council):
    worker, _ = holding("agency-lead", council, ardenvale)
    neighbour = Partnership.objects.create(key="westmere", name="Westmere", invented=True)
    RoleHeld.objects.create(worker=worker, role="data-analyst", partnership=neighbour, valid_from=TODAY)
    account = Account.objects.create_account("jo.bell", worker=worker)
    actor = actor_for(account, TODAY)
    assert (actor.role_key, actor.agency, actor.partnership, actor.name) == (
        "agency-lead",
        council,
        ardenvale,
        "Jo Bell",
    )
    analyst = actor.acting_as("data-analyst")
    assert (analyst.role_key, analyst.agency, analyst.partnership) == ("data-analyst", None, neighbour)
    assert [role.role for role in actor_for(account, TODAY, neighbour).roles] == ["data-analyst"]
    with pytest.raises(RoleNotHeld, match="Jo Bell does not hold the role 'scrutineer' today"):
        actor.acting_as("scrutineer")


def test_ten_roles_take_as_many_queries_to_read_as_one(ardenvale, council, django_assert_num_queries):
    worker, _ = holding("agency-lead", council, ardenvale)
    for number in range(10):
        school = agency_called(f"Ardenvale School {number}", "edu", ardenvale)
        RoleHeld.objects.create(
            worker=worker, role="agency-lead", agency=school, partnership=ardenvale, valid_from=START
        )
    account = Account.objects.create_account("jo.bell", worker=worker)
    with django_assert_num_queries(3):
        actor = actor_for(Account.objects.get(pk=account.pk), TODAY)
        assert [role.partnership.name for role in actor.roles] == ["Ardenvale"] * 11
        assert actor.agency.key
    assert len(actor.roles) == 11


def test_an_account_without_a_worker_or_that_is_closed_holds_no_role(ardenvale, council):
    service = Account.objects.create_account("jobs", kind="service")
    assert (actor_for(service, TODAY).roles, actor_for(service, TODAY).name) == ((), "jobs")
    worker, _ = holding("agency-lead", council, ardenvale)
    closed = Account.objects.create_account("jo.bell", worker=worker)
    closed.is_active = False
    assert roles_held(closed, TODAY) == []


def test_user_names_are_one_whatever_their_capitals(ardenvale):
    account = Account.objects.create_account("jo.bell", password="a long invented phrase")
    assert Account.objects.get_by_natural_key("Jo.BELL") == account
    with pytest.raises(ValidationError):
        Account.objects.create_account("Jo.Bell")


def test_a_password_signs_a_person_in_and_gives_no_permission_of_djangos(ardenvale):
    Account.objects.create_account("jo.bell", password="a long invented phrase")
    account = authenticate(username="jo.bell", password="a long invented phrase")
    assert isinstance(account, Account)
    powers = (account.is_staff, account.is_superuser, account.has_module_perms("people"))
    permissions = (account.has_perm("people.view_person"), account.has_perms(["people.view_person"]))
    assert not any((*powers, *permissions))
    assert authenticate(username="jo.bell", password="another phrase") is None


def test_an_account_made_without_a_password_cannot_be_signed_in_to(ardenvale):
    account = Account.objects.create_account("jobs", kind="service")
    assert not account.has_usable_password()
    assert account.get_full_name() == account.get_short_name() == "jobs"
