"""A bank holiday is added while limits run: their dates move, the old ones are kept, and owners are told."""

from datetime import date
from importlib import import_module

import pytest
from contacts import MONDAY, told

from sightline.engine.models import CaseClock
from sightline.parts.new_calendar import recount
from sightline.platform import audit, calendar
from sightline.platform.audit.models import AuditRow
from sightline.platform.database import as_account
from sightline.platform.notices.models import Notice

pytestmark = pytest.mark.django_db
held = import_module("sightline.platform.calendar.bank_holidays")  # the package gives a function of the same name
NEW = date(2026, 11, 17)
"""The Tuesday after the Monday on which the contact comes."""


@pytest.fixture
def holiday_added(monkeypatch):
    """The calendar as it ships next, with one day more."""

    def add():
        year = {**held.bank_holidays(2026), NEW: "An invented day of thanks"}
        earlier = held.bank_holidays.__wrapped__
        monkeypatch.setattr(held, "bank_holidays", lambda of: year if of == 2026 else earlier(of))
        monkeypatch.setattr(calendar, "CALENDAR_VERSION", "england-and-wales with one day more")

    return add


def limits(world, case, **which):
    account = world.manager.account.pk
    with as_account(account), audit.request(account_id=account):
        return list(CaseClock.objects.filter(case=case, **which).order_by("key"))


def test_a_running_limit_moves_and_the_old_date_is_kept(world, holiday_added):
    case = told(world)
    before = {clock.key: clock for clock in limits(world, case)}
    holiday_added()
    with calendar.frozen(MONDAY):
        moved = recount()
    now = {clock.key: clock for clock in limits(world, case, stopped_at__isnull=True)}
    assert now.keys() == before.keys()
    assert calendar.local_date(before["decide_and_tell"].due_at) == NEW
    assert calendar.local_date(now["decide_and_tell"].due_at) == date(2026, 11, 18)
    assert now["decide_and_tell"].started_at == before["decide_and_tell"].started_at
    replaced = limits(world, case, ended="replaced")
    assert {clock.due_at for clock in replaced} >= {before["decide_and_tell"].due_at}
    assert len(replaced) == moved >= 1
    assert {clock.calendar_version for clock in now.values()} == {calendar.CALENDAR_VERSION}


def test_the_owner_is_told_both_dates_once_and_it_is_in_the_audit(world, holiday_added):
    case = told(world)
    holiday_added()
    with calendar.frozen(MONDAY):
        moved = recount()
        assert recount() == 0, "nothing is left to count again"
    account = world.manager.account.pk
    with as_account(account), audit.request(account_id=account):
        notices = list(Notice.objects.filter(case_id=case.pk, says__startswith="Bank holidays changed"))
        case = type(case).objects.get(pk=case.pk)
    assert len(notices) == moved
    assert "Bank holidays changed: due 18 November 2026, not 17 November 2026" in {one.says for one in notices}
    assert {one.worker_id for one in notices} == {case.owner_id}
    assert AuditRow.objects.filter(action="count a limit again", object_ids=[case.pk]).count() == moved


def test_nothing_moves_while_the_calendar_is_the_same(world):
    case = told(world)
    before = [clock.pk for clock in limits(world, case)]
    assert recount() == 0
    assert [clock.pk for clock in limits(world, case)] == before
