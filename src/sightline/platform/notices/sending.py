"""Emails the notices that wait, each once.

A notice is claimed by locking its row, and other senders pass over it. Between the mail server's yes and the commit a
crash can repeat an email, so its Message-ID is always the same and the reader's mail program shows one.
"""

import hashlib
import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q

from sightline.platform import audit, calendar
from sightline.platform.notices.recipients import Recipient, may_leave, recipients_of, who_may_read

if TYPE_CHECKING:
    from sightline.platform.notices.models import Notice

A_RUN = 200
"""Notices sent in one run at most; the rest wait a minute, so that a run stays short."""
STALE = timedelta(days=7)
"""An email about something this old would mislead; the notice itself stays to be read in Sightline."""
NOBODY = "Nobody with an email address is reached by it"
NONE_SEES_IT = "None of those whom it is for sees the record now"
KEPT_IN = "It may not leave by email: it would say a protected place. It is read in Sightline"

_log = logging.getLogger(__name__)


def send_waiting(limit: int = A_RUN) -> int:
    """Email what waits, oldest first, at most `limit` notices; returns how many were sent."""
    sent = 0
    for _ in range(limit):
        outcome = _send_next()
        if outcome is None:
            break
        sent += outcome
    return sent


def address_of(notice: "Notice") -> str:
    """Where the matter is read, for people who are signed in."""
    return f"{settings.SIGHTLINE_BASE_URL}{notice.path}"


def _send_next() -> bool | None:
    """Claim one notice and email it; None where none waits, False where it could not be sent and waits longer.

    Whoever does not see its matter now is dropped, and counted in the audit's row.
    """
    from sightline.platform.jobs.acting import clockwork

    with clockwork():
        notice = _claim()
        if notice is None:
            return None
        notice.attempts += 1
        told = recipients_of(notice)
        readers = who_may_read(notice, told)
        fault = _fault(notice, told, readers) or _email(notice, readers)
        if fault:
            notice.email_fault = fault
            notice.try_after = calendar.now() + min(timedelta(minutes=2**notice.attempts), timedelta(days=1))
        else:
            notice.emailed_at, notice.email_fault = calendar.now(), ""
        notice.save(update_fields=["attempts", "email_fault", "try_after", "emailed_at"])
        outcome = "failed" if fault else "allowed"
        dropped = {"dropped": len(told) - len(readers)}
        audit.record("email notice", subject="notices.Notice", ids=[notice.pk], detail=dropped, outcome=outcome)
    return not fault


def _claim() -> "Notice | None":
    from sightline.platform.notices.models import Notice

    now = calendar.now()
    waiting = Notice.objects.filter(Q(try_after__isnull=True) | Q(try_after__lte=now), emailed_at__isnull=True)
    claimable = waiting.filter(created_at__gte=now - STALE).order_by("created_at")
    return claimable.select_for_update(skip_locked=True).first()


def _fault(notice: "Notice", told: list[Recipient], readers: list[Recipient]) -> str:
    """Why it may go to nobody by email now, in a few words; empty where it may go to its readers."""
    if not may_leave(notice):
        return KEPT_IN
    return NONE_SEES_IT if told and not readers else ""


def _email(notice: "Notice", recipients: Iterable[Recipient]) -> str:
    """Send one message to each recipient; what went wrong in a few words, empty where all went well."""
    reached = [person for person in recipients if person.email]
    if not reached:
        return NOBODY
    for person in reached:
        try:
            message_for(notice, person).send()
        except OSError as refused:  # every fault of smtplib is one
            _log.warning("Notice %s was not emailed: %s", notice.pk, type(refused).__name__)
            return f"The mail server refused it: {type(refused).__name__}"
    return ""


def message_for(notice: "Notice", person: Recipient) -> EmailMessage:
    """The email: what has happened or is asked, the reference, by when, and where to read it. Nothing personal."""
    lines = [f"{notice.says}.", "", f"Reference: {notice.reference}"]
    if notice.due_at:
        lines.append(f"Due: {calendar.date_and_time(notice.due_at)}")
    lines += ["", f"Sign in to read it: {address_of(notice)}", "", "Do not reply to this email."]
    return EmailMessage(
        subject=f"{notice.reference}: {notice.says}",
        body="\n".join(lines),
        to=[person.email],
        headers={"Message-ID": _message_id(notice.pk, person.account_id)},
    )


def _message_id(notice: UUID, account: UUID) -> str:
    """The same for the same notice and reader, and a stranger learns neither from it."""
    digest = hashlib.sha256(f"{settings.SECRET_KEY}:{notice}:{account}".encode()).hexdigest()[:40]
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    return f"<{digest}@{domain}>"
