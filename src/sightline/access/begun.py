"""What is somebody told of a step that another has half written? Who, which and when; never what was typed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from sightline.engine.models import Case
from sightline.people.actor import Actor
from sightline.people.models import Account

from .sight import cases_of


@dataclass(frozen=True)
class Begun:
    """That somebody is part-way through a step of a case."""

    account: Account
    step: str
    saved_at: datetime


def begun(actor: Actor, case: UUID) -> list[Begun]:
    """Everybody's unfinished steps of the case, the oldest first; for whoever sees within it. Mostly one query.

    The database tells of them by a view of its own (`migrations/0009`), because a draft itself is its writer's alone.
    """
    with connection.cursor() as cursor:
        told = "select account_id, step, saved_at from wall_draft_begun where case_id = %s order by saved_at"
        cursor.execute(told, [case])
        rows = cursor.fetchall()
    if not rows or not Case.objects.filter(cases_of(actor, within=True), pk=case).exists():
        return []
    accounts = Account.objects.select_related("worker").in_bulk({account for account, _, _ in rows})
    return [Begun(accounts[account], step, saved_at) for account, step, saved_at in rows]
