"""Every other child: who else is tied, now or in the last twelve months, to anybody this matter is about?

`every_other_child` is what a step's gate asks, of all that the database lets be read: a brother or sister must not be
missed by a check. What a page draws is `other_children`: those whom whoever looks may see, each noted as shown.
"""

from typing import Any
from uuid import UUID

from sightline.people.families import EVERYBODY, Tie
from sightline.people.families import other_children as tied_children
from sightline.people.models import Person
from sightline.platform.calendar import local_date

Found = list[tuple[Person, list[Tie]]]


def other_children(matter: Any, by: Any) -> Found:
    """Those of `every_other_child` whom `by` may see, with the ties that name nobody hidden from them.

    A child comes with a tie or not at all: the words of a tie name whose it is.
    """
    found = every_other_child(matter)
    named = {key for child, ties in found for key in (child.pk, *(tie.person.pk for tie in ties))}
    listed = {s.person_id for s in matter.subjects}
    seen = {person.pk for person in Person.visible_to(by).filter(pk__in=named - listed)} | listed if found else set()
    shown = [(child, [tie for tie in ties if tie.person.pk in seen]) for child, ties in found if child.pk in seen]
    return [(child, ties) for child, ties in shown if ties]


def every_other_child(matter: Any) -> Found:
    """Children tied to this family whom the matter does not already list, each with the ties that brought them.

    A matter made in memory brings its own, so that made history and lived history agree.
    """
    listed = {s.person_id for s in matter.subjects if s.person_id}
    return [(child, ties) for child, ties in _tied(matter) if child.pk not in listed]


def _tied(matter: Any) -> Found:
    if "tied" not in matter.facts:
        people = [s.person for s in matter.subjects if s.person_id and not s.swept]
        day = local_date(matter.case.opened_at)
        matter.facts["tied"] = tied_children(people, day, by=EVERYBODY) if people else []
    found: Found = matter.facts["tied"]
    return found


def how_tied(ties: list[Tie]) -> str:
    """The nearest tie in words, naming whose it is."""
    return ties[0].in_full if ties else ""


def as_told(matter: Any, person_id: UUID) -> dict[str, Any]:
    """Columns of a subject for a child found by the sweep."""
    child, ties = next(((c, t) for c, t in _tied(matter) if c.pk == person_id), (None, []))
    if child is None:
        return {"person_id": person_id}
    name = child.name_on()
    return {
        "person": child,
        "given_names": name.given_names if name else "",
        "family_name": name.family_name if name else "",
        "date_of_birth": child.date_of_birth,
        "relation": how_tied(ties)[:120],
    }
