"""Finding a person or a case: nothing typed is in an address, everything is in the log, and nobody sees too much."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from independent import purpose_said

from sightline.people.models import Person, PersonName
from sightline.platform.audit.models import AuditRow
from tests.contacts import bound, rated, signed_in, take, text_of, told
from tests.journey import boxes

pytestmark = pytest.mark.django_db
MAYA = {"given_names": "Maya", "family_name": "Dunn"}


def known(world: Any, name: str = "Maya") -> Any:
    """A logged contact whose child is on the register."""
    case = told(world, name)
    with bound(world.officer):
        subject = case.subjects.get()
    identified = [{"subject": subject.pk, "is_person": "new"}]
    take(world, case, "officer", "log", source="2A", concerns=["physical"], identified=identified)
    return case


def test_a_person_is_found_by_a_name_spelled_nearly_right_with_agreement_in_words(world: Any) -> None:
    case = known(world)
    take(world, case, "worker", "set_priority", rag="amber", rag_reason="A bruise")
    page = signed_in(world, "worker").post("/search/", MAYA, follow=True)
    said = text_of(page.content.decode())
    assert "Maya DUNNE , born 8 February 2018" in said
    assert "Name Very close (Maya Dunn / Maya Dunne)" in said
    assert "NHS number You did not give one" in said
    assert f"Contact {case.reference} : Priority set, Kay Obi" in said
    assert "%" not in said


def test_nothing_that_was_typed_is_in_the_address_or_the_title(world: Any) -> None:
    known(world)
    response = signed_in(world, "worker").post("/search/", MAYA)
    assert response.status_code == 302
    assert "unn" not in response.headers["Location"]
    page = signed_in(world, "worker").post("/search/", MAYA, follow=True).content.decode()
    assert "<title>Who this may be, Sightline</title>" in page


def test_a_result_belongs_to_whoever_searched(world: Any) -> None:
    known(world)
    address = signed_in(world, "worker").post("/search/", MAYA).headers["Location"]
    assert signed_in(world, "second_worker").get(address)["Location"] == "/search/"


def test_whoever_reads_the_table_of_sessions_learns_nothing_that_was_typed(world: Any) -> None:
    known(world)
    typed = {**MAYA, **boxes("date_of_birth", date(2018, 2, 8))}
    typed |= {"postcode": "AV1 1AA", "nhs_number": "943 476 5919"}
    client = signed_in(world, "worker")
    address = client.post("/search/", typed).headers["Location"]
    kept = str(dict(client.session.items()))
    assert address.split("/")[2] in kept
    for said in ("Maya", "Dunn", "2018-02-08", "AV1 1AA", "9434765919", "943 476 5919"):
        assert said not in kept, said
    assert "Very close (Maya Dunn / Maya Dunne)" in text_of(client.get(address).content.decode())


def test_a_search_is_in_the_log_with_its_terms_and_who_was_shown(world: Any) -> None:
    known(world)
    signed_in(world, "worker").post("/search/", MAYA, follow=True)
    row = AuditRow.objects.get(action="search")
    with bound(world.worker):
        person = Person.visible_to(world.worker).get()
    assert row.detail["terms"] == MAYA
    assert row.object_ids == [person.pk]
    assert row.account_id == world.accounts["worker"].pk


def test_an_empty_search_says_what_to_enter(world: Any) -> None:
    page = signed_in(world, "worker").post("/search/", {"given_names": ""}).content.decode()
    assert "Enter a name, a date of birth, a postcode or an NHS number" in text_of(page)
    assert "<title>Error: Find a person" in page


def test_nobody_found_says_so(world: Any) -> None:
    page = signed_in(world, "worker").post("/search/", {"given_names": "Zebedee"}, follow=True)
    assert "No one matches." in text_of(page.content.decode())


def test_a_reference_leads_to_the_case_with_or_without_its_first_letter(world: Any) -> None:
    case = told(world)
    for typed in (case.reference, case.reference.lower(), case.reference[2:]):
        response = signed_in(world, "worker").post("/search/", {"reference": typed})
        assert str(case.pk) in response.headers["Location"], typed


def test_an_agency_finds_references_of_its_own_cases_only_and_never_people(world: Any) -> None:
    case = known(world)
    own = signed_in(world, "school").post("/search/", {"reference": case.reference})
    assert str(case.pk) in own.headers["Location"]
    other = signed_in(world, "other_school").post("/search/", {"reference": case.reference})
    assert "No case that you can see has this reference" in text_of(other.content.decode())
    page = signed_in(world, "school").get("/search/").content.decode()
    assert "family_name" not in page
    assert signed_in(world, "school").post("/search/", MAYA).status_code == 200
    assert not AuditRow.objects.filter(action="search", subject="people.Person").exists()


def test_figures_roles_find_nobody(world: Any) -> None:
    purpose_said(world)
    for who in ("analyst", "scrutineer"):
        assert signed_in(world, who).get("/search/").status_code == 403


def test_more_matches_cost_no_more_queries(world: Any) -> None:
    def queries() -> int:
        client = signed_in(world, "worker")
        address = client.post("/search/", MAYA).headers["Location"]
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    rated(world, known(world), "amber")
    few = queries()
    for _ in range(3):
        known(world)
        PersonName.objects.filter(given_names="Maya").update(family_name="Dunn")
    assert queries() == few
