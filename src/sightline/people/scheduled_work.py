"""The service account in whose name scheduled work acts."""

from uuid import UUID

from sightline.people.models import Account, RoleHeld
from sightline.platform import calendar
from sightline.vocabulary.roles import CLOCKWORK


def clockwork_account() -> UUID | None:
    """The live service account that holds the role "clockwork", in one partnership or several; None where none does."""
    holders = RoleHeld.objects.on(calendar.today()).filter(role=CLOCKWORK.key).values("worker_id")
    accounts = Account.objects.filter(kind=Account.Kind.SERVICE, is_active=True, worker_id__in=holders)
    return accounts.order_by("username").values_list("pk", flat=True).first()
