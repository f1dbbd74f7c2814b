"""Whom a place is kept from: recorded on a case, and ended on it, by steps beside the declared ones of its process.

The timeline says whose place is kept from whom and why, never where it is: that stands in the record of whoever lives
there. What is recorded holds from the next thing that leaves.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from sightline.engine.amend import append
from sightline.engine.effects import Deed
from sightline.engine.matter import Matter, load
from sightline.engine.models import CaseStep
from sightline.engine.perform import already_done, save
from sightline.engine.permission import role_for
from sightline.engine.refusals import AnswersRefused, NotAllowed
from sightline.people.actor import Actor
from sightline.people.codes import code_list, label
from sightline.people.families import ties
from sightline.people.models import HouseholdMembership, Person, PersonAddress, ProtectedFrom
from sightline.platform import audit, calendar
from sightline.vocabulary import roles
from sightline.vocabulary.process import Step

from .kept_places import KeptPlace, by_name, every_kept_place, people_of, same_place

WORKERS = (roles.FRONT_DOOR_WORKER, roles.LEAD_WORKER, roles.EMERGENCY_DUTY_WORKER)
MANAGERS = (roles.FRONT_DOOR_MANAGER, roles.DUTY_MANAGER, roles.SERVICE_MANAGER, roles.TEAM_MANAGER)
KEEP = Step("Record a place that is kept from somebody", by=(*WORKERS, *MANAGERS), key="keep-place", protective=True)
END = Step("End that a place is kept from somebody", by=MANAGERS, key="end-kept-place")
"""Whoever works on a case may protect at once; to end it takes a manager (our judgement)."""
NOT_A_HOME = ("correspondence", "hospital", "custody")


@dataclass(frozen=True)
class Protection:
    """What is recorded: ids of who lives there and of whom it is kept from; nobody: all the family who do not.

    lines, postcode, gives_away: what names the place, one of them at least. since: the first day that they lived there.
    """

    lives_there: Sequence[UUID]
    kept_from: Sequence[UUID]
    basis: str
    kind: str = "home"
    lines: str = ""
    postcode: str = ""
    gives_away: Sequence[str] = ()
    source: str = ""
    since: date | None = None


def may(matter: Matter, step: Step, by: Actor) -> bool:
    """Whether this person may record one (KEEP), or end it (END), on this case."""
    try:
        role_for(matter, step, by)
    except NotAllowed:
        return False
    return True


def may_be_kept_from(matter: Matter, by: Actor) -> list[Person]:
    """The people of a case, and whoever is tied to them, as far as this person may know of them."""
    people = people_of(matter)
    tied = [tie.other for tie in ties(people, calendar.today(), by=by)]
    return list(dict.fromkeys([*people, *tied]))


def keep(case_id: UUID, protection: Protection, *, by: Actor, key: UUID | None = None) -> CaseStep:
    """Record that a place is kept from somebody. Raises NotAllowed, or AnswersRefused by the name of what was given.

    Who moves there leaves the homes that they had, and the households that they shared with whom it is kept from.
    """
    with _noted(case_id, KEEP), transaction.atomic():
        if done := already_done(by, key):
            return done
        matter = load(case_id, lock=True)
        wearing = by.wearing(role_for(matter, KEEP, by))
        _refuse(matter, protection, by)
        deed = append(matter, KEEP, wearing, _kept_words(matter, protection, by))
        deed.row.idempotency_key = key
        for person in protection.lives_there:
            _protect(deed, person, protection)
        _part(deed, protection)
        if matter.case.owner and matter.case.owner != by.worker:
            deed.tell("A place is now kept from somebody: read it before anything is sent", worker=matter.case.owner)
        save(deed)
        ids = [*protection.lives_there, *protection.kept_from]
        audit.record("keep place", subject="people.Person", ids=ids, detail={"basis": protection.basis})
    return deed.row


def end(
    case_id: UUID, place_key: UUID, persons: Collection[UUID], reason: str, *, by: Actor, key: UUID | None = None
) -> CaseStep:
    """End it for some of those whom it is kept from, or, where it names nobody, altogether.

    With nobody left the place is no longer protected; a refuge is, and then from all the family who do not live there.
    Raises NotAllowed, AnswersRefused, LookupError for a place that is not of this case.
    """
    with _noted(case_id, END), transaction.atomic():
        matter = load(case_id, lock=True)
        if done := already_done(by, key):
            return done
        wearing = by.wearing(role_for(matter, END, by))
        place = next((one for one in every_kept_place(matter) if one.key == place_key), None)
        if place is None:
            raise LookupError("That place is not a protected place of this case.")
        ended = [one for one in place.kept_from if one.person_id in persons]
        _refuse_end(place, ended, reason)
        deed = append(matter, END, wearing, _ended_words(place, ended, reason))
        deed.row.idempotency_key = key
        for one in ended:
            one.ended_at = deed.at
            deed.change(one)
        if len(ended) == len(place.kept_from) and not place.more and not place.always:
            for row in place.rows:
                row.protected = False
                deed.change(row)
        save(deed)
        ids = [*(row.person_id for row in place.rows), *(one.person_id for one in ended)]
        audit.record("end kept place", subject="people.Person", ids=ids, detail={"still_from": _left(place, ended)})
    return deed.row


def _noted(case_id: UUID, step: Step) -> Any:
    return audit.refusals_noted((NotAllowed,), "refuse step", "engine.Case", case_id, {"step": step.key})


def _left(place: KeptPlace, ended: list[ProtectedFrom]) -> int:
    return len(place.from_whom) + place.more - len({one.person_id for one in ended})


def _refuse(matter: Matter, given: Protection, by: Actor) -> None:
    errors: dict[str, list[str]] = {}
    known = {person.pk for person in people_of(matter)}
    if not given.lives_there or not known.issuperset(given.lives_there):
        errors["lives_there"] = ["Select who lives, learns or can be reached there"]
    if set(given.kept_from) & set(given.lives_there):
        errors["kept_from"] = ["Somebody who lives there cannot be who it is kept from"]
    elif not {person.pk for person in may_be_kept_from(matter, by)}.issuperset(given.kept_from):
        errors["kept_from"] = ["Select people of this case, or around it"]
    if not (given.lines.strip() or given.postcode.strip() or any(given.gives_away)):
        errors["lines"] = ["Enter the address, or words that would give the place away"]
    if code_list("protection_basis").faults([given.basis], calendar.today()):
        errors["basis"] = ["Select why it is protected"]
    if given.since and given.since > calendar.today():
        errors["since"] = ["Enter today's date or an earlier one"]
    if errors:
        raise AnswersRefused(errors)


def _refuse_end(place: KeptPlace, ended: list[ProtectedFrom], reason: str) -> None:
    errors: dict[str, list[str]] = {}
    if place.kept_from and not ended:
        errors["persons"] = ["Select from whom it need no longer be kept"]
    if not place.kept_from and place.more:
        errors["reason"] = ["It is kept from somebody, and stays protected. Ask information governance"]
    if not place.kept_from and place.always:
        errors["reason"] = ["A refuge is always protected. Record where they live now in its place"]
    if not reason.strip():
        errors["reason"] = ["Say why, and what keeps them safe"]
    if errors:
        raise AnswersRefused(errors)


def _protect(deed: Deed, person: UUID, given: Protection) -> None:
    """This person's row for the place, protected, with a row for each person whom it is kept from."""
    now = list(PersonAddress.objects.on(calendar.today()).filter(person_id=person))
    there = same_place(given.lines, given.postcode)
    row = next((one for one in now if same_place(one.lines, one.postcode) == there), None)
    if row is None:
        row = PersonAddress(person_id=person, lines=given.lines.strip(), postcode=given.postcode.strip())
        row.kind, row.valid_from = given.kind, given.since or calendar.today()
        deed.add(row)
        _leave(deed, [one for one in now if one.kind not in NOT_A_HOME and given.lines.strip()], row.valid_from)
    else:
        deed.change(row)
    row.protected = True
    row.gives_away = list(dict.fromkeys([*row.gives_away, *given.gives_away]))
    already = set(ProtectedFrom.objects.filter(address=row, ended_at__isnull=True).values_list("person_id", flat=True))
    for other in given.kept_from:
        if other not in already:
            deed.add(ProtectedFrom(address=row, person_id=other, basis=given.basis, source=given.source))


def _part(deed: Deed, given: Protection) -> None:
    """Nobody lives with whom their place is kept from: they are in that household no more."""
    today = calendar.today()
    theirs = HouseholdMembership.objects.on(today).filter(person__in=given.kept_from).values("household_id")
    shared = HouseholdMembership.objects.on(today).filter(person__in=given.lives_there, household__in=theirs)
    _leave(deed, list(shared), given.since or today)


def _leave(deed: Deed, rows: list[Any], since: date) -> None:
    """These end on the day; one that began no earlier is left as it was recorded."""
    for row in rows:
        if row.valid_from is None or row.valid_from < since:
            row.valid_to = since
            deed.change(row)


def _kept_words(matter: Matter, given: Protection, by: Actor) -> dict[str, Any]:
    known = may_be_kept_from(matter, by)
    whose = _names(person for person in known if person.pk in given.lives_there)
    whom = _names(person for person in known if person.pk in given.kept_from) or "all the family who do not live there"
    why = label("protection_basis", given.basis)
    says = f"The place of {whose} is kept from {whom}. Why: {why}"
    return {"done": "Recorded a place that is kept from somebody", "says": says}


def _ended_words(place: KeptPlace, ended: list[ProtectedFrom], reason: str) -> dict[str, Any]:
    whom = _names(one.person for one in ended) or "anybody of the family"
    says = f"The place of {_names(place.who)} is no longer kept from {whom}. Why: {reason.strip()}"
    return {"done": "Ended that a place is kept from somebody", "says": says}


def _names(people: Iterable[Person]) -> str:
    return ", ".join(person.display_name for person in by_name(people))
