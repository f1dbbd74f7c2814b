"""A bank holiday that is added later moves the limits that run across it: each is worked out anew, and owners are told.

A limit keeps the calendar that it was counted with. Where another calendar has come since, the running limit is counted
again from the same start under the same rule. A date that moves leaves the earlier one standing as replaced.
"""

from typing import Any
from uuid import UUID, uuid4

from sightline.engine.matter import Matter, load
from sightline.engine.models import CaseClock
from sightline.platform import audit, calendar
from sightline.platform.jobs import clockwork
from sightline.platform.notices.models import Notice
from sightline.platform.settings.due import due
from sightline.vocabulary import roles


def recount() -> int:
    """Count every running limit of an earlier calendar again, a case at a time; gives how many dates moved."""
    with clockwork():
        old = CaseClock.objects.filter(stopped_at__isnull=True).exclude(calendar_version=calendar.CALENDAR_VERSION)
        cases = list(old.values_list("case_id", flat=True).order_by("case_id").distinct())
    return sum(_recount(case) for case in cases)


def _recount(case_id: UUID) -> int:
    with clockwork():
        matter = load(case_id, lock=True)
        running = [clock for clock in matter.clocks if clock.stopped_at is None]
        return sum(_moved(matter, clock) for clock in running if clock.calendar_version != calendar.CALENDAR_VERSION)


def _moved(matter: Matter, clock: CaseClock) -> bool:
    """Give one limit the calendar of today; whether its date is another than before."""
    at = _due_now(matter, clock)
    if at == clock.due_at:
        clock.calendar_version = calendar.CALENDAR_VERSION
        clock.save(update_fields=["calendar_version"])
        return False
    was = clock.due_at
    clock.stopped_at, clock.ended = calendar.now(), CaseClock.Ended.REPLACED
    clock.save(update_fields=["stopped_at", "ended"])
    clock.pk, clock.due_at, clock.calendar_version = uuid4(), at, calendar.CALENDAR_VERSION
    clock.stopped_at, clock.ended = None, ""
    clock.save(force_insert=True)
    _tell(matter, clock, was)
    return True


def _due_now(matter: Matter, clock: CaseClock) -> Any:
    declared = matter.process.clocks.get(clock.key)
    start = getattr(matter.record, declared.until) if declared and declared.until else clock.started_at
    rule = matter.rules(clock.rule, clock.variant, calendar.local_date(clock.started_at))
    return due(rule, start).at if start else clock.due_at


def _tell(matter: Matter, clock: CaseClock, was: Any) -> None:
    """The owner, or whoever manages where there is none, hears which date was, and which is; and the audit."""
    case, days = matter.case, [calendar.local_date(at) for at in (was, clock.due_at)]
    before, after = (f"{day.day} {day:%B %Y}" for day in days)
    child = case.concerns == "child"
    role = "" if case.owner_id else (roles.FRONT_DOOR_MANAGER if child else roles.SUPPORT_HUB).key
    Notice.objects.create(
        partnership_id=case.partnership_id,
        role=role,
        worker_id=case.owner_id,
        case_id=case.pk,
        reference=case.reference,
        concerns=case.concerns,
        says=f"Bank holidays changed: due {after}, not {before}",
        due_at=clock.due_at,
        created_at=calendar.now(),
    )
    said = {"clock": clock.key, "was": days[0].isoformat(), "now": days[1].isoformat()}
    audit.record("count a limit again", subject="engine.Case", ids=[case.pk], detail=said)
