"""What people were told long ago they have read by now: only the last days' notices are new."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F

from sightline.people.telling import recipients
from sightline.platform import calendar
from sightline.platform.database.routing import OWNER
from sightline.platform.notices.models import Notice, NoticeRead

STILL_NEW = timedelta(days=5)


def read_long_ago() -> None:
    """Mark notices of the past as emailed and read by whoever they are for; none of them is sent now."""
    with transaction.atomic(OWNER):  # in the name of many readers at once, which the site never is
        notices = Notice.objects.using(OWNER)
        old = list(notices.filter(emailed_at__isnull=True, created_at__lt=calendar.now() - STILL_NEW))
        reads = [
            NoticeRead(notice=notice, account_id=one.account_id, at=notice.created_at)
            for notice in old
            for one in recipients(notice)
        ]
        NoticeRead.objects.using(OWNER).bulk_create(reads, ignore_conflicts=True)
        notices.filter(pk__in=[notice.pk for notice in old]).update(emailed_at=F("created_at"))
