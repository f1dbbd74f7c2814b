"""The accounts of the service itself, which act for nobody in particular: the public form, scheduled work."""

from sightline.people.actor import Actor, actor_for
from sightline.people.models import Account, Partnership, RoleHeld
from sightline.platform import calendar


class NoServiceAccount(LookupError):
    """No service account holds the role in this partnership today."""


def service_actor(role: str, partnership: Partnership) -> Actor:
    """The service account that holds a role in a partnership today, wearing it. Raises NoServiceAccount."""
    workers = RoleHeld.objects.on(calendar.today()).filter(role=role, partnership=partnership).values("worker_id")
    accounts = Account.objects.filter(kind=Account.Kind.SERVICE, is_active=True, worker_id__in=workers)
    account = accounts.select_related("worker").order_by("username").first()
    if account is None:
        raise NoServiceAccount(f"No service account holds the role {role!r} in {partnership}. Give it to one.")
    return actor_for(account, partnership=partnership).acting_as(role)
