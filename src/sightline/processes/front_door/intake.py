"""How a concern from the public becomes a contact, now or when the database is back.

The form works without the database: what it cannot hand over is kept, sealed, in a spool on the web server's disk, with
the reference and the moment that the sender was told. `take_in_spool` is called by the jobs worker every minute.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError

from sightline.engine.models import Case, CaseStep
from sightline.engine.perform import open_case, perform
from sightline.people.actor import Actor, bound
from sightline.people.hosted import hosted_partnerships
from sightline.people.models import Partnership
from sightline.people.service_accounts import service_actor
from sightline.platform import audit, calendar
from sightline.platform.database import as_account
from sightline.platform.settings.public_form import public_form_limits
from sightline.platform.spool import Spool
from sightline.vocabulary import roles

from . import codes
from .contact import Contact

log = logging.getLogger(__name__)
Progress = Callable[[str], None]
_HELD, _READY = "held", "ready"


@dataclass(frozen=True)
class Concern:
    """What one member of the public sent.

    partnership: its key, or empty for the first one hosted. answers: to the step "tell", as JSON holds them.
    digest: of the receipt. held: it came faster than the form's limits. repeats: the reference it says again.
    """

    partnership: str
    answers: dict[str, Any]
    at: datetime
    key: UUID
    reference: str = ""
    digest: str = ""
    held: bool = False
    repeats: str = ""
    notes: tuple[str, ...] = field(default=())

    def packed(self) -> dict[str, Any]:
        return {**asdict(self), "at": self.at.isoformat(), "key": str(self.key)}

    @classmethod
    def unpacked(cls, kept: dict[str, Any]) -> "Concern":
        there = {**kept, "at": datetime.fromisoformat(kept["at"]), "key": UUID(kept["key"])}
        return cls(**{**there, "notes": tuple(kept["notes"])})


def receive(
    partnership: Partnership, answers: dict[str, Any], at: datetime, key: UUID, reference: str = ""
) -> CaseStep:
    """Open a contact as the public form's account, received at `at`. The same key again gives the first step.

    Needs a transaction in that account's name (`as_intake`). Raises the engine's refusals.
    """
    told = {**answers, "channel": answers.get("channel") or codes.Channel.PUBLIC, "received_at": at}
    by = service_actor(roles.PUBLIC_INTAKE.key, partnership)
    asked: dict[str, Any] = {"by": by, "partnership": partnership, "answers": told, "key": key}
    try:
        return open_case(Contact.key, **asked, reference=reference)
    except IntegrityError:
        # The reference was given out before it could be looked up, and another contact has it: about once in 20,000.
        note = f"The sender was given the reference {reference}."
        return open_case(Contact.key, **{**asked, "answers": with_notes(told, (note,))})


def with_notes(answers: dict[str, Any], notes: tuple[str, ...]) -> dict[str, Any]:
    """The answers with what the service has to say about how they came, after what the sender said."""
    said = [part for part in (answers.get("anything_else"), *notes) if part]
    return {**answers, "anything_else": "\n\n".join(said)}


@contextmanager
def as_intake(partnership: Partnership) -> Iterator[Actor]:
    """A transaction in the name of the public form's own account."""
    by = service_actor(roles.PUBLIC_INTAKE.key, partnership)
    with as_account(by.account.pk), audit.request(**bound(by)):
        yield by


def partnership_with(key: str) -> Partnership:
    """The partnership with this key, else the first one hosted. Raises LookupError where none is."""
    hosted = hosted_partnerships()
    if not hosted:
        raise LookupError("No partnership is hosted here yet.")
    return next((row for row in hosted if row.key == key), hosted[0])


def take_in(concern: Concern) -> CaseStep:
    """Hand a concern to the front door: a new contact, or a note on the one that it repeats."""
    partnership = partnership_with(concern.partnership)
    with as_intake(partnership) as by:
        repeated = _case(by, concern.repeats) if concern.repeats else None
        if repeated and repeated.open:
            return _note_repeat(repeated, by, concern)
        answers = with_notes({**concern.answers, "receipt_digest": concern.digest}, _notes(concern))
        return receive(partnership, answers, concern.at, concern.key, concern.reference)


def _notes(concern: Concern) -> tuple[str, ...]:
    if not concern.held:
        return concern.notes
    return (*concern.notes, "Held on arrival: more was sent within the hour than the public form passes on at once.")


def _case(by: Actor, reference: str) -> Case | None:
    return Case.visible_to(by).filter(process=Contact.key, reference=reference).first()


def _note_repeat(case: Case, by: Actor, concern: Concern) -> CaseStep:
    """The repeat is a step of its own; what was told before stays as it was."""
    record = Case.visible_to(by).select_related("contactrecord").get(pk=case.pk).contactrecord
    note = f"Sent again in the same words at {calendar.clock_time(concern.at)} on {calendar.plain_date(concern.at)}."
    told = with_notes({"anything_else": record.anything_else}, (note,))
    room = len(told["anything_else"]) <= (record._meta.get_field("anything_else").max_length or 0)
    return perform(case, "add_information", by=by, answers=told if room else {}, key=concern.key)


def spool() -> Spool:
    """Where concerns wait that could not be handed over."""
    return Spool(Path(settings.SIGHTLINE_HOME) / "spool", "spooled concern")


def keep(concern: Concern) -> None:
    """Keep a concern on the disk until it can be taken in. Raises OSError where the disk refuses it."""
    waits = _HELD if concern.held else _READY
    danger = "-danger" if concern.answers.get("in_danger") == "yes" else ""
    spool().put(concern.packed(), f"{waits}{danger}-{concern.digest}", concern.at)


def waits(digest: str) -> bool:
    """Whether the concern with this receipt is still waiting to be taken in."""
    return next(spool().marked(digest), None) is not None


def take_in_spool(progress: Progress = lambda line: None) -> int:
    """Hand every waiting concern to the front door; returns how many were. Safe to run at any time, and twice.

    Those that were held are taken a few at a time, children in danger first, so that a flood neither drowns the queue
    nor loses anything in it. One that cannot be taken in stays where it is and is logged each time.
    """
    taken = 0
    for path in _in_turn(spool().waiting()):
        try:
            take_in(Concern.unpacked(spool().read(path)))
        except Exception:
            log.exception("A concern from the public could not be taken in and still waits: %s", path.name)
            progress("A concern still waits: it could not be taken in")
            continue
        spool().done(path)
        taken += 1
        progress(f"Taken in: {taken}")
    return taken


def _in_turn(waiting: list[Path]) -> list[Path]:
    held = [path for path in waiting if f"_{_HELD}" in path.name]
    ready = [path for path in waiting if path not in held]
    urgent_first = sorted(held, key=lambda path: f"_{_HELD}-danger" not in path.name)
    return ready + urgent_first[: public_form_limits().held_taken_in_each_time]
