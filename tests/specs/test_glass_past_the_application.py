"""What raw SQL in the site's own role is refused of opening a record without a part in it, with no check before it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import ProgrammingError, transaction
from section_11 import add_thornmere, hold
from story import Story
from walls import asked, held_as, keep_from, opened

from sightline.access.models import Glass
from sightline.engine.models import Case
from sightline.platform import calendar
from sightline.platform.settings.models import LocalLimit
from sightline.platform.settings.rules import rule_for

REFUSED = "row-level security"


@pytest.fixture
def case(world, acting):
    """A record held closely, which nobody here sees."""
    case = Story(world, acting).several()[1]
    held_as(world, acting, case, tier="restricted")
    return case


def written(world, acting, **said):
    """A record that is held closely and of this compartment from the first."""
    case = Case(
        partnership=world.partnership,
        process="contact",
        stage="new",
        opened_at=calendar.now(),
        tier="restricted",
        reference="C-222222",
        **said,
    )
    with acting(world.manager):
        case.save(force_insert=True)
    return case


def refused(world, acting, case, **more):
    with acting(world.worker), pytest.raises(ProgrammingError, match=REFUSED) as said, transaction.atomic():
        opened(world, case, **more)
    assert str(case.pk) not in str(said.value)


@pytest.mark.parametrize("wrong", ["sealed", "not there", "another's", "kept from them"])
def test_no_record_is_opened_that_is_not_theirs_to_open(world, acting, case, wrong):
    more = {"account": world.second_worker.account} if wrong == "another's" else {}
    if wrong == "sealed":
        held_as(world, acting, case, tier="sealed")
    if wrong == "kept from them":
        keep_from(world, acting, "worker", case)
    refused(world, acting, Case(pk=uuid4()) if wrong == "not there" else case, **more)


@pytest.mark.parametrize("who", ["school", "police", "analyst", "scrutineer", "hub", "lead_worker", "ig", "intake"])
def test_only_roles_of_the_front_door_open_a_record(world, acting, case, who):
    with acting(getattr(world, who)):
        assert not Case.objects.filter(pk=case.pk).exists()
    with acting(getattr(world, who)), pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
        opened(world, case, who)


@pytest.mark.parametrize("false", ["role", "agency", "partnership", "review"])
def test_nobody_opens_a_record_in_another_s_role_or_out_of_the_reviewers_sight(world, acting, case, false):
    elsewhere = add_thornmere(world)
    hold(world, world.worker.worker, "front-door-worker", "ardenvale-council", elsewhere)
    more = {
        "role": {"role": "front-door-manager"},
        "agency": {"agency": world.agency("ardenvale-police")},
        "partnership": {"partnership": elsewhere},
        "review": {"review_due_at": calendar.now() + timedelta(days=365)},
    }[false]
    refused(world, acting, case, **more)


@pytest.mark.parametrize("compartment", ["partnership", "statutory-partners", "audit-samples", "scrutineer"])
def test_no_compartment_is_opened_that_glass_does_not_open(world, acting, compartment):
    refused(world, acting, written(world, acting, compartment=compartment))


def test_no_matter_of_the_partnership_is_opened(world, acting):
    refused(world, acting, written(world, acting, concerns="partnership"))


@pytest.mark.parametrize("compartment", ["front-door", "serious-incidents", "allegations", "child-deaths"])
def test_what_may_be_opened_is_opened_past_the_application_too(world, acting, compartment):
    case = written(world, acting, compartment=compartment)
    with acting(world.worker):
        opened(world, case)
        assert Case.objects.filter(pk=case.pk).exists()


@pytest.mark.parametrize("since", [-8, -0.02, 0.02, 8])
def test_it_is_opened_now_and_not_before_or_later(world, acting, case, since):
    refused(world, acting, case, since=since)


def test_it_is_opened_no_longer_than_the_rule_allows(world, acting, case):
    allowed = rule_for("glass-ends")
    assert allowed.unit == "hours"
    refused(world, acting, case, hours=allowed.limit + 0.01)
    with acting(world.worker):
        opened(world, case, hours=allowed.limit)


@pytest.mark.parametrize(("limit", "longest"), [(2, 2), (10, 10), (100, 12)])
def test_a_partnership_s_own_limit_is_the_database_s_too_and_half_a_day_the_most(world, acting, case, limit, longest):
    given = {"partnership_key": world.partnership.key, "rule_id": "glass-ends", "unit": "hours", "source": "Minutes"}
    LocalLimit.objects.create(**given, limit=limit, valid_from=calendar.today(), decided_by="The partners")
    refused(world, acting, case, hours=longest + 0.01)
    with acting(world.worker):
        opened(world, case, hours=longest)


@pytest.mark.parametrize(
    "changed",
    ["opened_at = now()", "ends_at = ends_at + interval '1 hour'", "review_due_at = review_due_at + interval '1 day'",
     "case_id = case_id", "account_id = account_id", "agency_id = null", "role = role", "words = 'Other'"],
)  # fmt: skip
def test_what_was_said_when_it_was_opened_is_changed_by_nobody(world, acting, case, changed):
    with acting(world.worker):
        opened(world, case)
    for who in (world.worker, world.ig):
        with acting(who), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            asked(f"update access_glass set {changed}")


def test_whoever_opened_it_finds_nothing_of_themself(world, acting, case):
    with acting(world.worker):
        opened(world, case)
        for finding in ({"finding": "justified"}, {"finding": "justified", "reviewed_at": calendar.now()}):
            with pytest.raises(ProgrammingError, match=REFUSED), transaction.atomic():
                Glass.objects.update(**finding)
