"""Which records, and which groups of their fields, against the oracle: by the application's rules and by none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sightline.access import verdict
from sightline.access.told import inbox_of
from sightline.engine.models import Case, CaseSubject
from sightline.people.managers import narrowed
from sightline.people.models import Person as Somebody
from sightline.platform.notices.models import Notice
from sightline.vocabulary.process import process_named

from . import oracle
from .matrix_world import Made
from .oracle import Person, Record
from .route_cells import declared
from .world_of_people import agency_of

GIVERS = ("own", "another's", "nobody's")
TAKEN = "allocate"
"""A step of a contact whose only condition is who takes it, and when."""
NO_QUESTION = "no such question"
"""Of an action that there is not, or a step that is not said: for whoever sees the record."""


@dataclass(frozen=True)
class Asked:
    """One question of `can`: a record, to take it away or a step on it, or a group of fields that somebody gave."""

    person: Person
    record: Record
    what: str
    given_by: str = ""

    def __str__(self) -> str:
        given = f", given by {self.given_by} agency" if self.given_by else ""
        return f"{self.person.role}, {self.person.relation}: {self.what} of {self.record}{given}"


def asked(made: Made) -> Iterator[Asked]:
    """Every person, of every record: to see it, to take it away, to take a step, and each group of fields by giver."""
    for person in made.people:
        for record in made.records:
            yield from (Asked(person, record, what) for what in ("see", "export", "take nothing", "lend"))
            if record.kind == "contact":
                yield Asked(person, record, "take")
            yield from (Asked(person, record, group, who) for group in oracle.GROUPS for who in GIVERS)


def wanted(cell: Asked) -> str:
    """What the oracle says; somebody kept from it or not told of it has the words for no record."""
    person, record = cell.person, cell.record
    if not oracle.sees(person, record) or cell.what == "see":
        because = f", by {oracle.because(person, record)}" if oracle.sees(person, record) else ""
        return oracle.at_record(person, record) + because
    if cell.what == "export":
        return oracle.takes_away(person, record)
    if cell.what == "take":
        return oracle.takes(person, record, declared("contact", TAKEN))
    if cell.what in oracle.GROUPS:
        own = cell.given_by == "own" and person.relation != "of-no-agency"
        return oracle.reads_group(person, record, cell.what, given_by_own=own)
    return NO_QUESTION


def answered(made: Made, cells: Iterable[Asked]) -> Iterator[tuple[Asked, str]]:
    """What `can` answers, asked person by person."""
    by_person: dict[Person, list[Asked]] = {}
    for cell in cells:
        by_person.setdefault(cell.person, []).append(cell)
    for person, theirs in by_person.items():
        with made.acting(person) as actor:
            cases = {case.pk: case for case in Case.visible_to(actor)}
            for cell in theirs:
                key = made.records[cell.record]
                case = cases.get(key) or _unseen(cell.record, key, made)
                yield cell, _answer(actor, case, cell, made)


def _answer(actor: Any, case: Case, cell: Asked, made: Made) -> str:
    try:
        said = _asked(actor, case, cell, made)
    except ValueError:
        return NO_QUESTION
    if said:
        return oracle.SHOWN + (f", by {said.relied_on.partition(':')[0]}" if cell.what == "see" else "")
    if said is verdict.NOT_THERE or said == verdict.NOT_THERE:
        return oracle.NOTHING
    return oracle.DOOR if said.reason == "You have no part in this record." else oracle.REFUSED


def _asked(actor: Any, case: Case, cell: Asked, made: Made) -> verdict.Verdict:
    if cell.what in oracle.GROUPS:
        world = made.matters.world
        givers = {"own": agency_of(world, cell.person), "another's": world.agency("ardenvale-council").pk}
        return verdict.can(actor, verdict.SEE, case, cell.what, given_by=givers.get(cell.given_by))
    step = process_named("contact").steps[TAKEN] if cell.what == verdict.TAKE else None
    return verdict.can(actor, "take" if cell.what.startswith("take") else cell.what, case, step=step)


def _unseen(record: Record, key: UUID, made: Made) -> Case:
    """A case in memory, as a link to it would name it: the actor may not load it."""
    return Case(
        pk=key, partnership=made.matters.world.partnership, process=record.kind, compartment=record.compartment,
        tier=record.tier, stage=record.stage,
    )  # fmt: skip


def ids_wrong(made: Made, people: Iterable[Person], *, application: bool, using: str = "default") -> Iterator[str]:
    """Records and children that somebody is shown and should not be, or is not and should be, in words.

    application: by the application's rules as well; otherwise the database alone, with no rule of the application's.
    using: the connection; with "owner", the application's rules alone.
    """
    for person in people:
        with made.acting(person) as actor:
            rows = (Case.objects.using(using), Somebody.objects.using(using), CaseSubject.objects.using(using))
            cases, somebody, subjects = [narrowed(each, actor) if application else each for each in rows]
            told = (inbox_of(actor) if application else Notice.objects).using(using)
            told_of = set(told.values_list("case_id", flat=True))
            seen = set(cases.values_list("pk", flat=True)) | set(somebody.values_list("pk", flat=True))
            within = set(subjects.values_list("case_id", flat=True))
        for record, key in made.records.items():
            if (key in seen) != (key in made.shown(person)):
                yield f"{person} {'is' if key in seen else 'is not'} shown {record}"
            if (key in told_of) != (key in made.shown(person)):
                yield f"{person} {'is' if key in told_of else 'is not'} shown what they were told of {record}"
            if application and record.child and (key in within) != oracle.sees_within(person, record):
                yield f"{person} {'is' if key in within else 'is not'} shown who is in {record}"
        for child, key in made.children.items():
            if (key in seen) != (key in made.shown(person)):
                yield f"{person} {'is' if key in seen else 'is not'} shown {child}"
