"""A notice to information governance leads to the page where it is looked at, which the record's own page is not."""

from contacts import signed_in

from sightline.access.interests import match
from sightline.access.models import OwnDetails
from sightline.access.tiering import Holding, hold
from tests.journey import CHILD, Journey, page_of
from tests.world import PASSWORD

OPENED = {"reason": "child-at-risk-now", "words": "The night ward rang: he is there, and nobody of the team answers"}


def led_to(world, address):
    """The page that the reviewer's notice leads to."""
    client = signed_in(world, "ig")
    assert f'href="{address}"' in client.get("/notices").content.decode()
    page = client.get(address)
    assert page.status_code == 200
    return page.content.decode()


def test_a_record_opened_without_a_part_leads_to_its_review(world, acting):
    case = Journey(world, acting).logged()
    with acting(world.service_manager):
        named = [world.worker.worker, world.lead_worker.worker]
        hold(case.pk, Holding("restricted", "A worker's own child", named), by=world.service_manager)
    client = signed_in(world, "second_worker")
    client.post("/sign-in/again", {"password": PASSWORD})
    assert client.post(f"{page_of(case)}open/", OPENED).status_code == 302
    assert OPENED["words"] in led_to(world, "/oversight/glasses/")


def test_a_worker_who_may_be_on_record_leads_to_the_list_of_such_workers(world, acting):
    Journey(world, acting).logged()
    worker = world.second_worker.worker
    with acting(world.second_worker):
        names = {name: CHILD[name] for name in ("given_names", "family_name", "date_of_birth")}
        OwnDetails.objects.create(worker=worker, whose="self", **names)
    with acting(world.clockwork):
        assert match(worker)
    assert worker.display_name in led_to(world, "/oversight/interests/")
