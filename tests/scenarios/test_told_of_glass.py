"""Who is told that a record was opened without a part in it, who may review that, and what follows a late review."""

from datetime import timedelta

import pytest
from walls import asked, keep_from

from sightline.access.models import Glass
from sightline.access.reviewers import reviewed_from_outside
from sightline.access.telling_of_glass import TELLING_AGAIN
from sightline.access.tiering import Holding, hold
from sightline.people.models import RoleHeld
from sightline.platform import calendar, jobs
from sightline.platform.audit.models import AuditRow
from sightline.platform.notices.models import Notice
from sightline.platform.settings.doctor import Fault
from sightline.platform.settings.environment import Environment
from tests.journey import Journey, page_of
from tests.world import PASSWORD, START

WHY = {"reason": "child-at-risk-now", "words": "The night ward rang: he is there, and nobody of the team answers"}
LIST = "/oversight/glasses/"
ALONE = "Nobody outside Ardenvale Council reviews the records that its people open without a part in them"


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def case(journey):
    """A record of Kay Obi's, held closely."""
    case = journey.logged()
    manager = journey.world.service_manager
    with journey.acting(manager):
        hold(case.pk, Holding("restricted", "A colleague's child", [journey.world.worker.worker]), by=manager)
    return case


def open_it(journey, case, who="second_worker"):
    client = journey.browser(who).client
    client.post("/sign-in/again", {"password": PASSWORD})
    return client.post(f"{page_of(case)}open/", WHY)


def told(world, acting, **of):
    """Names in the world of those who were told in person of the record."""
    names = {getattr(world, name).worker.pk: name for name in world.accounts}
    with acting(world.clockwork):
        return sorted(names[one] for one in Notice.objects.filter(**of).values_list("worker_id", flat=True))


def of_glass():
    return {"says__startswith": "Opened by somebody without a part in it"}


def governs(world, who):
    """Somebody who reviews, too, at their own agency."""
    actor = getattr(world, who)
    agency = actor.roles[0].agency
    given = {"worker": actor.worker, "role": "information-governance", "agency": agency}
    RoleHeld.objects.create(**given, partnership=world.partnership, valid_from=START)


def leaves(world, *who):
    RoleHeld.objects.filter(worker__in=[getattr(world, one).worker for one in who]).update(valid_to=calendar.today())


def test_its_owner_their_managers_and_a_reviewer_elsewhere_are_told_at_once(journey, case, world, acting):
    assert open_it(journey, case).status_code == 302
    assert told(world, acting, **of_glass()) == ["ig", "manager", "second_manager", "worker"]
    with acting(world.ig):
        assert len(Glass.objects.get().told) == 4
    for who in ("worker", "manager"):
        page = journey.browser(who).client.get("/notices").text
        assert "Opened by somebody without a part in it. Information governance reviews it" in page


@pytest.mark.parametrize("how", ["no role", "account closed"])
def test_who_has_the_duty_is_told_where_the_owner_has_left(journey, case, world, acting, how):
    if how == "no role":
        leaves(world, "worker")
    else:
        world.accounts["worker"].is_active = False
        world.accounts["worker"].save()
    assert open_it(journey, case).status_code == 302
    assert told(world, acting, **of_glass()) == ["ig", "manager"]


def test_the_front_door_s_managers_are_told_where_nobody_has_the_duty(journey, case, world, acting):
    leaves(world, "worker")
    RoleHeld.objects.filter(role="duty-manager").update(valid_to=calendar.today())
    open_it(journey, case)
    assert told(world, acting, **of_glass()) == ["ig", "manager", "second_manager"]


def test_whoever_opens_it_is_not_who_is_told(journey, case, world, acting):
    open_it(journey, case, "manager")
    assert told(world, acting, **of_glass()) == ["ig", "second_manager", "worker"]


def test_a_manager_who_is_kept_from_the_record_is_not_told_that_it_is_there(journey, case, world, acting):
    keep_from(world, acting, "second_manager", case)
    open_it(journey, case)
    assert told(world, acting, **of_glass()) == ["ig", "manager", "worker"]


def test_a_reviewer_beside_whoever_opened_it_has_no_say_where_another_is(journey, case, world, acting):
    governs(world, "support")
    open_it(journey, case)
    assert "support" not in told(world, acting, **of_glass())
    beside, outside = journey.browser("support").client, journey.browser("ig").client
    with acting(world.ig):
        at = f"{LIST}{Glass.objects.get().pk}/"
    assert "None waits." in beside.get(LIST).text
    assert beside.get(at).status_code == 404
    assert beside.post(at, {"finding": "justified", "words": "I know her"}).status_code == 404
    assert WHY["words"] in outside.get(LIST).text
    outside.post(at, {"finding": "justified", "words": "The ward confirms that it rang"})
    assert "It was right to open it" in outside.get(LIST).text
    assert "It was right to open it" not in beside.get(LIST).text
    with acting(world.support):
        assert asked("select count(*) from access_glass") == [(0,)]
        assert asked("update access_glass set finding = 'not-justified'") == 0


def test_a_reviewer_elsewhere_who_works_beside_them_too_is_not_outside(journey, case, world, acting):
    given = {"worker": world.ig.worker, "role": "business-support", "agency": world.agency("ardenvale-council")}
    RoleHeld.objects.create(**given, partnership=world.partnership, valid_from=START)
    governs(world, "police")
    open_it(journey, case)
    assert told(world, acting, **of_glass()) == ["manager", "police", "second_manager", "worker"]
    with acting(world.ig):
        assert asked("select count(*) from access_glass") == [(0,)]


def test_whoever_is_left_reviews_and_the_site_and_the_doctor_say_so(journey, case, world, acting):
    governs(world, "support")
    assert "another agency" in reviewed_from_outside(Environment())
    for page in (LIST, "/oversight/"):
        assert ALONE not in journey.browser("ig").client.get(page).text
    leaves(world, "ig")
    with pytest.raises(Fault, match=f"{ALONE}.*Give the role of information governance to somebody of another agency"):
        reviewed_from_outside(Environment())
    open_it(journey, case)
    assert "support" in told(world, acting, **of_glass())
    left = journey.browser("support").client
    for page in (LIST, "/oversight/"):
        assert ALONE in left.get(page).text
    with acting(world.support):
        at = f"{LIST}{Glass.objects.get().pk}/"
    left.post(at, {"finding": "justified", "words": "The ward confirms that it rang"})
    assert "It was right to open it" in left.get(LIST).text


def test_where_nobody_could_be_told_it_stays_closed_and_says_whom_to_phone(journey, case, world, acting):
    left = [name for name in world.accounts if name not in ("second_worker", "clockwork")]
    leaves(world, *left)
    page = open_it(journey, case)
    assert page.status_code == 422
    assert "nobody is at work who could be told" in page.text
    assert "Phone the front door: 01632 960 101, 01632 960 102 at night and at weekends" in page.text
    assert WHY["words"] in page.text
    assert journey.browser("second_worker").case(case).status_code == 403
    with acting(world.clockwork):
        assert not Glass.objects.exists()
        row = AuditRow.objects.get(action="break glass")
    assert (row.outcome, row.object_ids) == ("refused", [case.pk])


@pytest.fixture
def late(journey, case, world, acting):
    """Opened, and not reviewed in time: the first working day after that."""
    open_it(journey, case)
    with acting(world.ig):
        due = Glass.objects.get().review_due_at
    return calendar.next_working_day(calendar.local_date(due))


def at_six(day):
    return calendar.start_of_day(day) + timedelta(hours=6)


def late_told(world, acting):
    says = ("Its review is late", "It was opened by somebody")
    found = [told(world, acting, says__startswith=one) for one in says]
    return {"review": found[0], "oversee": found[1]}


def test_a_late_review_is_told_again_to_reviewers_and_managers_once_a_working_day(journey, case, world, acting, late):
    jobs.do(TELLING_AGAIN)
    assert late_told(world, acting) == {"review": [], "oversee": []}, "it is not late yet"
    with calendar.frozen(at_six(late)):
        jobs.do(TELLING_AGAIN)
        jobs.do(TELLING_AGAIN)
    once = {"review": ["ig"], "oversee": ["manager", "second_manager"]}
    assert late_told(world, acting) == once
    following = calendar.next_working_day(late)
    day = late + timedelta(days=1)
    while day < following:
        with calendar.frozen(at_six(day)):
            jobs.do(TELLING_AGAIN)
        day += timedelta(days=1)
    assert late_told(world, acting) == once
    with calendar.frozen(at_six(following)):
        jobs.do(TELLING_AGAIN)
    assert late_told(world, acting) == {key: sorted(who * 2) for key, who in once.items()}


def test_nobody_is_told_on_a_day_off(world, case, acting, late):
    saturday = late + timedelta(days=(5 - late.weekday()) % 7)
    with calendar.frozen(at_six(saturday)):
        jobs.do(TELLING_AGAIN)
    assert late_told(world, acting) == {"review": [], "oversee": []}


def test_what_is_reviewed_is_told_of_no_more(journey, world, case, acting, late):
    with acting(world.ig):
        at = f"{LIST}{Glass.objects.get().pk}/"
    journey.browser("ig").client.post(at, {"finding": "justified", "words": "The ward confirms that it rang"})
    with calendar.frozen(at_six(late)):
        jobs.do(TELLING_AGAIN)
    assert late_told(world, acting) == {"review": [], "oversee": []}


def test_who_has_the_duty_is_told_that_a_review_is_late_where_every_manager_told_has_left(world, case, acting, late):
    leaves(world, "manager", "second_manager", "ig")
    with calendar.frozen(at_six(late)):
        jobs.do(TELLING_AGAIN)
    assert late_told(world, acting) == {"review": [], "oversee": ["service_manager"]}
