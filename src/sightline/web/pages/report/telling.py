"""From the sections of the professional form to a contact at the front door."""

from typing import Any
from uuid import UUID

from sightline.engine.models import CaseStep
from sightline.engine.perform import open_case
from sightline.people.actor import Actor
from sightline.platform import calendar
from sightline.processes.front_door import codes
from sightline.processes.front_door.contact import Contact
from sightline.processes.front_door.intake import with_notes

from .sections import CHILDREN, Section, is_officer


def tell(actor: Actor, sections: list[Section], key: UUID) -> CaseStep:
    """Send what there is. Raises AnswersRefused where nothing is said of a child, or of the worry.

    What was typed and cannot be read (a day that does not exist) holds nothing up: it goes along in words.
    """
    answers: dict[str, Any] = {"people": []}
    unread: list[str] = []
    for made in sections:
        made.is_valid()
        answers.update(made.form.cleaned_data)
        unread += _unread(made.form)
        for row in made.rows.forms if made.rows is not None else ():
            answers["people"] += _person(made, row)
            unread += _unread(row) if row.has_changed() else []
    now = calendar.now()
    if not is_officer(actor):
        answers["channel"] = codes.Channel.PORTAL
    answers["received_at"] = min(answers.get("received_at") or now, now)
    if actor.partnership is None:
        raise LookupError("Whoever tells the front door holds a role in a partnership.")
    told = with_notes({name: value for name, value in answers.items() if value is not None}, tuple(unread))
    return open_case(Contact.key, by=actor, partnership=actor.partnership, answers=told, key=key)


def _person(made: Section, row: Any) -> list[dict[str, Any]]:
    given = {name: value for name, value in getattr(row, "cleaned_data", {}).items() if value}
    kind = "child" if made.rows.prefix == CHILDREN else given.pop("kind", "adult")
    return [{"kind": kind, **given}] if given else []


def _unread(form: Any) -> list[str]:
    """ "Date of birth, as typed: 31 2 2018" for each answer that could not be read."""
    found = []
    for name in form.errors:
        if name not in form.fields:
            continue
        value = form[name].value()
        typed = " ".join(part for part in value if part) if isinstance(value, tuple | list) else str(value or "")
        if typed.strip():
            found.append(f"{form.fields[name].label}, as typed: {typed.strip()}")
    return found
