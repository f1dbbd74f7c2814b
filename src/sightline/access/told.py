"""Of which notices may somebody know now? Of one about a case, while they see the case; of any other, as addressed.

What somebody was told before a case was sealed, or before they were found to be close to whom it is about, says that it
is there. So it goes with the case, on pages and by email, and comes back with it.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import BooleanField, OuterRef, Q, QuerySet, Subquery, Value

from sightline.engine.models import Case
from sightline.people.actor import Actor, actor_for
from sightline.people.models import Account
from sightline.people.telling import hats_of
from sightline.platform.notices import Recipient, inbox
from sightline.platform.notices.models import Notice

from .sight import cases_of


def inbox_of(actor: Actor) -> QuerySet[Notice]:
    """The notices for a person and for the roles they hold today, newest first."""
    return inbox.inbox(*_asking(actor)).filter(if_seen(actor))


def unread_of(actor: Actor) -> QuerySet[Notice]:
    """Those of them that this account has not marked as read."""
    return inbox.unread(*_asking(actor)).filter(if_seen(actor))


def readers(notice: Notice, recipients: list[Recipient]) -> list[Recipient]:
    """Those of its recipients who see its case now; of a notice about no case, everybody."""
    if notice.case_id is None:
        return recipients
    accounts = Account.objects.select_related("worker").in_bulk([one.account_id for one in recipients])
    return [one for one in recipients if sees_now(accounts[one.account_id], notice.case_id)]


def sees_now(account: Account, case_id: UUID) -> bool:
    """Whether an account sees a case. Nothing of the case is shown, so nothing is noted of it."""
    return Case.objects.filter(cases_of(actor_for(account)), pk=case_id).exists()


def who_see(workers: Iterable[UUID], case_id: UUID) -> set[UUID]:
    """Those of these workers who see a case by an account in use. Whose conflicts count is a matter of who asks."""
    accounts = Account.objects.filter(worker__in=workers, is_active=True, kind=Account.Kind.PERSON)
    return {one.worker_id for one in accounts.select_related("worker") if one.worker_id and sees_now(one, case_id)}


def if_seen(actor: Actor) -> Q:
    """The condition on rows that may have a case in `case_id`: they have none, or one that the actor sees.

    Asked for as a value, as the database's own policies are: `exists` would be planned twice.
    """
    case = Case.objects.filter(cases_of(actor), pk=OuterRef("case_id")).order_by().values(there=Value(True))
    return Q(case_id__isnull=True) | Q(Subquery(case, output_field=BooleanField()))


def _asking(actor: Actor) -> tuple[UUID | None, list[inbox.Hat], UUID]:
    return actor.worker.pk if actor.worker else None, hats_of(actor), actor.account.pk
