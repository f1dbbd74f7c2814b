"""A case on its page, for everybody who may open it and for somebody who may not."""

from datetime import date

import pytest
from django.test import Client

from sightline.engine.perform import open_case, perform

CHILD = {"kind": "child", "given_names": "Maya", "family_name": "Dunne", "date_of_birth": date(2018, 2, 8)}
MOTHER = {"kind": "adult", "given_names": "Kim", "family_name": "Dunne", "relation": "mother"}
TOLD = {
    "narrative": "A bruise on the cheek",
    "child_words": "I don't like Saturdays",
    "people": [CHILD, MOTHER],
    "channel": "portal",
    "in_danger": "no",
}


@pytest.fixture
def contact(world, acting):
    with acting(world.school):
        return open_case("contact", by=world.school, partnership=world.partnership, answers=TOLD).case


@pytest.fixture
def take(world, acting):
    """`take(case, "worker", "set_priority", rag="red", ...)` takes a step as that person."""

    def taken(case, who, step, **answers):
        actor = getattr(world, who)
        with acting(actor):
            return perform(case, step, by=actor, answers=answers)

    return taken


@pytest.fixture
def logged(contact, take, world, acting):
    with acting(world.officer):
        waiting = [{"subject": s.pk, "is_person": "new"} for s in contact.subjects.all()]
    take(contact, "officer", "log", source="2A", concerns=["physical"], identified=waiting)
    take(contact, "worker", "set_priority", rag="amber", rag_reason="Injury, explained")
    return contact


@pytest.fixture
def signed_in(world):
    def sign_in(who) -> Client:
        client = Client()
        client.force_login(world.accounts[who])
        return client

    return sign_in


def page_of(case, *more):
    return f"/cases/{case.pk}/" + "/".join(more)


@pytest.mark.parametrize("who", ["worker", "officer", "manager", "service_manager", "support", "school"])
def test_whoever_may_see_the_case_has_its_page(who, logged, signed_in):
    answer = signed_in(who).get(page_of(logged))
    assert answer.status_code == 200
    assert "Maya DUNNE" in answer.text
    assert "You can see this because" in answer.text
    assert logged.reference in answer.text


@pytest.mark.parametrize("who", ["other_school", "police", "analyst", "scrutineer"])
def test_whoever_may_not_finds_no_page_in_the_same_words_as_for_no_case(who, logged, signed_in):
    client = signed_in(who)
    hidden, missing = client.get(page_of(logged)), client.get("/cases/11111111-1111-4111-8111-111111111111/")
    assert hidden.status_code == missing.status_code == 404
    assert "Dunne" not in hidden.text
