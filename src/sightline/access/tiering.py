"""How closely is a case held, and who are named on it? Managers say; every change is audited and none is a step.

It is not a step of the matter, because the timeline is read by people who may not know who else was let in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from sightline.engine.models import Case, CaseSubject, Involvement
from sightline.people.actor import Actor
from sightline.people.models import Person, RoleHeld, Worker
from sightline.platform import audit, calendar
from sightline.platform.database import as_account
from sightline.platform.jobs import acting
from sightline.vocabulary.compartments import MAY_HOLD_CLOSELY

Tier = Case.Tier
NAMED = "named"
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


def may_hold(actor: Actor, case: Case) -> bool:
    """Whether this person may say how closely the case is held."""
    return any(held.partnership_id == case.partnership_id and held.role in MAY_HOLD_CLOSELY for held in actor.roles)


def hold(case_id: UUID, holding: Holding, *, by: Actor) -> Case:
    """Hold a case as said. Named people of before who are not named now lose their part. Raises HoldingRefused,
    PermissionError where this person may not, Case.DoesNotExist where they cannot see it.
    """
    with transaction.atomic():
        case: Case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
        if not may_hold(by, case):
            raise PermissionError("How closely a case is held is said by a manager of the front door.")
        _refuse(case, holding)
        _name(case, holding, by)
        # Nobody may write what they then could not read; scheduled work reads every tier, so it is written in its name.
        with as_account(acting.account()):
            _write(case, holding)
        said = {"tier": holding.tier, "named": len(holding.named)}
        audit.record("hold case", subject="engine.Case", ids=[case.pk], detail=said)
    return case


def _write(case: Case, holding: Holding) -> None:
    if holding.persons:
        people = CaseSubject.objects.filter(case=case, person__isnull=False).values("person_id")
        Person.objects.filter(pk__in=people).update(sealed=holding.tier == Tier.SEALED)
    case.tier = holding.tier
    case.revision += 1
    case.save(update_fields=["tier", "revision"])


def named_on(case: Case) -> list[Involvement]:
    """The parts of people named on a case, in force now."""
    now = calendar.now()
    rows = Involvement.objects.filter(case=case, part=NAMED, worker__isnull=False).select_related(
        "worker", "granted_by"
    )
    return [row for row in rows if row.ends_at is None or row.ends_at > now]


def _refuse(case: Case, holding: Holding) -> None:
    errors = {}
    if holding.tier not in Tier.values:
        errors["tier"] = "Select how closely it is held"
    if not holding.why.strip():
        errors["why"] = "Say why"
    fewest = FEWEST_NAMED.get(Tier(holding.tier), 0) if holding.tier in Tier.values else 0
    if len({worker.pk for worker in holding.named}) < fewest:
        people = "one person" if fewest == 1 else f"{fewest} people"
        errors["named"] = f"Name at least {people} who may see it, so that it is never lost"
    held = RoleHeld.objects.on(calendar.today()).filter(partnership=case.partnership_id)
    here = set(held.values_list("worker_id", flat=True))
    if strangers := [worker.display_name for worker in holding.named if worker.pk not in here]:
        errors["named"] = f"{', '.join(strangers)} holds no role in this partnership today"
    if errors:
        raise HoldingRefused(errors)


def _name(case: Case, holding: Holding, by: Actor) -> None:
    now = calendar.now()
    keep = {worker.pk for worker in holding.named}
    before = {row.worker_id: row for row in named_on(case)}
    for worker_id, row in before.items():
        if worker_id not in keep:
            row.ends_at = now
            row.save(update_fields=["ends_at"])
    for worker in holding.named:
        if worker.pk in before:
            continue
        Involvement.objects.create(
            case=case,
            worker=worker,
            part=NAMED,
            basis=f"Named: {holding.why.strip()}"[:200],
            granted_by=by.worker,
            starts_at=now,
            ends_at=holding.until,
        )
