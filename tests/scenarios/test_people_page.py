"""Which other children and adults are around this child, now and lately?"""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.people.models import (
    Household,
    HouseholdMembership,
    Person,
    PersonAddress,
    PersonName,
    Relationship,
)
from sightline.platform.audit.models import AuditRow
from tests.contacts import MONDAY, bound, get, take, text_of, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def family(world: Any) -> dict[str, Person]:
    """Maya lives with her mother and a partner who left; a half-brother lives elsewhere."""
    with bound(world.worker):
        found = {
            "maya": person(world, "Maya", "Dunne", "F", date(2018, 2, 8)),
            "kim": person(world, "Kim", "Dunne", "F", date(1997, 5, 1), "adult"),
            "sean": person(world, "Sean", "Price", "M", date(1992, 3, 3), "adult"),
            "ayaan": person(world, "Ayaan", "Khan", "M", date(2015, 6, 1)),
        }
        home = Household.objects.create(partnership=world.partnership, label="12 Elm Road")
        for name, role, left in (("maya", "child", None), ("kim", "parent", None), ("sean", "parents-partner", 2026)):
            HouseholdMembership.objects.create(
                household=home,
                person=found[name],
                role=role,
                valid_from=date(2025, 1, 1),
                valid_to=date(left, 6, 1) if left else None,
            )
        for child in ("maya", "ayaan"):
            Relationship.objects.create(
                person_a=found["kim"],
                person_b=found[child],
                type="mother",
                source="told by the school",
                confidence="verified",
                valid_from=found[child].date_of_birth,
            )
        PersonAddress.objects.create(
            person=found["maya"], lines="12 Elm Road", postcode="B91 1AA", valid_from=date(2025, 1, 1)
        )
    return found


def person(world: Any, given: str, name: str, sex: str, born: date, kind: str = "child") -> Person:
    made = Person.objects.create(partnership=world.partnership, kind=kind, sex=sex, date_of_birth=born)
    PersonName.objects.create(person=made, given_names=given, family_name=name, valid_from=born)
    return made


def page_of(world: Any, found: Person, who: str = "worker", query: str = "", status: int = 200) -> str:
    return get(world, who, f"/people/{found.pk}/{query}", MONDAY, status)


def test_everybody_around_the_child_is_there_without_a_click(world: Any, family: dict[str, Person]) -> None:
    said = text_of(page_of(world, family["maya"]))
    assert "Maya DUNNE · 8 years · born 8 February 2018" in said
    assert "People around Maya" in said
    assert "At home, 12 Elm Road (since January 2025) Kim Dunne , 29 years Mother" in said
    assert "told by the school, verified" in said
    assert "Ayaan Khan , 11 years Brother or half-brother (same mother)" in said
    assert "In the two years before Sean Price" in said


def test_the_date_can_be_set_back(world: Any, family: dict[str, Person]) -> None:
    said = text_of(page_of(world, family["maya"], query="?on-day=1&on-month=3&on-year=2026"))
    assert "As at 1 March 2026" in said
    assert "Sean Price" in said.split("Elsewhere")[0]
    wrong = page_of(world, family["maya"], query="?on-day=1&on-month=3&on-year=2099")
    assert "Enter today" in text_of(wrong)


def test_a_protected_address_is_withheld_with_the_households_name(world: Any, family: dict[str, Person]) -> None:
    with bound(world.worker):
        PersonAddress.objects.filter(person=family["maya"]).update(protected=True)
    page = page_of(world, family["maya"])
    assert "Address protected" in text_of(page)
    assert "Elm Road" not in page
    assert "B91" not in page


def test_a_name_is_not_in_the_title(world: Any, family: dict[str, Person]) -> None:
    page = page_of(world, family["maya"])
    assert "<title>A person and who is around them, Sightline</title>" in page


def test_whoever_may_not_see_a_person_gets_the_page_of_what_was_never_there(
    world: Any, family: dict[str, Person]
) -> None:
    for who in ("school", "analyst", "police"):
        assert "Page not found" in page_of(world, family["maya"], who, status=404)


def test_matters_about_the_person_and_why_you_can_see_this(world: Any, family: dict[str, Person]) -> None:
    case = told(world)
    with bound(world.officer):
        identified = [{"subject": case.subjects.get().pk, "is_person": str(family["maya"].pk)}]
    take(world, case, "officer", "log", source="2A", concerns=["physical"], identified=identified)
    said = text_of(page_of(world, family["maya"]))
    assert f"Contact {case.reference} Logged" in said
    assert "You can see this because you are a front-door social worker." in said


def test_reading_is_in_the_log_with_everybody_named_on_the_page(world: Any, family: dict[str, Person]) -> None:
    page_of(world, family["maya"])
    rows = AuditRow.objects.filter(action="read", subject="people.Person", account_id=world.accounts["worker"].pk)
    shown = {key for row in rows for key in row.object_ids}
    assert {one.pk for one in family.values()} <= shown


def test_a_larger_family_costs_no_more_queries(world: Any, family: dict[str, Person]) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page_of(world, family["maya"])
        return len(seen)

    few = queries()
    with bound(world.worker):
        for number in range(4):
            sibling = person(world, f"Sib{number}", "Dunne", "F", date(2012, 1, 1 + number))
            Relationship.objects.create(person_a=family["kim"], person_b=sibling, type="mother")
    assert queries() == few
