"""A manager signs a colleague out whose telephone was stolen, or closes the account of one who has left."""

import pytest
from contacts import bound, signed_in, text_of
from independent import purpose_said

from sightline.people.models import Account
from sightline.platform.audit.models import AuditRow
from tests.world import PASSWORD

LIST = "/oversight/colleagues/"


def page_of(world, who):
    return f"{LIST}{world.accounts[who].pk}/"


def freshly(world, who):
    client = signed_in(world, who)
    assert client.post("/sign-in/again", {"password": PASSWORD}).status_code == 302
    return client


def test_whoever_is_signed_out_by_a_manager_sees_nothing_more_and_can_sign_in_again(world):
    theirs = signed_in(world, "worker")
    assert theirs.get("/work/").status_code == 200
    answer = freshly(world, "manager").post(page_of(world, "worker"), {"deed": "sign-out"}, follow=True)
    assert "Kay Obi: 1 sign-in was ended." in text_of(answer.content.decode())
    assert theirs.get("/work/").status_code == 302
    assert Account.objects.get(username="worker").is_active
    assert signed_in(world, "worker").get("/work/").status_code == 200


def test_a_closed_account_is_out_at_once_and_nobody_signs_in_to_it(world):
    theirs = signed_in(world, "worker")
    answer = freshly(world, "manager").post(page_of(world, "worker"), {"deed": "close"}, follow=True)
    assert "the account is closed" in text_of(answer.content.decode())
    assert theirs.get("/work/").status_code == 302
    theirs.post("/sign-in", {"login": "worker", "password": PASSWORD})
    assert theirs.get("/work/").status_code == 302
    assert "Kay Obi" not in text_of(signed_in(world, "manager").get(LIST).content.decode())


def test_it_is_written_who_signed_whom_out(world):
    freshly(world, "manager").post(page_of(world, "worker"), {"deed": "sign-out"})
    with bound(world.ig):
        (row,) = AuditRow.objects.filter(action="sessions ended")
    assert (row.worker_id, row.object_ids) == (world.manager.worker.pk, [world.accounts["worker"].pk])


def test_it_takes_a_fresh_proof_of_who_one_is(world, settings):
    settings.FRESH_SIGN_IN_AGE = 0
    answer = signed_in(world, "manager").post(page_of(world, "worker"), {"deed": "close"})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/again")
    assert Account.objects.get(username="worker").is_active


def test_what_should_happen_has_to_be_said(world):
    answer = freshly(world, "manager").post(page_of(world, "worker"), {})
    assert answer.status_code == 422
    assert "Select what should happen" in answer.content.decode()


def test_information_governance_signs_out_people_of_every_agency_and_a_manager_those_of_their_own(world):
    for who, reached in (("ig", True), ("manager", False)):
        said = text_of(signed_in(world, who).get(LIST).content.decode())
        assert (world.police.worker.display_name in said) is reached, who
        assert freshly(world, who).get(page_of(world, "police")).status_code == (200 if reached else 404), who


def test_nobody_signs_themselves_out_here(world):
    assert freshly(world, "manager").get(page_of(world, "manager")).status_code == 404


@pytest.mark.parametrize("who", ["worker", "school", "police", "scrutineer", "analyst"])
def test_who_manages_nobody_cannot_and_is_not_offered_it(world, who):
    purpose_said(world)
    client = freshly(world, who)
    assert client.get(LIST).status_code == 403
    assert client.post(page_of(world, "second_worker"), {"deed": "close"}).status_code == 403
    assert Account.objects.get(username="second_worker").is_active
    assert LIST not in client.get("/your-account/").content.decode()


def test_a_manager_finds_it_on_the_page_of_their_account(world):
    assert LIST in signed_in(world, "manager").get("/your-account/").content.decode()
