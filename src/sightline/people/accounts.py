"""Accounts are made, closed and let in again by the partnership: there is no sign-up and no page for it."""

from sightline.people.models import Account


def live_account(account_id: str) -> Account | None:
    """The account, unless it is closed or was never there."""
    return Account.objects.filter(pk=account_id, is_active=True).first()
