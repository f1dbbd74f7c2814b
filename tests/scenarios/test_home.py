"""The page at /: each role finds first what it has to know first."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sightline.engine.models import Case
from sightline.people.models import Partnership
from sightline.platform import calendar
from sightline.processes.front_door.series import unallocated
from sightline.web.components import contact_details
from tests.contacts import MONDAY, bound, get, rated, signed_in, take, text_of, told

pytestmark = pytest.mark.django_db
STEP_UP = {"decision": "assessment", "rationale": "Explained differently each time", "lived_experience": "Afraid"}


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    contact_details.forget()


def home(world: Any, who: str, at: Any = MONDAY) -> str:
    return text_of(get(world, who, "/", at))


def test_the_public_read_how_to_report_a_concern_whom_to_phone_and_what_matters_here(world: Any) -> None:
    Partnership.objects.update(
        front_door_phone="01632 960 101",
        out_of_hours_phone="01632 960 102",
        published_texts={
            "priorities": [{"title": "Neglect", "text": "Seen early."}],
            "thresholds": [{"level": "4", "name": "Statutory", "text": "Social work, now."}],
        },
    )
    contact_details.forget()
    page = Client().get("/").content.decode()
    said = text_of(page)
    for words in ("Ardenvale Safeguarding Children Partnership", "call 999", "01632 960 101", "01632 960 102"):
        assert words in said
    for words in ("Neglect", "Seen early.", "Level 4: Statutory", "published figures", "Sign in"):
        assert words in said
    assert 'href="/report/"' in page
    assert "/figures/" in page


def test_the_front_door_reads_the_queue_in_one_sentence_and_can_take_the_next(world: Any) -> None:
    told(world)
    said = home(world, "worker", MONDAY + timedelta(hours=1))
    assert "1 waiting · 0 late · 1 not yet taken (with Priya Shah) · oldest 1 hour" in said
    assert "Take the next contact" in said


def test_a_manager_reads_what_to_endorse_what_is_late_and_what_nobody_has_taken(world: Any) -> None:
    proposed = rated(world, told(world, "Maya"), "amber")
    take(world, proposed, "worker", "propose", **STEP_UP)
    told(world, "Leo", MONDAY - timedelta(days=6))
    page = get(world, "manager", "/", MONDAY)
    said = text_of(page)
    assert "To endorse (1) To endorse Children Priority Decision due Owner 1: Maya D" in said
    assert "Late (1)" in said
    assert "Not yet taken by a named worker (1)" in said
    assert f"/cases/{proposed.pk}/do/endorse/" in page


def test_the_unallocated_series_counts_each_end_of_day_from_what_was_recorded(world: Any) -> None:
    thursday = MONDAY - timedelta(days=4)
    taken, never = told(world, "Maya", thursday), told(world, "Leo", thursday)
    take(world, taken, "worker", "take", MONDAY - timedelta(days=2))
    with calendar.frozen(MONDAY), bound(world.manager):
        counted = {row.day.day: row.unallocated for row in unallocated(world.manager)}
        assert len(counted) == 14
    assert [counted[day] for day in (11, 12, 13, 14, 15)] == [0, 2, 2, 1, 1]
    assert never.reference
    assert "At the end of yesterday 1 contact had no named worker." in home(world, "manager")


def test_an_agency_reads_what_is_asked_of_it(world: Any) -> None:
    case = rated(world, told(world), "amber")
    take(world, case, "worker", "ask_agencies", agencies=[{"agency": world.agency("ardenvale-police").pk}])
    said = home(world, "police")
    assert "Asked of you Enquiries (1)" in said
    assert "Say what you know" in said
    assert "Nothing is asked of you now." in home(world, "health")


def test_a_school_reads_what_it_sent_and_nothing_more_until_it_is_told(world: Any) -> None:
    case = rated(world, told(world), "red")
    said = home(world, "school")
    assert f"{case.reference} Maya D Today 9:06am Waiting for the front door" in said
    assert "Red" not in said
    assert "Your agency has not sent a concern." in home(world, "other_school")


def test_an_agency_that_is_invited_is_asked_until_it_answers(world: Any) -> None:
    case = rated(world, told(world), "red")
    take(world, case, "worker", "hold_strategy_now", rationale="Cannot wait")
    assert "Invitations (1) Invitations What to do" in home(world, "police")
    with bound(world.police):
        discussion = Case.visible_to(world.police).get(process="strategy-discussion")
    take(world, discussion, "police", "answer_invitation", answered_invitation=[{"answer": "coming", "who": "R Cox"}])
    assert "Invitations" not in home(world, "police")


def test_figures_roles_see_figures_and_no_childs_record(world: Any) -> None:
    told(world)
    with calendar.frozen(MONDAY):
        what_for = {"reason": "scrutiny-plan", "words": "Theme two of the plan"}
        signed_in(world, "scrutineer").post("/oversight/purpose/?next=/", what_for)
    for who in ("analyst", "scrutineer"):
        said = home(world, who)
        assert "Your role sees figures and notices, never a child’s record." in said
        assert "Maya" not in said


def test_a_service_account_has_no_home(world: Any) -> None:
    get(world, "intake", "/", status=403)


def test_more_work_costs_the_home_page_no_more_queries(world: Any) -> None:
    def queries(who: str) -> int:
        with calendar.frozen(MONDAY + timedelta(days=3)):
            client = signed_in(world, who)
            client.get("/")
            with CaptureQueriesContext(connection) as seen:
                client.get("/")
        return len(seen)

    police = [{"agency": world.agency("ardenvale-police").pk}]

    def one_more(name: str) -> None:
        case = rated(world, told(world, name), "amber")
        take(world, case, "worker", "ask_agencies", agencies=police)
        take(world, rated(world, told(world, name), "amber"), "worker", "propose", **STEP_UP)
        told(world, name)

    one_more("Maya")
    few = [queries(who) for who in ("worker", "manager", "police", "school")]
    for name in ("Leo", "Abe"):
        one_more(name)
    many = [queries(who) for who in ("worker", "manager", "police", "school")]
    assert all(now <= before for now, before in zip(many, few, strict=True)), (many, few)
