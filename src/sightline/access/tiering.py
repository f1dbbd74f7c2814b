"""How closely is a case held, and who are named on it? Managers say; every change is audited and none is a step.

It is not a step of the matter, because the timeline is read by people who may not know who else was let in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from sightline.engine.models import Case, CaseSubject, Involvement
from sightline.people.actor import Actor
from sightline.people.models import Agency, Person, RoleHeld, Worker
from sightline.platform import audit, calendar
from sightline.platform.database import as_account
from sightline.platform.jobs import acting
from sightline.vocabulary.compartments import MAY_HOLD_CLOSELY, compartments_of

from .closeness import CLOSE, NAMED, as_closely, descending
from .sight import running

Tier = Case.Tier
FEWEST_NAMED = {Tier.RESTRICTED: 1, Tier.SEALED: 2}
"""A sealed case has two people who know of it, so that it is never lost with one of them (judgement)."""


class HoldingRefused(ValueError):
    """The case is held as before. `errors` says why, by the name of what was given."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


@dataclass(frozen=True)
class Holding:
    """How a case is to be held: its tier, why, who is named on it until when; with `persons`, its people too."""

    tier: str
    why: str
    named: Sequence[Worker] = ()
    until: datetime | None = None
    persons: bool = False


@dataclass(frozen=True)
class Held:
    """A case held as was said, and what came of it and stays held as it was, because nobody loosens it with another.

    `left` may hold what the manager does not see: a page asks for each whether they do.
    """

    case: Case
    left: list[Case]


def may_hold(actor: Actor, case: Case) -> bool:
    """Whether this person may say how closely the case is held."""
    return bool(_holding_role(actor, case))


def _holding_role(actor: Actor, case: Case) -> str:
    here = (held.role for held in actor.roles if held.partnership_id == case.partnership_id)
    return next((role for role in here if role in MAY_HOLD_CLOSELY), "")


def hold(case_id: UUID, holding: Holding, *, by: Actor) -> Held:
    """Hold a case as said; made closer, so is whatever it opened that is not held as closely, seen by `by` or not.

    Named people of before who are not named now lose their part; of what is restricted or sealed, so does everybody
    else who has one in person. Raises HoldingRefused, PermissionError where this person may not, Case.DoesNotExist
    where they cannot see it.
    """
    with transaction.atomic():
        case: Case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
        if not may_hold(by, case):
            raise PermissionError("How closely a case is held is said by a manager of the front door.")
        _refuse(case, holding, by)
        with as_account(_writes(case, by)):
            opened = descending(case, lock=True)
            closer = as_closely(holding.tier, case.tier)
            along = [one for one in opened if closer and not as_closely(one.tier, holding.tier)]
            ended = [_write(one, holding, case, by) for one in (case, *along)]
            _people([case, *along], holding)
        named, relied_on = [str(worker.pk) for worker in holding.named], f"role:{_holding_role(by, case)}"
        for one, without in zip((case, *along), ended, strict=True):
            said = {"tier": holding.tier, "named": named, "ended": without, "relied_on": relied_on}
            audit.record("hold case", subject="engine.Case", ids=[one.pk], detail=said)
    return Held(case, [one for one in opened if one not in along and one.tier != Tier.OPEN])


def _writes(case: Case, by: Actor) -> UUID | None:
    """Nobody may write what they then could not read. Scheduled work reads every tier of what concerns children, so it
    is written in its name; anything else in the name of the manager, who is named on it.
    """
    return acting.account() if case.compartment in compartments_of(acting.ROLE) else by.account.pk


def in_person(cases: Iterable[Case]) -> list[Involvement]:
    """Parts that people have in person in any of these cases, in force now or still to come."""
    rows = Involvement.objects.filter(case__in=list(cases), worker__isnull=False)
    rows = rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=calendar.now()))
    return list(rows.select_related("worker", "case").order_by("starts_at", "pk"))


def shut_out(asked: Sequence[tuple[Case, Agency]]) -> list[tuple[Case, Agency]]:
    """Of agencies asked or invited, each with its case: those that see nothing of it, for nobody of theirs is named."""
    close = [(case, agency) for case, agency in asked if case.tier in CLOSE]
    if not close:
        return []
    parts = Involvement.objects.filter(running(), case__in=[case for case, _ in close], worker__isnull=False)
    there = list(parts.values_list("case_id", "worker_id"))
    held = RoleHeld.objects.on(calendar.today()).filter(worker_id__in=[worker for _, worker in there])
    agencies: dict[UUID, set[UUID | None]] = {}
    for worker_id, agency_id in held.values_list("worker_id", "agency_id"):
        agencies.setdefault(worker_id, set()).add(agency_id)
    seen = {(case_id, agency_id) for case_id, worker in there for agency_id in agencies.get(worker, ())}
    return [(case, agency) for case, agency in close if (case.pk, agency.pk) not in seen]


def nobody_to_loosen(case: Case, holding: Holding) -> bool:
    """Whether nobody who would be named could say again how closely it is held: it would stay so for good."""
    named = [worker.pk for worker in holding.named]
    managers = RoleHeld.objects.on(calendar.today()).filter(role__in=MAY_HOLD_CLOSELY, partnership=case.partnership_id)
    return holding.tier in CLOSE and not managers.filter(worker_id__in=named).exists()


def _refuse(case: Case, holding: Holding, by: Actor) -> None:
    errors = {}
    if holding.tier not in Tier.values:
        errors["tier"] = "Select how closely it is held"
    if not holding.why.strip():
        errors["why"] = "Say why"
    if holding.persons and holding.tier != Tier.SEALED:
        errors["persons"] = "Its people can be known only to those named where it is sealed. Answer No, or seal it"
    if wrong := _wrongly_named(case, holding, by):
        errors["named"] = wrong
    if errors:
        raise HoldingRefused(errors)


def _wrongly_named(case: Case, holding: Holding, by: Actor) -> str:
    named = {worker.pk for worker in holding.named}
    held = RoleHeld.objects.on(calendar.today()).filter(partnership=case.partnership_id)
    here = set(held.values_list("worker_id", flat=True))
    if strangers := [worker.display_name for worker in holding.named if worker.pk not in here]:
        return f"{', '.join(strangers)} holds no role in this partnership today"
    fewest = FEWEST_NAMED.get(Tier(holding.tier), 0) if holding.tier in Tier.values else 0
    if len(named) < fewest:
        people = "one person" if fewest == 1 else f"{fewest} people"
        return f"Name at least {people} who may see it, so that it is never lost"
    if holding.tier in CLOSE and case.owner and case.owner_id not in named:
        return f"{case.owner} owns it. Name them too, or hand it over to somebody who is named first"
    if (
        holding.tier != Tier.OPEN
        and _writes(case, by) == by.account.pk
        and (not by.worker or by.worker.pk not in named)
    ):
        return "Name yourself too: nobody else could say again how closely it is held"
    return ""


def _write(case: Case, holding: Holding, source: Case, by: Actor) -> list[str]:
    """One case held so. Returns ids of those whose part in it has ended."""
    now, keep = calendar.now(), {worker.pk for worker in holding.named}
    live, close = in_person([case]), holding.tier in CLOSE
    over = [row for row in live if row.worker_id not in keep and (close or row.part == NAMED)]
    Involvement.objects.filter(pk__in=[row.pk for row in over]).update(ends_at=now)
    before = {row.worker_id for row in live if row.part == NAMED}
    for worker in holding.named:
        if worker.pk not in before:
            _give(case, worker, NAMED, f"Named: {holding.why.strip()}"[:200], by, holding.until)
    if close and case.owner_id and case.owner_id not in keep:
        # What it opened has no other owner who sees it: whoever owns the source does, and they are named.
        case.owner, case.named_owner = source.owner or holding.named[0], True
        _give(case, case.owner, "owner", "Passed on when it was held more closely", by)
    case.tier = holding.tier
    case.revision += 1
    case.save(update_fields=["tier", "revision", "owner", "named_owner"])
    return sorted({str(row.worker_id) for row in over})


def _give(case: Case, worker: Worker, part: str, basis: str, by: Actor, until: datetime | None = None) -> None:
    given = {"basis": basis, "granted_by": by.worker, "starts_at": calendar.now(), "ends_at": until}
    Involvement.objects.create(case=case, worker=worker, part=part, **given)


def _people(cases: list[Case], holding: Holding) -> None:
    """Whom they are about is known only to those named, where that was asked; and again to others when no sealed case
    is left with them.
    """
    of_cases = CaseSubject.objects.filter(person__isnull=False)
    people = Person.objects.filter(pk__in=of_cases.filter(case__in=cases).values("person_id"))
    if holding.tier != Tier.SEALED:
        still = of_cases.filter(case__tier=Tier.SEALED).values("person_id")
        people.filter(sealed=True).exclude(pk__in=still).update(sealed=False)
    elif holding.persons:
        people.update(sealed=True)
