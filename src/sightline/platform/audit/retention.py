"""Takes the content out of sealed audit rows when its time is over; what was sealed can still be proved."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import connections, transaction

from sightline.platform import calendar
from sightline.platform.audit.code_version import CODE_VERSION
from sightline.platform.audit.log import Acting, acting
from sightline.platform.audit.models import AuditRow
from sightline.platform.audit.verifier import REMOVED
from sightline.platform.database.routing import OWNER

ACTION = REMOVED.decode()
MAY_GO = """
select r.id from audit_auditrow r join audit_salt s on s.number = r.number where r.id = any(%s) and r.action <> %s
order by r.number
"""
SALTS_GO = "delete from audit_salt s using audit_auditrow r where r.number = s.number and r.id = any(%s)"


def remove_content(keys: Sequence[UUID], *, why: str) -> int:
    """Remove object ids, detail and salt of these rows, and write a row that names them; gives how many.

    `why` is the code of the retention rule. Rows that are not sealed yet stay as they are, and so do the rows that say
    what was removed. Works as the owner, in one transaction that keeps other rows from being written while it lasts:
    give it some hundreds of rows at a time.
    """
    connection = connections[OWNER]
    with transaction.atomic(using=OWNER), connection.cursor() as cursor:
        cursor.execute(MAY_GO, [list(keys), ACTION])
        going = [key for (key,) in cursor.fetchall()]
        if not going:
            return 0
        cursor.execute("alter table audit_auditrow disable trigger append_only")
        cursor.execute(SALTS_GO, [going])
        cursor.execute("update audit_auditrow set object_ids = '{}', detail = '{}' where id = any(%s)", [going])
        cursor.execute("alter table audit_auditrow enable trigger append_only")
        who = acting() or Acting()
        AuditRow.objects.using(OWNER).create(
            account_id=who.account_id,
            worker_id=who.worker_id,
            agency=who.agency,
            role=who.role,
            action=ACTION,
            subject="audit.AuditRow",
            object_ids=going,
            detail={**who.said, "why": why},
            request_id=who.request_id,
            code_version=CODE_VERSION,
        )
    return len(going)


AT_ONCE = 500
"""Rows of which content is removed in one transaction, which holds others back."""


def remove_before(day: date, *, why: str) -> int:
    """`remove_content` of every sealed row before a day, some hundreds at a time; gives how many."""
    rows = AuditRow.objects.using(OWNER).filter(at__lt=calendar.start_of_day(day))
    keys = list(rows.exclude(action=ACTION).order_by("at").values_list("pk", flat=True))
    return sum(remove_content(keys[first : first + AT_ONCE], why=why) for first in range(0, len(keys), AT_ONCE))
