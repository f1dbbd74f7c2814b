"""An independent scrutineer says what for before they first read a matter, or any list, in a day.

The audit keeps it with each read.

Local custom: independence is shown by what was read and why.
"""

from uuid import UUID

from sightline.engine.models import Case
from sightline.people.actor import Actor
from sightline.platform import audit, calendar
from sightline.vocabulary.roles import SCRUTINEER

from .oversight_models import Purpose
from .oversight_rules import PURPOSES
from .sight import cases_of

FEWEST_CHARACTERS = 10
"""Of the words beside a purpose (judgement)."""


class PurposeRefused(ValueError):
    """The purpose is not kept. `errors` says why, by the name of what was given."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


def purpose_needed(actor: Actor, case_id: UUID | None = None) -> bool:
    """Whether this person has still to say what for before they read this matter, or without one any list, today.

    False where there is no such matter for them: that is for the page to say, in the same words as ever.
    """
    if not actor.holds(SCRUTINEER.key):
        return False
    if purpose_said(actor, case_id):
        return False
    return case_id is None or Case.objects.filter(cases_of(actor), pk=case_id).exists()


def purpose_said(actor: Actor, case_id: UUID | None = None) -> bool:
    """Whether this person has said today what for."""
    return Purpose.objects.filter(account=actor.account, case_id=case_id, day=calendar.today()).exists()


def say_purpose(actor: Actor, case_id: UUID | None, *, reason: str, words: str) -> Purpose:
    """Keep what the matter, or without one what lists, are read for today.

    Raises PurposeRefused, and LookupError where there is no such matter.
    """
    if not purpose_needed(actor, case_id):
        raise LookupError("There is no matter here that a purpose is asked for.")
    errors = {}
    if reason not in PURPOSES:
        errors["reason"] = "Select what you are reading it for"
    if len(words.strip()) < FEWEST_CHARACTERS:
        errors["words"] = f"Say what for in at least {FEWEST_CHARACTERS} characters"
    if errors:
        raise PurposeRefused(errors)
    kept = Purpose.objects.create(
        account=actor.account,
        case_id=case_id,
        day=calendar.today(),
        reason=reason,
        words=words.strip(),
        said_at=calendar.now(),
    )
    audit.record(
        "say purpose",
        subject="engine.Case",
        ids=[case_id] if case_id else [],
        detail={"purpose": f"{reason}:{kept.pk}"},
    )
    return kept
