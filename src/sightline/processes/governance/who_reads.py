"""Who may read an agenda item: whoever sees the meeting, but for a restricted item that they have an interest in."""

from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from sightline.access.sight import as_actor, cases_of, witnessed
from sightline.people.actor import Actor
from sightline.people.models import Account
from sightline.platform import audit, calendar

from .agenda_items import AgendaItem, Interest, PaperRead


def see_items(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
    """Items of the meetings that somebody sees, without the restricted ones that they have an interest in."""
    actor = as_actor(who)
    return witnessed(rows.filter(cases_of(actor, "case")).exclude(_kept_from(actor, "")))


def see_of_items(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
    """The same for rows that belong to an item."""
    actor = as_actor(who)
    return witnessed(rows.filter(cases_of(actor, "case")).exclude(_kept_from(actor, "item__")))


def _kept_from(actor: Actor, at: str) -> Q:
    mine = {held.worker_id for held in actor.roles}
    interested = Interest.visible_to(actor).filter(worker_id__in=mine).values("item_id")
    return Q(**{f"{at}restricted": True, f"{at}id__in": interested})


def items_seen(actor: Actor, case_id: UUID) -> list[AgendaItem]:
    """The agenda as this person may read it."""
    return list(AgendaItem.visible_to(actor).filter(case_id=case_id).select_related("about"))


def items_not_shown(actor: Actor, case_id: UUID) -> int:
    """How many restricted items of a meeting are kept from this person."""
    mine = {held.worker_id for held in actor.roles}
    kept = Interest.visible_to(actor).filter(case_id=case_id, worker_id__in=mine, item__restricted=True)
    return kept.count()


def papers_read(actor: Actor, case_id: UUID) -> set[UUID]:
    """Keys of the items whose papers this person has opened."""
    mine = {held.worker_id for held in actor.roles}
    rows = PaperRead.visible_to(actor).filter(case_id=case_id, worker_id__in=mine)
    return set(rows.values_list("item_id", flat=True))


def mark_read(item: AgendaItem, by: Actor) -> None:
    """That this person opened the paper of an item, the first time only. Audited."""
    if by.worker is None or item.paper_sent_at is None or item.pk in papers_read(by, item.case_id):
        return
    with transaction.atomic():
        PaperRead(case_id=item.case_id, item=item, worker=by.worker, at=calendar.now()).save(force_insert=True)
        audit.record("read a paper", subject="engine.Case", ids=[item.case_id])
