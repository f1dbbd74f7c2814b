"""Which child is next? The front door's queue: its order, its filters, taking and allocating."""

import re
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sightline.engine.models import Case, CaseStep
from sightline.people.models import RoleHeld
from sightline.platform import calendar
from sightline.platform.audit.models import AuditRow
from tests import contacts
from tests.contacts import MONDAY, bound, rated, signed_in, take, text_of, told
from tests.independent import purpose_said

pytestmark = pytest.mark.usefixtures("read_as_scheduled_work")
get = partial(contacts.get, address="/front-door/")


def order_of(page: str, *names: str) -> list[str]:
    return sorted(names, key=lambda name: text_of(page).index(f"{name} D"))


def test_one_sentence_says_how_many_wait_are_late_and_not_taken_and_how_old_the_oldest_is(world: Any) -> None:
    told(world, "Maya")
    rated(world, told(world, "Leo", MONDAY + timedelta(minutes=5)), "amber", MONDAY + timedelta(minutes=6))
    said = text_of(get(world, "worker", at=MONDAY + timedelta(days=1)))
    assert "2 waiting · 0 late · 1 not yet taken (with Priya Shah) · oldest 1 working day" in said


def test_an_empty_queue_says_so_in_a_sentence(world: Any) -> None:
    assert "No contacts are waiting. New ones appear here as soon as they are sent." in text_of(get(world, "worker"))


def test_late_comes_first_then_priority_then_the_longest_wait(world: Any) -> None:
    rated(world, told(world, "Greta"), "green")
    rated(world, told(world, "Rory"), "red", MONDAY + timedelta(minutes=1))
    told(world, "Nell")
    rated(world, told(world, "Abe"), "amber")
    told(world, "Ola", MONDAY - timedelta(days=6))
    page = get(world, "worker", at=MONDAY + timedelta(minutes=10))
    assert order_of(page, "Nell", "Ola", "Rory", "Abe", "Greta") == ["Ola", "Rory", "Abe", "Greta", "Nell"]


def test_a_child_said_to_be_in_danger_now_does_not_wait_behind_those_already_given_a_priority(world: Any) -> None:
    rated(world, told(world, "Abe"), "amber")
    told(world, "Nell", MONDAY + timedelta(minutes=5), in_danger="yes")
    page = get(world, "worker", at=MONDAY + timedelta(minutes=10))
    assert order_of(page, "Abe", "Nell") == ["Nell", "Abe"]
    assert "Danger now" in text_of(page)


def test_a_row_says_who_told_us_what_is_back_and_who_is_late(world: Any) -> None:
    case = rated(world, told(world), "amber")
    agencies = [{"agency": world.agency(key).pk} for key in ("ardenvale-police", "ardenvale-icb")]
    take(world, case, "worker", "ask_agencies", agencies=agencies)
    with bound(world.health):
        health = Case.objects.get(parent=case)
    take(world, health, "health", "reply_nothing_held", searched_by="N Alder")
    said = text_of(get(world, "worker", at=MONDAY + timedelta(days=3)))
    assert "From Millbrook School · checks 1 of 2 back, Ardenvale Police late" in said


def test_filters_are_in_the_address_and_each_can_be_taken_away(world: Any) -> None:
    rated(world, told(world, "Rory"), "red")
    rated(world, told(world, "Abe"), "amber")
    page = get(world, "worker", address="/front-door/?rag=red&owner=mine")
    assert "Rory D" in text_of(page)
    assert "Abe D" not in text_of(page)
    assert "Priority: Red" in text_of(page)
    assert 'href="?owner=mine"' in page
    assert "No contacts match these filters. 2 are waiting." in text_of(
        get(world, "worker", address="/front-door/?rag=blue")
    )


def test_contacts_that_came_since_are_counted_and_do_not_move_the_rows(world: Any) -> None:
    told(world, "Maya")
    page = get(world, "worker", at=MONDAY + timedelta(minutes=1))
    again = re.search(r'href="(\?as-at=\d+)">Check for new contacts', page)
    assert again
    told(world, "Leo", MONDAY + timedelta(minutes=3))
    later = get(world, "worker", address=f"/front-door/{again[1]}", at=MONDAY + timedelta(minutes=5))
    assert "1 new since 9:07am." in text_of(later)
    assert "Leo D" not in text_of(later)
    assert "Leo D" in text_of(get(world, "worker", at=MONDAY + timedelta(minutes=5)))


def test_taking_the_next_contact_takes_the_most_urgent_and_is_recorded(world: Any) -> None:
    told(world, "Maya")
    urgent = told(world, "Nell", MONDAY + timedelta(minutes=5), in_danger="yes")
    with calendar.frozen(MONDAY + timedelta(minutes=6)):
        client = signed_in(world, "worker")
        response = client.post("/front-door/take-next/")
        assert str(urgent.pk) in response.headers["Location"]
        said = text_of(client.get("/front-door/").content.decode())
    with bound(world.manager):
        urgent.refresh_from_db()
    assert (urgent.owner, urgent.named_owner) == (world.worker.worker, True)
    assert CaseStep.objects.filter(case=urgent, step="take", worker=world.worker.worker).exists()
    assert f"You now own {urgent.reference}. Allocated at 9:12am." in said


def test_a_contact_that_somebody_took_meanwhile_is_passed_over(world: Any) -> None:
    first, second = told(world, "Maya"), told(world, "Leo", MONDAY + timedelta(minutes=1))
    with calendar.frozen(MONDAY + timedelta(minutes=6)):
        for who in ("worker", "second_worker"):
            signed_in(world, who).post("/front-door/take-next/")
    with bound(world.manager):
        owners = [Case.objects.get(pk=case.pk).owner for case in (first, second)]
    assert owners == [world.worker.worker, world.second_worker.worker]


def test_pressing_take_twice_takes_one_contact(world: Any) -> None:
    told(world, "Maya"), told(world, "Leo")
    key = {"idempotency_key": "6c9e2a5e-7a0b-4b6e-9a51-1e9f6a2b3c4d"}
    with calendar.frozen(MONDAY):
        client = signed_in(world, "worker")
        first, again = (client.post("/front-door/take-next/", key).headers["Location"] for _ in range(2))
    assert first == again
    with bound(world.manager):
        assert Case.objects.filter(named_owner=True).count() == 1


def test_a_manager_allocates_several_at_once_and_each_is_recorded(world: Any) -> None:
    cases = [told(world, "Maya"), told(world, "Leo")]
    chosen = {"contact": [str(case.pk) for case in cases], "worker": str(world.second_worker.worker.pk)}
    with calendar.frozen(MONDAY):
        client = signed_in(world, "manager")
        client.post("/front-door/allocate/", chosen)
        said = text_of(client.get("/front-door/").content.decode())
    assert "2 contacts allocated to Ivo Brand." in said
    assert CaseStep.objects.filter(step="allocate").count() == 2


def test_allocating_nothing_says_what_to_select(world: Any) -> None:
    told(world)
    with calendar.frozen(MONDAY):
        page = signed_in(world, "manager").post("/front-door/allocate/", {}).content.decode()
    assert "Select a contact to allocate" in text_of(page)
    assert "<title>Error: Front door" in page


def test_a_worker_cannot_allocate_and_is_told_who_can(world: Any) -> None:
    case = told(world)
    given = {"contact": [str(case.pk)], "worker": str(world.worker.worker.pk)}
    with calendar.frozen(MONDAY):
        response = signed_in(world, "worker").post("/front-door/allocate/", given)
    assert response.status_code == 403
    assert "front-door manager" in response.content.decode()


def test_agencies_and_analysts_do_not_see_the_queue(world: Any) -> None:
    told(world)
    with calendar.frozen(MONDAY):
        purpose_said(world)
    for who in ("school", "police", "analyst", "scrutineer"):
        assert "Maya" not in get(world, who, status=403)


def test_contacts_that_belong_to_nobody_are_the_pages_one_banner(world: Any) -> None:
    RoleHeld.objects.filter(role__in=("duty-manager", "front-door-manager")).update(valid_to=date(2026, 1, 1))
    told(world)
    assert "No duty manager is on the rota. 1 contact belongs to nobody." in text_of(get(world, "worker"))


def test_a_repeat_is_counted_from_people_already_known(world: Any) -> None:
    first, second = told(world), told(world, at=MONDAY + timedelta(hours=1))
    for case in (first, second):
        with bound(world.officer):
            subject = case.subjects.get()
            known = first.subjects.get().person_id or "new"
        take(
            world,
            case,
            "officer",
            "log",
            MONDAY + timedelta(hours=2),
            source="2A",
            concerns=["physical"],
            identified=[{"subject": subject.pk, "is_person": str(known)}],
        )
    assert "2nd contact in 12 months" in text_of(get(world, "worker", at=MONDAY + timedelta(hours=3)))


def test_more_contacts_cost_no_more_queries(world: Any) -> None:
    def queries() -> int:
        with calendar.frozen(MONDAY + timedelta(hours=1)):
            client = signed_in(world, "manager")
            client.get("/front-door/")
            with CaptureQueriesContext(
                connection,
            ) as seen:
                client.get("/front-door/")
        return len(seen)

    agencies = [{"agency": world.agency("ardenvale-police").pk}]
    take(world, rated(world, told(world, "First"), "amber"), "worker", "ask_agencies", agencies=agencies)
    told(world, "Second")
    few = queries()
    for number in range(6):
        take(world, rated(world, told(world, f"Child {number}"), "amber"), "worker", "ask_agencies", agencies=agencies)
    assert queries() == few


def test_what_was_shown_is_in_the_log_of_reads(world: Any) -> None:
    case = told(world)
    get(world, "worker")
    rows = AuditRow.objects.filter(action="read", subject="engine.Case", account_id=world.accounts["worker"].pk)
    assert any(case.pk in row.object_ids for row in rows)
