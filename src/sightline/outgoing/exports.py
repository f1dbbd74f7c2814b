"""A file with people in it is asked for with a purpose, is agreed to by another where it has many, and ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from sightline.access.sight import as_actor, witnessed
from sightline.access.told import if_seen
from sightline.people.actor import Actor
from sightline.people.managers import register_sight
from sightline.people.models import Account
from sightline.platform import audit, calendar
from sightline.platform.settings.limits import local_limits_of
from sightline.platform.settings.rules import rule_for

from .kinds import KINDS, kind_named
from .models import Export
from .second_person import tell_asker, tell_second_people


class NotYours(PermissionError):
    """This person may not decide on this file; the words say why and who can."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. people: how many are in it; content: digest of what the gate asked a second person about."""

    kind: str
    source: UUID
    title: str
    people: int
    case_id: UUID | None = None
    reasons: tuple[str, ...] = ()
    content: str = ""


def most_alone(actor: Actor) -> int:
    """The most people in a file that needs no second person: a local rule."""
    return _limit("export-second-person", actor)


def ask(wanted: Wanted, actor: Actor, purpose: str, file_format: str) -> Export:
    """Ask for a file. Ready at once unless it has too many people or the gate asks for a second person, who are told.

    Audited.
    """
    kind = kind_named(wanted.kind)
    if actor.partnership is None:
        raise NotYours("You work in no partnership today, so there is nothing to take away.")
    reasons = [*wanted.reasons]
    if wanted.people > (most := most_alone(actor)):
        reasons.append(f"It has {wanted.people:,} people in it, more than the {most:,} that one person may take alone")
    now = calendar.now()
    export = Export.objects.create(
        partnership=actor.partnership,
        kind=kind.key,
        source=wanted.source,
        case_id=wanted.case_id,
        title=wanted.title[:200],
        file_format=file_format,
        purpose=purpose,
        people=wanted.people,
        reasons=reasons,
        content=wanted.content,
        asked_by=actor.account,
        asked_at=now,
        ends_at=None if reasons else _end(actor, now),
    )
    _note("asked for a file", export)
    if export.needs_second_person:
        tell_second_people(export)
    return export


def decide(export: Export, actor: Actor, *, agreed: bool, words: str) -> None:
    """Another person's yes or no, of which whoever asked is told.

    Raises NotYours for whoever asked, for other roles, and once it is decided.
    """
    if (why := why_not_decide(export, actor)) is not None:
        raise NotYours(why)
    export.decided_by, export.decided_at = actor.account, calendar.now()
    export.agreed, export.decision_words = agreed, words
    export.ends_at = _end(actor, export.decided_at) if agreed else None
    export.save(update_fields=["decided_by", "decided_at", "agreed", "decision_words", "ends_at"])
    _note("agreed to a file" if agreed else "refused a file", export)
    tell_asker(export)


def why_not_decide(export: Export, actor: Actor) -> str | None:
    """Why this person cannot say yes or no to this file; None where they can."""
    if export.asked_by_id == actor.account.pk:
        return "You asked for it. Somebody else has to read the reasons and agree."
    if not any(
        _may_agree(export.kind, held.role) and held.partnership_id == export.partnership_id for held in actor.roles
    ):
        return "Your role does not agree to such files."
    if export.agreed is not None:
        return "It has been decided."
    return None if export.needs_second_person else "It needs no second person."


def ready(export: Export, actor: Actor) -> bool:
    """Whether this person may take it now: whoever asked for it, agreed to where that is needed, and not ended."""
    return export.asked_by_id == actor.account.pk and export.ends_at is not None and calendar.now() < export.ends_at


def why_not_take(export: Export, people: int) -> str | None:
    """Why it cannot be taken with so many people in it now; None where it can.

    What was asked for, and agreed to where that was needed, was a file with so many people in it, and no more.
    """
    if export.ends_at is None or calendar.now() >= export.ends_at:
        return "It can no longer be taken. Ask for it again."
    if people > export.people:
        return f"It has {people:,} people in it now, and had {export.people:,} when it was asked for. Ask for it again."
    return None


def take(export: Export, ids: list[UUID], people: int) -> None:
    """Count and audit one taking, with the ids of what is in it. Raises NotYours where `why_not_take` says why."""
    if (why := why_not_take(export, people)) is not None:
        raise NotYours(why)
    export.taken += 1
    export.save(update_fields=["taken"])
    _note("took a file away", export, ids)


def agreed_content(kind: str, source: UUID, case_id: UUID, actor: Actor) -> str:
    """Digest of what a second person agreed that this person may give out, while that lasts; empty where none did."""
    rows = Export.visible_to(actor).filter(kind=kind, source=source, case_id=case_id, asked_by=actor.account)
    found = rows.filter(agreed=True, ends_at__gt=calendar.now()).order_by("-decided_at").first()
    return found.content if found else ""


def watermark(export: Export) -> str:
    """The line on the file itself: who took it, for what, and until when it may be kept."""
    by = export.asked_by.get_full_name()
    return (
        f"Taken by {by} on {calendar.date_and_time(calendar.now())} for: {export.purpose}. Official-sensitive. "
        f"Do not pass it on; delete it when that is done. File {export.pk}."
    )


def exports_of(actor: Actor) -> tuple[list[Export], list[Export]]:
    """What this person asked for, newest first, and what waits for their yes or no."""
    rows = Export.visible_to(actor).select_related("asked_by__worker", "decided_by__worker")
    own = list(rows.filter(asked_by=actor.account)[:50])
    waiting = rows.filter(agreed__isnull=True, ends_at__isnull=True).exclude(asked_by=actor.account)
    return own, list(waiting)


def see_exports(rows: QuerySet[Any], who: Actor | Account | None, **context: Any) -> QuerySet[Any]:
    """One's own, and those that one of one's roles may agree to; with a case, only where the case is seen now."""
    if who is None:
        return rows.none()
    actor = as_actor(who)
    others = Q(pk__in=[])
    for held in actor.roles:
        kinds = [key for key in KINDS if _may_agree(key, held.role)]
        others |= Q(partnership_id=held.partnership_id, kind__in=kinds)
    return witnessed(rows.filter(Q(asked_by=actor.account) | others, if_seen(actor)))


def register() -> None:
    """Called once at start-up."""
    register_sight(Export, see_exports)


def _may_agree(kind: str, role: str) -> bool:
    return role in KINDS[kind].agreed_by if kind in KINDS else False


def _limit(rule_id: str, actor: Actor) -> int:
    key = actor.partnership.key if actor.partnership else ""
    return rule_for(rule_id, "", calendar.today(), local_limits_of(key)).limit


def _end(actor: Actor, since: datetime) -> datetime:
    return since + timedelta(hours=_limit("export-ends", actor))


def _note(action: str, export: Export, ids: list[UUID] | None = None) -> None:
    detail = {"kind": export.kind, "format": export.file_format, "people": export.people, "export": str(export.pk)}
    detail |= audit.basis_of(ids or filter(None, [export.case_id]))
    audit.record(action, subject=f"outgoing.{export.kind}", ids=ids or [export.pk], detail=detail)
