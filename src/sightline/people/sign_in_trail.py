"""What changes in how somebody signs in is written in the audit, and its owner is told.

Whoever stands at a colleague's unlocked screen could otherwise leave themselves a way in. Second factors and work
accounts are watched where they are kept, in the change's own transaction, because django-allauth tells of some only
once that has ended, and of those taken away at the command line not at all.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from allauth.account.signals import password_changed, password_set
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed
from allauth.socialaccount.models import SocialAccount
from django.db.models.signals import post_delete, post_save

from sightline.people.actor import actor_for, bound
from sightline.people.models import Account, RoleHeld
from sightline.platform import audit, calendar
from sightline.platform.database import as_account
from sightline.platform.notices.models import Notice

CALLED = {"totp": "authenticator app", "webauthn": "passkey", "recovery_codes": "recovery codes"}
REFERENCE, PAGE = "YOUR SIGN-IN", "/your-account/"
# What its owner is told of a change, by what the audit calls it; of one that is not here, nothing.
SAYS = {
    "authenticator app added": "An authenticator app was added to your account",
    "authenticator app removed": "The authenticator app was removed from your account",
    "passkey added": "A passkey was added to your account",
    "passkey removed": "A passkey was removed from your account",
    "recovery codes made": "New recovery codes were made for your account",
    "work account linked": "A work account was linked to your account, and can sign in as you",
    "work account unlinked": "A work account was unlinked from your account",
    "password changed": "The password of your account was changed",
}
NOT_YOU = ". If that was not you, sign out everywhere and tell whoever runs Sightline"


def watch() -> None:
    """Begin to write and tell; called once, when the layer of people is ready."""
    for model, change in ((Authenticator, _factor), (SocialAccount, _work_account)):
        post_save.connect(change, sender=model, dispatch_uid="sign-in trail, made")
        post_delete.connect(change, sender=model, dispatch_uid="sign-in trail, taken away")
    for changed in (password_changed, password_set):
        changed.connect(_password, dispatch_uid="sign-in trail")
    authentication_failed.connect(_wrong_code, dispatch_uid="sign-in trail")


@contextmanager
def as_themselves(account: Account) -> Iterator[None]:
    """Rows of the block are in the name of whoever has just signed in, where the request began as nobody's."""
    with as_account(account.pk), audit.request(**bound(actor_for(account))):
        yield


def _factor(instance: Authenticator, created: bool | None = None, **signal: Any) -> None:
    """An authenticator app, a passkey or recovery codes; the use of one is saved as well, and is no change."""
    kind = CALLED[instance.type]
    if created is None:
        _changed(instance.user_id, f"{kind} removed", {"factor": instance.pk})
    elif created:
        done = "made" if instance.type == "recovery_codes" else "added"
        _changed(instance.user_id, f"{kind} {done}", {"factor": instance.pk})


def _work_account(instance: SocialAccount, created: bool | None = None, **signal: Any) -> None:
    if created is not False:
        done = "unlinked" if created is None else "linked"
        _changed(instance.user_id, f"work account {done}", {"provider": instance.provider})


def _password(user: Account, **signal: Any) -> None:
    _changed(user.pk, "password changed", {})


def _wrong_code(user: Account, authenticator: Authenticator, reauthentication: bool = False, **signal: Any) -> None:
    detail = {"factor": CALLED[authenticator.type], "again": bool(reauthentication)}
    audit.record("wrong code", subject="account", ids=[user.pk], detail=detail, outcome="refused")


def _changed(account_id: UUID, action: str, detail: dict[str, Any]) -> None:
    audit.record(action, subject="account", ids=[account_id], detail=detail)
    if action in SAYS:
        _tell(account_id, SAYS[action] + NOT_YOU)


def _tell(account_id: UUID, says: str) -> None:
    """In their own name: a notice of a page is added by somebody of its partnership. Nobody without a role has one."""
    account = Account.objects.filter(pk=account_id, kind=Account.Kind.PERSON, is_active=True).first()
    if account is None or account.worker_id is None:
        return
    held = RoleHeld.objects.on(calendar.today()).filter(worker_id=account.worker_id).first()
    if held is None:
        return
    with as_account(account_id):
        Notice.objects.bulk_create(
            [
                Notice(
                    partnership_id=held.partnership_id,
                    worker_id=account.worker_id,
                    page=PAGE,
                    reference=REFERENCE,
                    concerns="partnership",
                    says=says,
                    created_at=calendar.now(),
                )
            ]
        )
