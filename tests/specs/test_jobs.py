"""Scheduled work is done by one worker at a time, in the service's own name, and its silence is noticed."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

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
from sightline.platform.settings.doctor import Fault, duties_done
from sightline.platform.settings.environment import Environment

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


def test_a_duty_of_the_night_is_not_late_by_day_and_is_by_the_next_morning(world, monkeypatch):
    monkeypatch.setattr(schedule, "_duties", {"sweep": jobs.Duty("sweep", print, "0 3 * * *")})
    Tick.objects.create(duty="sweep", at=datetime(2026, 9, 1, 3, 0, 2, tzinfo=UTC))
    with calendar.frozen(datetime(2026, 9, 2, 3, 4, tzinfo=UTC)):
        assert late_duties() == []
    with calendar.frozen(datetime(2026, 9, 2, 3, 6, tzinfo=UTC)):
        assert [late.duty for late in late_duties()] == ["sweep"]


def test_the_doctor_says_whether_the_worker_keeps_time(world):
    demonstration, production = Environment(), Environment(sightline_mode="production")
    assert duties_done(demonstration) == "the worker has not run yet"
    with pytest.raises(Fault, match="send-notices was never done.*Start the worker"):
        duties_done(production)
    for name in duties():
        jobs.do(name)
    assert duties_done(production) == "every duty was done in its time"
    Tick.objects.filter(duty="send-notices").update(at=calendar.now() - timedelta(minutes=7))
    with pytest.raises(Fault, match="send-notices was last done"):
        duties_done(demonstration)


def test_the_doctor_asks_for_the_service_account_of_scheduled_work(world):
    for name in duties():
        jobs.do(name)
    account = world.accounts["clockwork"]
    account.is_active = False
    account.save()
    with pytest.raises(Fault, match="No service account holds the role clockwork"):
        duties_done(Environment())


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
    with clockwork():
        for _ in range(count):
            Notice.objects.create(
                partnership_id=world.partnership.pk,
                worker_id=world.accounts["worker"].worker_id,
                page="/work/",
                reference="YOUR WORK",
                says="A file is ready",
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


@pytest.mark.slow
def test_what_a_killed_worker_had_begun_is_taken_up_by_the_next(server_database):
    make_world()
    from procrastinate.contrib.django import app

    begun = app.configure_task("sightline.send-notices", lock="send-notices").defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute("update procrastinate_jobs set status = 'doing' where id = %s", [begun])
    app.configure_task("sightline.send-notices", lock="send-notices").defer(timestamp=60)
    app.configure_task("sightline.take-up-abandoned").defer(timestamp=0)
    words = [PROGRAM, "worker", "--once"]
    done = subprocess.run(words, env=dict(os.environ), capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert Tick.objects.filter(duty="send-notices").exists(), done.stderr
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where status = 'doing' or id = %s", [begun])
        assert cursor.fetchone() == (0,), "neither stuck nor waiting"
