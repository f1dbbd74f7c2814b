"""Sign-ins that are in force or have ended, as the session table has them."""

from datetime import timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from sightline.people.models import Account
from sightline.platform import calendar

REMEMBERED_FOR = timedelta(hours=12)
"""How long an ended session is kept, so that what is posted from a page left open can be told whose it is."""


def account_of_ended(session_key: str) -> Account | None:
    """Whose session this was, when it has ended by itself; None for one in force, unknown, or nobody's."""
    ended = Session.objects.filter(pk=session_key, expire_date__lte=calendar.now()).first()
    account_id = ended.get_decoded().get(SESSION_KEY) if ended else None
    return Account.objects.filter(pk=account_id, is_active=True).first() if account_id else None


def end_all(account: Account) -> int:
    """End every session of an account at once; gives how many. Reads the whole table, so it is for rare occasions."""
    mine = [row.pk for row in Session.objects.iterator() if row.get_decoded().get(SESSION_KEY) == str(account.pk)]
    Session.objects.filter(pk__in=mine).delete()
    return len(mine)


def forget_ended() -> None:
    """Delete sessions that ended long ago."""
    Session.objects.filter(expire_date__lt=calendar.now() - REMEMBERED_FOR).delete()
