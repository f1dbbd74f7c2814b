"""Are we coping, and who holds us up? The wallboard, with visitors in the room."""

import re
from datetime import timedelta
from typing import Any

import pytest

from sightline.people.models import RoleHeld
from sightline.platform import calendar
from tests.contacts import MONDAY, get, rated, signed_in, take, text_of, told

pytestmark = pytest.mark.django_db
BOARD = "/front-door/board/"


def test_four_tiles_and_four_lines_say_how_the_front_door_stands(world: Any) -> None:
    case = rated(world, told(world, "Maya", MONDAY - timedelta(days=6)), "red", MONDAY - timedelta(days=6))
    asked = [{"agency": world.agency(key).pk} for key in ("ardenvale-police", "tollgate-school")]
    take(world, case, "worker", "ask_agencies", MONDAY - timedelta(days=6), agencies=asked)
    told(world, "Leo")
    said = text_of(get(world, "manager", BOARD, MONDAY))
    assert re.search(r"Waiting 2 +Late 1 +Not taken 1 +Longest wait 4 working days", said)
    assert "Police 1 (1 late)" in said
    assert "Education 1 (1 late)" in said
    assert "Social workers 2 Contact officers 1 Managers 2 Police 1 Health 1" in said


def test_the_room_sees_no_name_no_age_and_no_school(world: Any) -> None:
    case = rated(world, told(world), "amber")
    take(world, case, "worker", "ask_agencies", agencies=[{"agency": world.agency("tollgate-school").pk}])
    page = get(world, "manager", BOARD, MONDAY)
    for private in ("Maya", "Dunne", "years", "Tollgate", "Millbrook", "Priya", "Obi", case.reference):
        assert private not in page
    assert case.reference[-4:] in page


def test_staff_nobody_entered_are_not_counted_as_none(world: Any) -> None:
    client = signed_in(world, "service_manager")
    RoleHeld.objects.exclude(role="service-manager").update(valid_to=MONDAY.date())
    with calendar.frozen(MONDAY):
        assert "Staff on rota not entered" in text_of(client.get(BOARD).content.decode())


def test_it_is_drawn_again_every_minute_until_somebody_pauses_it(world: Any) -> None:
    client = signed_in(world, "manager")
    assert client.get(BOARD).headers["Refresh"] == "60"
    paused = client.get(f"{BOARD}?paused")
    assert "Refresh" not in paused.headers
    assert "Start updates again" in paused.content.decode()


def test_a_meeting_today_says_who_has_not_confirmed(world: Any) -> None:
    from sightline.engine.models import Case
    from tests.contacts import bound

    case = rated(world, told(world), "red")
    take(world, case, "worker", "hold_strategy_now", rationale="Cannot wait")
    with bound(world.team_manager):
        discussion = Case.visible_to(world.team_manager).get(process="strategy-discussion")
    take(world, discussion, "support", "call", planned_for=MONDAY + timedelta(hours=4), mode="video")
    assert re.search(r"1:06pm .*police.* not confirmed", text_of(get(world, "manager", BOARD, MONDAY)))


def test_agencies_do_not_see_the_board(world: Any) -> None:
    get(world, "school", BOARD, status=403)
