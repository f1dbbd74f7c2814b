"""Every other child: who else is tied, now or in the last twelve months, to anybody this matter is about?"""

from typing import Any
from uuid import UUID

from sightline.people.families import Tie
from sightline.people.families import other_children as tied_children
from sightline.people.models import Person
from sightline.platform.calendar import local_date

Found = list[tuple[Person, list[Tie]]]


def other_children(matter: Any) -> Found:
    """Children tied to this family whom the matter does not already list, each with the ties that brought them.

    A matter made in memory brings its own, so that made history and lived history agree.
    """
    listed = {s.person_id for s in matter.subjects if s.person_id}
    return [(child, ties) for child, ties in _tied(matter) if child.pk not in listed]


def _tied(matter: Any) -> Found:
    if "tied" not in matter.facts:
        people = [s.person for s in matter.subjects if s.person_id and not s.swept]
        matter.facts["tied"] = tied_children(people, local_date(matter.case.opened_at)) if people else []
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
