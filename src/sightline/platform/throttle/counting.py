"""Counting failures, and what the next try has to wait."""

from datetime import timedelta
from math import ceil

from django.db.models import F

from sightline.platform import calendar
from sightline.platform.sealed import keyed_digest
from sightline.platform.settings.sign_in import Pace
from sightline.platform.throttle.models import Failures

FORGOTTEN_AFTER = timedelta(days=1)
"""When a row is deleted; long after every pace has stopped counting it."""


def failed(what: str, pace: Pace) -> None:
    """Count one failure; the first after a long rest begins the count anew."""
    now, key = calendar.now(), _key(what)
    Failures.objects.filter(key=key, last_at__lt=now - pace.forgotten_after).delete()
    row, new = Failures.objects.get_or_create(key=key, defaults={"count": 1, "last_at": now})
    if not new:
        Failures.objects.filter(pk=row.pk).update(count=F("count") + 1, last_at=now)


def wait(what: str, pace: Pace) -> int:
    """Whole seconds until the next try, 0 for now."""
    row = _row(what)
    over = (row.count if row else 0) - pace.free
    if row is None or over < 0 or calendar.now() - row.last_at > pace.forgotten_after:
        return 0
    until = row.last_at + min(pace.longest, timedelta(seconds=2 ** min(over, 20)))
    return max(ceil((until - calendar.now()).total_seconds()), 0)


def times(what: str, pace: Pace) -> int:
    """How often it has failed, as far as that still counts."""
    row = _row(what)
    return row.count if row and calendar.now() - row.last_at <= pace.forgotten_after else 0


def forgiven(what: str) -> None:
    """It went well: the count begins anew."""
    Failures.objects.filter(key=_key(what)).delete()


def forget_old() -> None:
    """Delete what no longer counts."""
    Failures.objects.filter(last_at__lt=calendar.now() - FORGOTTEN_AFTER).delete()


def _row(what: str) -> Failures | None:
    return Failures.objects.filter(key=_key(what)).first()


def _key(what: str) -> str:
    return keyed_digest(what, "failures")
