"""Opening a record without a part in it, for a time: said first, told at once, reviewed by somebody else.

The law asks for no such thing; it is custom in shared records, so that a duty worker who needs a record at night is not
stopped by a rule made for the day. A sealed record is never opened so, and looks like none.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from uuid import UUID

from django.db import transaction

from sightline.engine.models import Case
from sightline.people.actor import Actor
from sightline.people.models import RoleHeld
from sightline.platform import audit, calendar
from sightline.platform.notices.models import Notice
from sightline.platform.settings.due import due
from sightline.platform.settings.limits import local_limits_of
from sightline.platform.settings.rules import rule_for
from sightline.vocabulary.roles import INFORMATION_GOVERNANCE, Reach, role_named

from .door import at_the_door
from .models import Glass
from .once_a_page import look_again
from .sight import opened_by_glass

REASONS: dict[str, str] = {
    key: row["name"]
    for key, row in tomllib.loads(files(__package__).joinpath("glass_reasons.toml").read_text("utf-8")).items()
}
FEWEST_CHARACTERS = 20
"""Of the words that say why: enough for a sentence that a reviewer can judge (judgement)."""


class GlassRefused(ValueError):
    """The record is not opened. `errors` says why, by the name of what was given."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


@dataclass(frozen=True)
class Reviewed:
    """What a reviewer found."""

    finding: str
    words: str


def break_glass(actor: Actor, case_id: UUID, *, reason: str, words: str) -> Glass:
    """Open a record for the time that the partnership allows. Returns the row, saved and audited.

    Raises GlassRefused where the reason is missing or the words are too few, LookupError where there is no such
    record for this person (a sealed one among them).
    """
    _refuse(reason, words)
    there = next((one for one in at_the_door(actor, case=case_id) if one.may_be_opened), None)
    held = _at_the_front_door(actor, there.partnership_id) if there else None
    if there is None or held is None:
        raise LookupError("There is no record here that could be opened.")
    with transaction.atomic():
        now, limits = calendar.now(), local_limits_of(held.partnership.key)
        glass = Glass.objects.create(
            case_id=case_id,
            partnership=held.partnership,
            account=actor.account,
            role=held.role,
            agency=held.agency,
            reason=reason,
            words=words.strip(),
            opened_at=now,
            ends_at=due(rule_for("glass-ends", "", calendar.local_date(now), limits), now).at,
            review_due_at=due(rule_for("glass-review", "", calendar.local_date(now), limits), now).at,
        )
        look_again()
        audit.record("break glass", subject="engine.Case", ids=[case_id], detail={"reason": reason}, outcome="glass")
        glass.told = _tell(glass, Case.objects.get(pk=case_id), actor)
        glass.save(update_fields=["told"])
    return glass


def _at_the_front_door(actor: Actor, partnership: UUID) -> RoleHeld | None:
    """The role by which this person is at the front door there: somebody may hold others beside it."""
    here = (one for one in actor.roles if one.partnership_id == partnership)
    return next((one for one in here if role_named(one.role).reach is Reach.PARTNERSHIP), None)


def glass_now(actor: Actor, case_id: UUID) -> Glass | None:
    """The glass through which this account sees the case now, where it does."""
    return opened_by_glass(actor).filter(case_id=case_id).order_by("-ends_at").first()


def to_review(actor: Actor) -> list[Glass]:
    """Glasses of the reviewer's partnerships that nobody has reviewed, the longest waiting first; never their own."""
    waiting = Glass.objects.filter(partnership__in=_governed(actor), reviewed_at__isnull=True).exclude(
        account=actor.account
    )
    return list(waiting.select_related("account__worker", "agency").order_by("review_due_at"))


def reviewed_lately(actor: Actor, most: int = 50) -> list[Glass]:
    """Glasses that have been reviewed, the latest first."""
    done = Glass.objects.filter(partnership__in=_governed(actor), reviewed_at__isnull=False)
    return list(done.select_related("account__worker", "agency", "reviewed_by__worker").order_by("-reviewed_at")[:most])


def review(actor: Actor, glass_id: UUID, found: Reviewed) -> Glass:
    """Record what the review found. Raises LookupError where this person may not review it, or it is done."""
    with transaction.atomic():
        glass = next((one for one in to_review(actor) if one.pk == glass_id), None)
        if glass is None:
            raise LookupError("There is no such record to review.")
        if found.finding not in Glass.Finding.values or not found.words.strip():
            raise GlassRefused({"finding": "Select what you found", "words": "Say how you know"})
        glass.reviewed_at, glass.reviewed_by = calendar.now(), actor.account
        glass.finding, glass.review_words = found.finding, found.words.strip()
        glass.save(update_fields=["reviewed_at", "reviewed_by", "finding", "review_words"])
        audit.record("review glass", subject="access.Glass", ids=[glass.pk], detail={"finding": found.finding})
    return glass


def _refuse(reason: str, words: str) -> None:
    errors = {}
    if reason not in REASONS:
        errors["reason"] = "Select why you need to open it"
    if len(words.strip()) < FEWEST_CHARACTERS:
        errors["words"] = f"Say why in at least {FEWEST_CHARACTERS} characters: somebody will review it"
    if errors:
        raise GlassRefused(errors)


def _tell(glass: Glass, case: Case, actor: Actor) -> list[UUID]:
    """Whoever is responsible for the record, and information governance outside the person's own line."""
    now = glass.opened_at
    says = "Opened by somebody without a part in it: please review"
    base = {"partnership_id": case.partnership_id, "case_id": case.pk, "reference": case.reference, "created_at": now}
    told = [Notice(**base, worker_id=case.owner_id, says=says)] if case.owner_id else []
    review = {"due_at": glass.review_due_at, "page": "/oversight/glasses/"}
    told += [Notice(**base, **review, worker_id=one, says=says) for one in _reviewers(case, actor)]
    Notice.objects.bulk_create(told)
    return [notice.worker_id for notice in told if notice.worker_id]


def _reviewers(case: Case, actor: Actor) -> list[UUID]:
    """Workers of information governance; of another agency than the person's where there are any."""
    today = calendar.today()
    held = RoleHeld.objects.on(today).filter(role=INFORMATION_GOVERNANCE.key, partnership=case.partnership_id)
    others = held.exclude(worker=actor.worker)
    outside = others.exclude(agency=actor.agency)
    return list((outside if outside.exists() else others).values_list("worker_id", flat=True))


def _governed(actor: Actor) -> set[UUID]:
    return {held.partnership_id for held in actor.roles if held.role == INFORMATION_GOVERNANCE.key}


def reviewer(actor: Actor) -> bool:
    """Whether this person reviews how records are opened."""
    return bool(_governed(actor))


def unreviewed_late() -> list[Glass]:
    """Glasses whose review is overdue, for the clockwork to tell of again."""
    return list(Glass.objects.filter(reviewed_at__isnull=True, review_due_at__lt=calendar.now()))
