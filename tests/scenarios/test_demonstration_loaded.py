"""The demonstration as a visitor finds it: everybody has something true to do, and loading again changes nothing."""

from datetime import timedelta

import pytest
from django.db import connections

from sightline.access.told import inbox_of
from sightline.demonstration import load
from sightline.demonstration.own_work import load_own_work
from sightline.engine.models import Case, CaseClock, Circulation, Meeting
from sightline.engine.worklist import tasks_for
from sightline.people.actor import actor_for
from sightline.people.models import Account, Person
from sightline.platform import audit, calendar
from sightline.platform.database import as_account

pytestmark = pytest.mark.slow
BUSY = (
    *("school-lead", "other-school", "gp-lead", "police", "health", "housing", "contact-officer", "front-door-worker"),
    *("front-door-manager", "team-manager", "lead-worker", "business-support", "service-manager", "emergency-duty"),
)
COUNTED = ("engine_case", "engine_casestep", "people_person", "people_account", "notices_notice", "audit_auditrow")


def counts() -> dict[str, int]:
    with connections["owner"].cursor() as cursor:
        found = {}
        for table in COUNTED:
            cursor.execute(f"select count(*) from {table}")  # noqa: S608 - our own table names
            found[table] = cursor.fetchone()[0]
    return found


def seen_by(username: str, ask):
    account = Account.objects.get(username=username)
    with as_account(account.pk), audit.request(account_id=account.pk):
        return ask(actor_for(account))


def test_the_small_part_loads_once_and_gives_everybody_something_true_to_do(server_database):
    said: list[str] = []
    load.load_small(said.append)
    first = counts()
    load.load_small(said.append)
    assert counts() == first
    assert said == ["Loading the invented partnership.", "Loading today's work."]
    idle = [name for name in BUSY if not seen_by(name, tasks_for)]
    assert not idle


def test_today_holds_late_and_unopened_work_and_the_walk_throughs_child(server_database):
    load.load_small()
    now = calendar.now()

    def late(actor):
        clocks = CaseClock.visible_to(actor).filter(stopped_at__isnull=True, due_at__lt=now)
        return {clock.case.answering and clock.case.answering.key for clock in clocks.select_related("case__answering")}

    assert "ardenvale-police" in seen_by("front-door-manager", late)
    assert seen_by("school-lead", lambda by: Circulation.visible_to(by).filter(opened_at__isnull=True).exists())
    assert seen_by("team-manager", lambda by: Meeting.visible_to(by).filter(planned_for__gt=now).exists())
    unknown = seen_by("other-school", lambda by: Person.visible_to(by).filter(names__given_names="Maya").count())
    assert unknown == 0
    open_now = seen_by("front-door-manager", lambda by: Case.visible_to(by).filter(closed_at__isnull=True).count())
    assert 60 < open_now < 160


def test_the_partnership_s_own_work_loads_once_and_only_the_last_days_are_news(server_database):
    load.load_small()
    said: list[str] = []
    load_own_work(said.append)
    first = counts()
    load_own_work(said.append)
    assert counts()["engine_case"] == first["engine_case"]
    assert said.count("Loading agencies' Section 11 returns.") == 2
    for who in ("hub", "council-lead", "chief-health", "executive-chair"):
        assert seen_by(who, tasks_for), who
    fresh = seen_by("hub", lambda by: [row for row in inbox_of(by) if not row.has_been_read])
    assert all(row.created_at > calendar.now() - timedelta(days=6) for row in fresh)


def test_a_month_of_history_is_written_whole_and_then_known_to_be_there(server_database):
    load.load_small()
    batches = load.planned()
    month = batches.months[-1]
    assert not load.is_loaded(batches, month)
    load.load_families(batches)
    load.load_families(batches)
    load.load_batch(batches, month)
    assert load.is_loaded(batches, month)
    contacts = counts()["engine_case"]
    assert contacts > len(batches.arrivals(month))


def test_history_goes_on_where_it_stopped_and_tells_how_far_it_is(server_database, monkeypatch):
    load.load_small()
    batches = load.planned()
    two = [batches.months[0], batches.months[-1]]
    monkeypatch.setattr(type(batches), "months", two)
    said: list[str] = []
    load.load_history(said.append)
    load.load_history(said.append)
    assert len(said) == 1
    assert said[0].startswith("History: ")
