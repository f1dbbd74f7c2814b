"""Scheduled work is done by one worker at a time, in the service's own name, and its silence is noticed."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from world import make_world

from sightline.engine.models import Case
from sightline.engine.perform import open_case
from sightline.platform import calendar, jobs
from sightline.platform.jobs import clockwork, duties, late_duties, schedule
from sightline.platform.jobs.models import Tick
from sightline.platform.notices import send_waiting
from sightline.platform.notices.models import Notice

PROGRAM = str(Path(sys.executable).with_name("sightline"))
TOLD = {"narrative": "Alone at night", "people": [{"kind": "child", "given_names": "Maya"}]}


def test_a_duty_that_was_done_is_not_late(world):
    assert "send-notices" in {late.duty for late in late_duties()}
    for name in duties():
        jobs.do(name)
    assert late_duties() == []


def test_a_duty_not_done_for_five_minutes_is_late_and_says_since_when(world):
    for name in duties():
        jobs.do(name)
    Tick.objects.filter(duty="send-notices").update(at=calendar.now() - timedelta(minutes=6))
    (late,) = late_duties()
    assert str(late).startswith("send-notices was last done ")


def test_a_duty_that_fails_leaves_no_tick(world, monkeypatch):
    def broken():
        raise ZeroDivisionError

    monkeypatch.setitem(schedule._duties, "broken", jobs.Duty("broken", broken, "* * * * *"))
    with pytest.raises(ZeroDivisionError):
        jobs.do("broken")
    assert not Tick.objects.filter(duty="broken").exists()


def test_two_pieces_of_work_cannot_have_one_name():
    with pytest.raises(ValueError, match="already a duty called 'send-notices'"):
        jobs.duty("send-notices", print)


def test_scheduled_work_sees_what_its_service_account_may_see_and_nothing_without_one(world, acting):
    with acting(world.school):
        open_case("contact", by=world.school, partnership=world.partnership, answers=TOLD)
    with clockwork() as account:
        assert account == world.accounts["clockwork"].pk
        assert Case.visible_to(world.clockwork).count() == 1
    world.accounts["clockwork"].is_active = False
    world.accounts["clockwork"].save()
    with clockwork() as account:
        assert account is None
        assert not Case.objects.exists(), "the database's own wall"


@pytest.mark.slow
def test_two_senders_never_send_a_notice_twice(server_database):
    world, count = make_world(), 40
    for _ in range(count):
        Notice.objects.create(
            partnership_id=world.partnership.pk,
            worker_id=world.accounts["worker"].worker_id,
            case_id=uuid4(),
            reference="C-7F3K2P",
            says="New contact",
            created_at=calendar.now(),
        )
    together = threading.Barrier(3)

    def send():
        together.wait(20)
        try:
            return send_waiting()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as senders:
        sent = [future.result(60) for future in [senders.submit(send) for _ in range(3)]]
    assert sum(sent) == count
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == len(mail.outbox) == count


@pytest.mark.slow
def test_the_worker_does_the_duties_and_leaves_their_ticks(server_database):
    make_world()
    from procrastinate.contrib.django import app

    app.configure_task("sightline.send-notices").defer(timestamp=0)
    done = subprocess.run(
        [PROGRAM, "worker", "--once"], env=dict(os.environ), capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert Tick.objects.filter(duty="send-notices").exists(), done.stderr
