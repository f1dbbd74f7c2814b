"""Accounts are made, closed and let in again by the partnership: there is no sign-up, and no page that does it.

Somebody who signs in with their agency's work account has no password here, so there is none to lose: a reset is
refused, and their agency resets its own. Everybody else is given a link that sets a password once, within a day.
"""

from dataclasses import dataclass
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from sightline.people import sessions
from sightline.people.models import Account, Agency, Partnership, RoleHeld, Worker
from sightline.platform import audit, calendar


class NoSuchThing(LookupError):
    """An account, agency or partnership that is named and not there; the message says which and what to do."""


class NothingToReset(RuntimeError):
    """The account signs in with a work account, whose password is the agency's."""


@dataclass(frozen=True)
class Newcomer:
    """Somebody who is to have an account, and the role they begin with today. `partnership` may be empty for the only
    one; `work_account` is (identity provider, subject) where the agency's own sign-in is used."""

    username: str
    given_name: str
    family_name: str
    email: str
    agency: str
    role: str
    partnership: str = ""
    work_account: tuple[str, str] | None = None


def live_account(account_id: str) -> Account | None:
    """The account, unless it is closed or was never there."""
    return Account.objects.filter(pk=account_id, is_active=True).first()


def account_named(username: str) -> Account:
    """An account, open or closed. Raises NoSuchThing."""
    try:
        return Account.objects.get_by_natural_key(username)
    except Account.DoesNotExist as missing:
        raise NoSuchThing(f"There is no account called {username!r}. Check the spelling.") from missing


def account_id_of(username: str) -> UUID | None:
    """The key of the account called so, None where there is none."""
    return Account.objects.filter(username__iexact=username).values_list("pk", flat=True).first()


def providers_of(account: Account) -> set[str]:
    """Keys of the identity providers that this account is linked to."""
    return set(SocialAccount.objects.filter(user=account).values_list("provider", flat=True))


def add(newcomer: Newcomer) -> Account:
    """A worker with a role and an account without a password. Raises NoSuchThing, or ValidationError on a field."""
    worker = Worker(given_name=newcomer.given_name, family_name=newcomer.family_name, email=newcomer.email)
    worker.full_clean()
    worker.save()
    held = RoleHeld(
        worker=worker,
        role=newcomer.role,
        agency=named_agency(newcomer.agency),
        partnership=named_partnership(newcomer.partnership),
        valid_from=calendar.today(),
    )
    held.full_clean()
    held.save()
    account = Account.objects.create_account(newcomer.username, email=newcomer.email, worker=worker)
    if newcomer.work_account:
        provider, subject = newcomer.work_account
        SocialAccount.objects.create(user=account, provider=provider, uid=subject)
    audit.record("account added", subject="account", ids=[account.pk], detail={"role": newcomer.role})
    return account


def close(account: Account) -> int:
    """Nobody signs in to it from now on, and whoever is signed in is out; gives how many sessions that ended."""
    account.is_active = False
    account.save(update_fields=["is_active"])
    ended = sessions.end_all(account)
    audit.record("account closed", subject="account", ids=[account.pk], detail={"sessions": ended})
    return ended


def end_sessions(account: Account) -> int:
    """Sign this account out everywhere; it can sign in again. Gives how many sessions that ended."""
    ended = sessions.end_all(account)
    audit.record("sessions ended", subject="account", ids=[account.pk], detail={"sessions": ended})
    return ended


def reset(account: Account, *, second_factor: bool = False) -> str:
    """Open the account, forget its password (and second factor), end its sessions; gives the path of the link.

    Raises NothingToReset.
    """
    if SocialAccount.objects.filter(user=account).exists() and not account.has_usable_password():
        raise NothingToReset(
            f"{account.username} signs in with a work account and has no password here. Their agency resets that one."
        )
    account.is_active = True
    account.set_unusable_password()
    account.save(update_fields=["is_active", "password"])
    if second_factor:
        Authenticator.objects.filter(user=account).delete()
    ended = sessions.end_all(account)
    detail = {"sessions": ended, "second_factor": second_factor}
    audit.record("account reset", subject="account", ids=[account.pk], detail=detail)
    return password_path(account)


def password_path(account: Account) -> str:
    """The path of a page that sets this account's password, once and within `PASSWORD_RESET_TIMEOUT` seconds."""
    mark = urlsafe_base64_encode(force_bytes(account.pk))
    return f"/sign-in/new-password/{mark}/{default_token_generator.make_token(account)}/"


def named_agency(key: str) -> Agency:
    """The agency with this key. Raises NoSuchThing."""
    found = Agency.objects.filter(key=key).first()
    if found is None:
        known = ", ".join(Agency.objects.order_by("key").values_list("key", flat=True)[:20])
        raise NoSuchThing(f"There is no agency with the key {key!r}. There are: {known or 'none yet'}.")
    return found


def named_partnership(key: str) -> Partnership:
    """The partnership with this key, or the only one where none is given. Raises NoSuchThing."""
    hosted = {row.key: row for row in Partnership.objects.order_by("key")}
    if not key and len(hosted) == 1:
        return next(iter(hosted.values()))
    if key not in hosted:
        raise NoSuchThing(f"Name one of the partnerships hosted here: {', '.join(hosted) or 'there is none yet'}.")
    return hosted[key]
