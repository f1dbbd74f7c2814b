"""A longer list costs its page no more queries: each list with two rows, and then with twelve."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from governing import Sittings
from registers import TARGET, TERMS, a_group, approve, priority, propose
from section_11 import a_cycle, add_agency
from world import START

from sightline.datasets.intake import Asked, Origin, load_file
from sightline.engine.perform import open_case, perform
from sightline.people.models import Group, GroupMembership
from sightline.platform import calendar
from tests.contacts import signed_in
from tests.recommending import Recommending

FEW, MANY = 2, 12
STATEMENT = {"publication": "position-statement", "introduction": "What was asked.", "assurance": "Not yet assured."}
REFERRALS = Path(__file__).parents[1] / "data" / "referrals_of_ardenvale.csv"


@pytest.fixture
def ask_as_often(world: Any) -> Callable[..., None]:
    """`ask_as_often(add, *addresses)`: fails with the pages that ask more often for twelve rows than for two.

    `add(number)` adds one row to every list at the addresses. They are read as the Support Hub reads them.
    """

    def checked(add: Callable[[int], Any], *addresses: str) -> None:
        client = signed_in(world, "hub")

        def asked(address: str) -> int:
            client.get(address)  # what is read once and kept is kept now
            with CaptureQueriesContext(connection) as seen:
                assert client.get(address).status_code == 200
            return len(seen)

        for number in range(FEW):
            add(number)
        few = {address: asked(address) for address in addresses}
        for number in range(FEW, MANY):
            add(number)
        many = {address: asked(address) for address in addresses}
        assert {address: many[address] - few[address] for address in addresses} == dict.fromkeys(addresses, 0)

    return checked


def test_statements(world: Any, acting: Any, ask_as_often: Callable[..., None]) -> None:
    def add(number: int) -> None:
        with acting(world.hub):
            answers = {**STATEMENT, "name": f"Statement {number}"}
            case = open_case("statement", by=world.hub, partnership=world.partnership, answers=answers).case
            perform(case, "offer", by=world.hub, answers={})
        with acting(world.council_chief):
            perform(case, "sign", by=world.council_chief, answers={"has_read": True})

    ask_as_often(add, "/statements/")


def test_recommendations(world: Any, acting: Any, ask_as_often: Callable[..., None]) -> None:
    journey = Recommending(world, acting)

    def add(number: int) -> None:
        journey.delivered(source=journey.document(title=f"Commissioner {number}"), end_actions=False)

    ask_as_often(add, "/recommendations/")


def test_meetings_of_a_group_with_their_decisions_and_actions(
    world: Any, acting: Any, ask_as_often: Callable[..., None]
) -> None:
    sittings = Sittings(world, acting)
    group = Group.objects.get(key="executive")

    def add(number: int) -> None:
        sittings.held(sittings.with_papers(sittings.planned()))

    ask_as_often(add, "/meetings/", "/meetings/decisions/", "/meetings/actions/", f"/meetings/groups/{group.pk}/")


def test_groups_that_meet(world: Any, acting: Any, ask_as_often: Callable[..., None]) -> None:
    sittings = Sittings(world, acting)

    def add(number: int) -> None:
        group = a_group(world, f"group-{number}", f"Group {number}")
        worker = world.accounts["nhs_partner"].worker
        GroupMembership.objects.create(group=group, worker=worker, capacity="chair", valid_from=START)
        sittings.planned(group.key)
        with acting(world.hub):
            approve(world, propose(world, "terms-of-reference", {**TERMS, "group": group}))

    ask_as_often(add, "/meetings/")


def test_a_register_and_the_register_of_registers(world: Any, acting: Any, ask_as_often: Callable[..., None]) -> None:
    def add(number: int) -> None:
        with acting(world.hub):
            approve(world, propose(world, "priorities", priority(world, title=f"Neglect seen early {number}")))
            propose(world, "targets", {**TARGET, "indicator": f"assessments-{number}"})

    ask_as_often(add, "/registers/", "/registers/priorities/", "/registers/targets/")


def test_cycles_of_section_11(world: Any, acting: Any, ask_as_often: Callable[..., None]) -> None:
    def add(number: int) -> None:
        opens = calendar.today() - timedelta(days=100 * (MANY - number))
        a_cycle(world, acting, "ardenvale-police", opens_on=opens, title=f"Section 11, number {number}")

    ask_as_often(add, "/section-11/")


def test_returns_of_one_cycle(world: Any, acting: Any) -> None:
    keys = [f"ardenvale-charity-{number}" for number in range(MANY)]
    for number, key in enumerate(keys):
        add_agency(world, key, "vcs", f"Charity {number}")
    client, asked = signed_in(world, "hub"), {}
    for name, agencies in (("few", keys[:FEW]), ("many", keys)):
        cycle = a_cycle(world, acting, *agencies, title=f"Section 11 of {name}")
        for page in ("", "heat-map/"):
            client.get(f"/section-11/{cycle.pk}/{page}")
            with CaptureQueriesContext(connection) as seen:
                assert client.get(f"/section-11/{cycle.pk}/{page}").status_code == 200
            asked[name, page] = len(seen)
    assert [asked["many", page] - asked["few", page] for page in ("", "heat-map/")] == [0, 0]


def test_files_held(world: Any, acting: Any, tmp_path: Path, ask_as_often: Callable[..., None]) -> None:
    def add(number: int) -> None:
        file = tmp_path / "figures.csv"
        file.write_bytes(REFERRALS.read_bytes().replace(b",240,60,25,", b",%d,60,25," % (240 + number)))
        with acting(world.hub):
            load_file(file, Origin("", world.hub.name, world.hub), Asked(dataset=""))

    ask_as_often(add, "/returns/")
