"""Sign-ins that are in force, as the session table has them."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from sightline.people.models import Account
from sightline.platform import calendar


def end_all(account: Account) -> int:
    """End every session of an account at once; gives how many. Reads the whole table, so it is for rare occasions."""
    mine = [row.pk for row in Session.objects.iterator() if row.get_decoded().get(SESSION_KEY) == str(account.pk)]
    Session.objects.filter(pk__in=mine).delete()
    return len(mine)


def forget_ended() -> None:
    """Delete sessions that have run out."""
    Session.objects.filter(expire_date__lt=calendar.now()).delete()
