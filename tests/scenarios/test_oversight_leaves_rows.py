"""What the pages of oversight show is on record too, and so is who was only told that a record is there."""

from datetime import timedelta
from html import unescape

import pytest
from contacts import bound, signed_in, text_of
from django.db import connection

from sightline.access import oversight_unusual
from sightline.access.interests import match
from sightline.access.models import Glass, Interest, OwnDetails, SampledRead, UnusualAccess
from sightline.access.oversight_basis import PARTS
from sightline.access.sight import answers_for, live_parts
from sightline.access.tiering import Holding, hold
from sightline.engine.models import Involvement
from sightline.platform import calendar
from sightline.platform.audit.models import AuditRow
from sightline.platform.jobs.acting import clockwork
from tests.journey import CHILD, Journey
from tests.taking import freshly
from tests.world import PASSWORD

OPENED = {"reason": "child-at-risk-now", "words": "The night ward rang: he is there, and nobody of the team answers"}


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def case(journey):
    return journey.logged()


@pytest.fixture
def child(case):
    with clockwork():
        return case.subjects.get(given_names="Maya").person_id


def restricted(world, case):
    with bound(world.service_manager):
        named = [world.worker.worker, world.lead_worker.worker, world.team_manager.worker]
        hold(case.pk, Holding("restricted", "A worker's own child", named), by=world.service_manager)


def page(world, who, address):
    response = freshly(world, who).get(address)
    assert response.status_code == 200, response.content.decode()[-1500:]
    return unescape(response.content.decode())


def rows(world, who, subject):
    with bound(world.ig):
        found = AuditRow.objects.filter(worker_id=getattr(world, who).worker.pk, subject=subject)
        return list(found.order_by("at"))


@pytest.fixture
def line(world, case):
    worker = world.accounts["second_worker"].worker
    worker.family_name = "Dunne"
    worker.save()
    page(world, "second_worker", f"/cases/{case.pk}/")
    with clockwork():
        oversight_unusual.find(world.partnership, calendar.today())
    with bound(world.ig):
        return UnusualAccess.objects.get()


@pytest.mark.parametrize(("address", "name"), [("/", "home"), ("/oversight/", "oversight")])
def test_a_line_of_unusual_access_that_is_drawn_is_named_once_in_the_page_s_row(world, line, address, name):
    assert line.says in page(world, "ig", address)
    (row,) = rows(world, "ig", "access.UnusualAccess")
    assert (row.action, row.object_ids, row.detail["page"]) == ("read", [line.pk], name)


def test_a_line_that_was_looked_at_is_named_where_it_is_drawn_again(world, line):
    signed_in(world, "ig").post(f"/oversight/unusual/{line.pk}/", {"words": "It was allocated to him"})
    assert "It was allocated to him" in page(world, "ig", "/oversight/")
    assert rows(world, "ig", "access.UnusualAccess")[-1].object_ids == [line.pk]


def test_the_record_behind_a_line_says_that_information_governance_was_told_that_it_is_there(world, line, case):
    page(world, "ig", f"/oversight/unusual/{line.pk}/")
    said = text_of(page(world, "manager", f"/oversight/looked/cases/{case.pk}/"))
    assert "Ida Quant" in said
    assert "Was told that it is there, and read nothing of it: a line of unusual access" in said


@pytest.mark.parametrize("address", ["/", "/oversight/", "/oversight/not-sure/{}/"])
def test_a_doubt_that_is_drawn_is_named(world, case, address):
    now = calendar.now()
    base = {"partnership": world.partnership, "week": calendar.today(), "case": case, "audit_row": case.pk}
    with clockwork():
        doubt = SampledRead.objects.create(
            **{**base, "worker": world.worker.worker, "manager": world.manager.worker},
            **{"read_at": now, "drawn_at": now, "answer": "not-sure", "words": "Not her area", "answered_at": now},
        )
    assert "Not her area" in page(world, "ig", address.format(doubt.pk))
    (row,) = rows(world, "ig", "access.SampledRead")
    assert row.object_ids == [doubt.pk]


def test_what_a_reviewer_reads_of_glass_and_of_matches_is_named(world, case, acting):
    restricted(world, case)
    client = signed_in(world, "second_worker")
    client.post("/sign-in/again", {"password": PASSWORD})
    assert client.post(f"/cases/{case.pk}/open/", OPENED).status_code == 302
    with bound(world.worker):
        told = {name: CHILD[name] for name in ("given_names", "family_name", "date_of_birth")}
        OwnDetails.objects.create(worker=world.worker.worker, whose="self", **told)
    with clockwork():
        match(world.worker.worker)
    with bound(world.ig):
        shown = {"access.Glass": Glass.objects.get().pk, "access.Interest": Interest.objects.first().pk}
    for subject, path in (("access.Glass", "glasses"), ("access.Interest", "interests")):
        for address in (f"/oversight/{path}/", f"/oversight/{path}/{shown[subject]}/"):
            page(world, "ig", address)
            assert shown[subject] in rows(world, "ig", subject)[-1].object_ids, address
        assert len(rows(world, "ig", subject)) == 2


def test_whoever_has_nothing_to_look_at_leaves_no_row_of_it_on_the_first_page(world):
    page(world, "ig", "/")
    assert not rows(world, "ig", "access.UnusualAccess")
    assert not rows(world, "ig", "access.SampledRead")


def test_whoever_is_told_on_a_person_s_page_that_a_closed_record_is_there_is_named_and_has_not_opened_it(
    world, case, child
):
    restricted(world, case)
    page(world, "second_worker", f"/people/{child}/")
    (row,) = [one for one in rows(world, "second_worker", "engine.Case") if case.pk in one.object_ids]
    assert (row.action, row.detail) == ("tell that it is there", {"page": "person"})
    said = text_of(page(world, "team_manager", f"/oversight/looked/cases/{case.pk}/"))
    assert "1 person was told that it is there, and did not open it." in said
    assert "Was told that it is there, and read nothing of it: the person’s page" in said
    assert "Nothing: only told that it is there" in said


def test_a_search_for_its_reference_and_the_form_to_open_it_tell_that_it_is_there(world, case):
    restricted(world, case)
    client = signed_in(world, "second_worker")
    client.post("/sign-in/again", {"password": PASSWORD})
    client.post("/search/", {"reference": case.reference})
    assert client.get(f"/cases/{case.pk}/open/").status_code == 200
    said = text_of(page(world, "team_manager", f"/oversight/looked/cases/{case.pk}/"))
    assert said.count("Was told that it is there") == 2


def test_a_person_s_page_with_no_closed_record_tells_of_none(world, case, child):
    page(world, "second_worker", f"/people/{child}/")
    assert "tell that it is there" not in {one.action for one in rows(world, "second_worker", "engine.Case")}


@pytest.mark.parametrize("who", ["police", "second_worker"])
def test_what_a_page_says_it_relied_on_are_the_parts_that_show_it(world, case, who):
    actor, now, day = getattr(world, who), calendar.now(), timedelta(days=1)
    theirs = {"agency_id": actor.roles[0].agency_id} if who == "police" else {"worker_id": actor.worker.pk}
    times = ((-day, None), (-day, day), (-day, -day / 2), (day, None), (-day, timedelta(0)), (timedelta(0), None))
    with bound(world.manager), calendar.frozen(now):
        for begins, ends in times:
            part = f"{begins} {ends}"
            until = None if ends is None else now + ends
            Involvement.objects.create(case=case, part=part, basis="", starts_at=now + begins, ends_at=until, **theirs)
        agencies, workers = list(answers_for(actor, "child")), [actor.worker.pk]
        with connection.cursor() as cursor:
            cursor.execute(PARTS, [[case.pk], agencies, workers, now, now])
            said = {part for _, part, _ in cursor.fetchall()}
        shown = Involvement.objects.filter(live_parts(actor), case=case).values_list("part", flat=True)
        assert said == set(shown)
        assert len(said) == 3
