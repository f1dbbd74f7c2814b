"""Opening a record without a part in it, for a time: said first, told at once, reviewed by somebody else.

The law asks for no such thing; it is custom in shared records, so that a duty worker who needs a record at night is not
stopped by a rule made for the day. A sealed record is never opened so, and looks like none.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.db.models import QuerySet

from sightline.people.actor import Actor
from sightline.people.models import Partnership, RoleHeld
from sightline.platform import audit, calendar
from sightline.platform.settings.due import due
from sightline.platform.settings.limits import local_limits_of
from sightline.platform.settings.rules import rule_for
from sightline.vocabulary.roles import INFORMATION_GOVERNANCE, Reach, role_named

from .door import at_the_door
from .models import Glass
from .once_a_page import look_again
from .reviewers import Reviewers
from .sight import opened_by_glass
from .telling_of_glass import NobodyToTell, tell

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

    Raises GlassRefused where the reason is missing, the words are too few or nobody could be told, LookupError where
    there is no such record for this person (a sealed one among them).
    """
    _refuse(reason, words)
    there = next((one for one in at_the_door(actor, case=case_id) if one.may_be_opened), None)
    held = _at_the_front_door(actor, there.partnership_id) if there else None
    if there is None or held is None:
        raise LookupError("There is no record here that could be opened.")
    try:
        with transaction.atomic():
            return _open(actor, held, case_id, reason, words.strip())
    except NobodyToTell:
        look_again()
        audit.record("break glass", subject="engine.Case", ids=[case_id], detail={"reason": reason}, outcome="refused")
        raise GlassRefused({NON_FIELD_ERRORS: _nobody_to_tell(held.partnership)}) from None


def _open(actor: Actor, held: RoleHeld, case_id: UUID, reason: str, words: str) -> Glass:
    now, limits = calendar.now(), local_limits_of(held.partnership.key)
    glass = Glass.objects.create(
        case_id=case_id,
        partnership=held.partnership,
        account=actor.account,
        role=held.role,
        agency=held.agency,
        reason=reason,
        words=words,
        opened_at=now,
        ends_at=due(rule_for("glass-ends", "", calendar.local_date(now), limits), now).at,
        review_due_at=due(rule_for("glass-review", "", calendar.local_date(now), limits), now).at,
    )
    look_again()
    glass.told = tell(glass)
    glass.save(update_fields=["told"])
    audit.record("break glass", subject="engine.Case", ids=[case_id], detail={"reason": reason}, outcome="glass")
    return glass


def _nobody_to_tell(partnership: Partnership) -> str:
    phones = [
        f"{number}{when}"
        for number, when in (
            (partnership.front_door_phone, ""),
            (partnership.out_of_hours_phone, " at night and at weekends"),
        )
        if number
    ]
    phone = f"Phone the front door: {', '.join(phones)}" if phones else "Phone whoever answers for the front door"
    return f"It stays closed, because nobody is at work who could be told that you opened it. {phone}"


def _at_the_front_door(actor: Actor, partnership: UUID) -> RoleHeld | None:
    """The role by which this person is at the front door there: somebody may hold others beside it."""
    here = (one for one in actor.roles if one.partnership_id == partnership)
    return next((one for one in here if role_named(one.role).reach is Reach.PARTNERSHIP), None)


def glass_now(actor: Actor, case_id: UUID) -> Glass | None:
    """The glass through which this account sees the case now, where it does."""
    return opened_by_glass(actor).filter(case_id=case_id).order_by("-ends_at").first()


def to_review(actor: Actor) -> list[Glass]:
    """Glasses that are this reviewer's to review and that nobody has, the longest waiting first; never their own."""
    return _reviewed_by(actor, Glass.objects.filter(reviewed_at__isnull=True).order_by("review_due_at"))


def reviewed_lately(actor: Actor, most: int = 50) -> list[Glass]:
    """Of the latest that were theirs to review, those that have been, the latest first."""
    done = Glass.objects.filter(reviewed_at__isnull=False).select_related("reviewed_by__worker")
    return _reviewed_by(actor, done.order_by("-reviewed_at"), most)


def _reviewed_by(actor: Actor, rows: QuerySet[Glass], most: int | None = None) -> list[Glass]:
    """Those of a reviewer's partnerships that somebody outside their agency opened, or that nobody else may review."""
    governed, me = _governed(actor), actor.worker.pk if actor.worker else None
    theirs = rows.filter(partnership__in=governed).exclude(account=actor.account)
    found = list(theirs.select_related("account__worker", "agency")[:most])
    reviewers = Reviewers(governed) if found else None
    return [
        one
        for one in found
        if reviewers and me in reviewers.of(one.partnership_id, one.agency_id, one.account.worker_id)
    ]


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


def _governed(actor: Actor) -> set[UUID]:
    return {held.partnership_id for held in actor.roles if held.role == INFORMATION_GOVERNANCE.key}


def reviewer(actor: Actor) -> bool:
    """Whether this person reviews how records are opened."""
    return bool(_governed(actor))
