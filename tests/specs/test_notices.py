"""People are told what has happened or is asked of them: once, and without anything personal."""

from datetime import date, time, timedelta

import pytest
from django.db import transaction
from django.test.utils import override_settings
from django.urls import resolve

from sightline.access.told import inbox_of
from sightline.engine.amend import override
from sightline.engine.perform import open_case, perform
from sightline.people.models import RoleHeld
from sightline.platform import calendar, jobs
from sightline.platform.audit.models import AuditRow
from sightline.platform.notices import recipients_of, send_waiting
from sightline.platform.notices.models import Notice
from tests.journey import Journey
from tests.recommending import Recommending

CANARIES = ("Quillfeather", "Zephyrine", "Marrowby", "Obsidian Row", "AR1 9ZZ", "bruise", "9434765919", "Wrenlow")
CHILD = {
    "kind": "child",
    "given_names": "Zephyrine",
    "family_name": "Quillfeather",
    "date_of_birth": date(2018, 2, 8),
    "address": "4 Obsidian Row",
    "postcode": "AR1 9ZZ",
    "nhs_number": "9434765919",
}
ADULT = {"kind": "adult", "given_names": "Marrowby", "family_name": "Quillfeather", "relation": "mother"}


pytestmark = pytest.mark.usefixtures("read_as_scheduled_work")


def told(**more):
    return {"narrative": "A bruise on the cheek", "people": [CHILD, ADULT], "referrer_name": "Wrenlow", **more}


def open_contact(world, acting):
    with acting(world.school):
        return open_case("contact", by=world.school, partnership=world.partnership, answers=told()).case


def take(case, world, acting, who, step, **answers):
    actor = getattr(world, who)
    with acting(actor):
        return perform(case, step, by=actor, answers=answers)


def notice(world, **more):
    return Notice.objects.create(
        **{
            "partnership_id": world.partnership.pk,
            "page": "/work/",
            "reference": "C-7F3K2P",
            "says": "New contact",
            "created_at": calendar.now(),
            **more,
        }
    )


def inbox(actor, acting):
    with acting(actor):
        return list(inbox_of(actor))


def test_a_step_that_is_rolled_back_leaves_no_notice(world, acting):
    contact = open_contact(world, acting)
    before = Notice.objects.count()
    with transaction.atomic():
        take(contact, world, acting, "worker", "hold_strategy_now")
        assert Notice.objects.count() > before
        transaction.set_rollback(True)
    assert Notice.objects.count() == before


def test_each_notice_is_emailed_once(world, acting, mailoutbox):
    open_contact(world, acting)
    waiting = Notice.objects.filter(emailed_at__isnull=True).count()
    assert waiting
    assert send_waiting() == waiting
    assert len(mailoutbox) == waiting
    assert send_waiting() == 0
    assert len(mailoutbox) == waiting


def test_an_email_holds_no_name_and_nothing_that_was_said(world, acting, mailoutbox):
    contact = open_contact(world, acting)
    with acting(world.officer):
        found = [{"subject": s.pk, "is_person": "new"} for s in contact.subjects.all()]
    take(contact, world, acting, "officer", "log", identified=found)
    take(contact, world, acting, "worker", "set_priority", rag="amber", rag_reason="Zephyrine has a bruise")
    asked = [{"agency": world.agency("ardenvale-police").pk, "why_asked": "Anything about Marrowby"}]
    take(contact, world, acting, "worker", "ask_agencies", agencies=asked)
    take(contact, world, acting, "worker", "chase")
    with acting(world.manager):
        override(contact.pk, "propose", "agencies-answered", by=world.manager, reason="Wrenlow rang")
    take(contact, world, acting, "worker", "propose", decision="strategy", rationale="A bruise on Zephyrine")
    take(contact, world, acting, "manager", "endorse", endorsement="Quillfeather is at risk")
    take(contact, world, acting, "worker", "tell_referrer", told_route="sightline", told_outcome="strategy")
    sent = send_waiting()
    assert sent >= 8
    sources = [str(mail.message()) + mail.subject for mail in mailoutbox]
    leaks = [(canary, source) for source in sources for canary in CANARIES if canary.lower() in source.lower()]
    assert leaks == []


def test_an_email_says_what_is_asked_by_when_and_where_to_read_it(world, acting, mailoutbox):
    due = calendar.at_local(date(2026, 12, 7), time(16, 45))
    contact = open_contact(world, acting)
    Notice.objects.update(emailed_at=due)
    row = notice(world, role="front-door-manager", due_at=due, case_id=contact.pk, page="")
    with override_settings(SIGHTLINE_BASE_URL="https://sightline.ardenvale.example"):
        send_waiting()
    mail = mailoutbox[0]
    assert mail.subject == "C-7F3K2P: New contact"
    assert f"https://sightline.ardenvale.example/cases/{row.case_id}/" in mail.body
    assert resolve(f"/cases/{row.case_id}/").url_name == "case"
    assert "Due: 7 December 2026 at 4:45pm" in mail.body


def test_the_same_notice_to_the_same_reader_always_has_the_same_message_id(world, mailoutbox):
    row = notice(world, worker_id=world.worker.worker.pk)
    send_waiting()
    Notice.objects.filter(pk=row.pk).update(emailed_at=None)  # as after a crash between the mail server and the commit
    send_waiting()
    first, again = (mail.message()["Message-ID"] for mail in mailoutbox)
    assert first == again
    assert str(row.pk) not in first


def test_a_role_reaches_everybody_who_holds_it_today(world):
    row = notice(world, role="front-door-manager")
    held = RoleHeld.objects.get(worker=world.second_manager.worker)
    assert {one.email for one in recipients_of(row)} == {
        "manager@ardenvale.example",
        "second_manager@ardenvale.example",
    }
    held.valid_to = calendar.today()
    held.save()
    assert {one.email for one in recipients_of(row)} == {"manager@ardenvale.example"}


def test_an_agency_is_reached_through_those_who_answer_for_it(world):
    school = notice(world, agency_id=world.agency("millbrook-school").pk)
    council = notice(world, agency_id=world.agency("ardenvale-council").pk)
    assert [one.email for one in recipients_of(school)] == ["school@ardenvale.example"]
    assert [one.email for one in recipients_of(council)] == ["team_manager@ardenvale.example"]


def test_an_account_that_was_closed_is_not_written_to(world):
    account = world.accounts["worker"]
    account.is_active = False
    account.save()
    assert recipients_of(notice(world, worker_id=world.accounts["worker"].worker_id)) == []


def test_a_notice_that_reaches_nobody_waits_and_says_why(world, mailoutbox):
    row = notice(world, role="emergency-duty-worker")
    assert send_waiting() == 0
    row.refresh_from_db()
    assert row.email_fault == "Nobody with an email address is reached by it"
    assert row.try_after > calendar.now()
    assert mailoutbox == []


def test_a_mail_server_that_refuses_does_not_hold_up_other_notices(world, monkeypatch, mailoutbox):
    from django.core.mail import EmailMessage

    refused = notice(world, worker_id=world.worker.worker.pk)
    notice(world, worker_id=world.manager.worker.pk)
    real = EmailMessage.send

    def send(self, *args, **kwargs):
        if self.to == ["worker@ardenvale.example"]:
            raise ConnectionRefusedError("canary of the mail server")
        return real(self, *args, **kwargs)

    monkeypatch.setattr(EmailMessage, "send", send)
    send_waiting()
    assert [mail.to for mail in mailoutbox] == [["manager@ardenvale.example"]]
    refused.refresh_from_db()
    assert refused.email_fault == "The mail server refused it: ConnectionRefusedError"
    assert refused.attempts == 1


def test_a_notice_of_last_week_is_not_emailed_any_more(world, mailoutbox):
    row = notice(world, worker_id=world.worker.worker.pk)
    Notice.objects.filter(pk=row.pk).update(created_at=calendar.now() - timedelta(days=8))
    send_waiting()
    assert mailoutbox == []


def test_every_email_leaves_an_audit_row_in_the_name_of_scheduled_work(world, mailoutbox):
    row = notice(world, worker_id=world.worker.worker.pk)
    jobs.do("send-notices")
    written = AuditRow.objects.get(action="email notice")
    assert written.object_ids == [row.pk]
    assert written.account_id == world.accounts["clockwork"].pk
    assert written.role == "clockwork"


def test_whoever_governs_is_not_told_of_a_child_s_matter_at_their_agency(world, acting):
    journey = Journey(world, acting)
    asked = journey.enquiry(journey.asked("ardenvale-police"), "ardenvale-police")
    row = notice(world, agency_id=world.agency("ardenvale-police").pk, case_id=asked.pk, page="")
    assert row in inbox(world.police, acting)
    assert row not in inbox(world.police_partner, acting)


def test_a_matter_of_the_partnership_reaches_the_agency_s_assurance_lead_and_not_its_front_door(world, acting):
    recommending = Recommending(world, acting)
    addressed = recommending.raised(to=[recommending.to("ardenvale-police")])
    row = notice(
        world, agency_id=world.agency("ardenvale-police").pk, concerns="partnership", case_id=addressed.pk, page=""
    )
    assert [one.account_id for one in recipients_of(row)] == [world.police_lead.account.pk]
    assert row in inbox(world.police_lead, acting)
    assert row not in inbox(world.police, acting)
