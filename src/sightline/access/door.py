"""What is somebody told of a record that they may not see? That it is there; of a sealed one, nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from sightline.engine.models import Case
from sightline.people.actor import Actor
from sightline.people.managers import narrowed
from sightline.platform import audit
from sightline.vocabulary.compartments import COMPARTMENTS, TIERS
from sightline.vocabulary.process import process_named
from sightline.vocabulary.roles import role_named


@dataclass(frozen=True)
class AtTheDoor:
    """A record that is there, for somebody who may not see it. No name, no stage, nobody it is about."""

    case_id: UUID
    reference: str
    process: str
    compartment: str
    tier: str
    partnership_id: UUID

    @property
    def label(self) -> str:
        return process_named(self.process).label

    @property
    def ask(self) -> str:
        """Whom to ask, in a sentence."""
        managers = sorted(role_named(key).name.lower() for key in TIERS["team"] if key in _MANAGERS)
        return f"Ask a {' or a '.join(managers)}: they can give you a part in it."

    @property
    def may_be_opened(self) -> bool:
        """Whether it may be opened for a time by somebody without a part in it."""
        return COMPARTMENTS[self.compartment].glass


_MANAGERS = ("front-door-manager", "service-manager")


TELL = "tell that it is there"
"""The audit's action where somebody is told of a record that they do not read."""


def told_of(subject: str, ids: Iterable[UUID]) -> None:
    """Note that whoever asks is told, on this page, that these records are there. Once for each page that says so."""
    if given := sorted(ids):
        who = audit.acting()
        audit.record(TELL, subject=subject, ids=given, detail={"page": who.page} if who and who.page else {})


def at_the_door(
    actor: Actor, *, case: UUID | None = None, reference: str = "", person: UUID | None = None
) -> list[AtTheDoor]:
    """Records there that the actor may not see, by id, reference or person; none where there are none, or sealed ones.

    The database works it out by itself (`migrations/0003`), because the site's own role cannot see them either. A page
    that says it notes it by `told_of`.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from sightline_at_the_door(%s, %s, %s)", [case, reference.strip().upper(), person])
        found = [AtTheDoor(*row) for row in cursor.fetchall()]
    seen = set(narrowed(Case.objects.filter(pk__in=[one.case_id for one in found]), actor).values_list("pk", flat=True))
    return [one for one in found if one.case_id not in seen]
