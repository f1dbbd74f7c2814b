"""Each week some reads of each worker are drawn by chance for their manager: was this right?

Drawn among the records that a worker opened, not those they saw in a list; never a restricted or sealed record, which
their manager may not see.
"""

import secrets
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from sightline.engine.models import Case
from sightline.people.actor import Actor
from sightline.people.models import Partnership, Person, RoleHeld
from sightline.platform import audit, calendar
from sightline.platform.audit.models import AuditRow
from sightline.platform.jobs import weeks_to_do
from sightline.platform.jobs.acting import clockwork
from sightline.platform.notices.models import Notice
from sightline.vocabulary.roles import INFORMATION_GOVERNANCE

from .oversight_models import SampledRead
from .oversight_opened import CASE, Opened, opened_in
from .oversight_rules import MANAGERS, MISSED_WEEKS, READS_A_WORKER
from .sight import cases_of

DRAWING = "draw-weekly-sample"


class AnswerRefused(ValueError):
    """The answer is not kept. `errors` says why, by the name of what was given."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(errors.values()))
        self.errors = errors


def draw_weeks() -> int:
    """Draw the reads of last week, and of weeks that were missed, in every partnership, and tell each manager.

    Gives how many. A week is drawn once.
    """
    drawn = 0
    for monday in weeks_to_do(DRAWING, MISSED_WEEKS):
        with clockwork():
            drawn += sum(draw(partnership, monday) for partnership in Partnership.objects.all())
    return drawn


def draw(partnership: Partnership, monday: date) -> int:
    """Draw the reads of the week that began on this Monday. The caller holds the transaction."""
    if SampledRead.objects.filter(partnership=partnership, week=monday).exists():
        return 0
    pairs = managers_of(partnership, monday)
    opened = opened_in(partnership, monday, monday + timedelta(days=7), set(pairs))
    chance, now, drawn = secrets.SystemRandom(), calendar.now(), []
    for worker, reads in opened.items():
        for one in chance.sample(reads, min(READS_A_WORKER, len(reads))):
            row = SampledRead(partnership=partnership, week=monday, worker_id=worker, manager_id=pairs[worker])
            drawn.append(_of(row, one, now))
    SampledRead.objects.bulk_create(drawn)
    _tell(partnership, monday, drawn)
    return len(drawn)


def _of(row: SampledRead, read: Opened, now: datetime) -> SampledRead:
    row.audit_row, row.read_at, row.drawn_at = read.row, read.at, now
    subject, key = read.record
    row.case_id, row.person_id = (key, None) if subject == CASE else (None, key)
    return row


def managers_of(partnership: Partnership, week: date) -> dict[UUID, UUID]:
    """By worker, the manager at their own agency whose turn it is to look at their reads of the week of this Monday.

    Of whoever worked there in that week, though they have left; for whoever manages there today, who can still answer.
    """
    roles = RoleHeld.objects.filter(partnership=partnership, deputy_for__isnull=True)
    that_week = Q(valid_from__lt=week + timedelta(days=7)) & (Q(valid_to__isnull=True) | Q(valid_to__gt=week))
    held, managing = list(roles.filter(that_week)), list(roles.on(calendar.today()))
    found: dict[UUID, UUID] = {}
    for role, looked_at in MANAGERS.items():
        for row in held:
            if row.role not in looked_at or row.worker_id in found:
                continue
            here = sorted({one.worker_id for one in managing if one.role == role and one.agency_id == row.agency_id})
            here = [manager for manager in here if manager != row.worker_id]
            if here:
                found[row.worker_id] = here[(row.worker_id.int + week.toordinal() // 7) % len(here)]
    return found


def _tell(partnership: Partnership, monday: date, drawn: list[SampledRead]) -> None:
    now = calendar.now()
    Notice.objects.bulk_create(
        Notice(
            partnership_id=partnership.pk,
            worker_id=manager,
            page="/oversight/sample/",
            reference=f"WEEK {monday:%Y-%m-%d}",
            concerns="partnership",
            says=f"Some records that your workers opened in the week of {monday:%-d %B} are drawn for you: "
            "was each right?",
            created_at=now,
        )
        for manager in {one.manager_id for one in drawn}
    )


def to_answer(actor: Actor) -> list[SampledRead]:
    """Reads that wait for this manager's answer, of records that they may see themself; by worker."""
    if actor.worker is None:
        return []
    mine = SampledRead.objects.filter(manager=actor.worker, answer="")
    return _shown(actor, list(mine.select_related("worker", "case").order_by("worker__family_name", "read_at")))


def _shown(actor: Actor, rows: list[SampledRead]) -> list[SampledRead]:
    """A record that was closed to the manager since shows nowhere, as anywhere else."""
    if not rows:
        return []
    cases, people = {row.case_id for row in rows if row.case_id}, {row.person_id for row in rows if row.person_id}
    seen = {case.pk for case in Case.visible_to(actor).filter(pk__in=cases)} if cases else set()
    known = Person.visible_to(actor).filter(pk__in=people).prefetch_related("names") if people else ()
    persons = {person.pk: person for person in known}
    for row in rows:
        if row.person_id in persons:
            row.person = persons[row.person_id]
    return [row for row in rows if row.case_id in seen or row.person_id in persons]


def waiting_for(actor: Actor) -> int:
    """How many reads wait for this manager's answer, for the worklist's line; one query, two where any were drawn."""
    mine = SampledRead.objects.filter(manager=actor.worker, answer="")
    if actor.worker is None or not mine.exists():
        return 0
    cases = Exists(Case.objects.filter(cases_of(actor), pk=OuterRef("case_id")))
    people = Exists(Person.visible_to(actor).filter(pk=OuterRef("person_id")))
    return mine.filter(Q(cases) | Q(people)).count()


def answer(actor: Actor, key: UUID, *, given: str, words: str) -> SampledRead:
    """Keep a manager's answer. Raises AnswerRefused, and LookupError where it does not wait for this person."""
    row = next((one for one in to_answer(actor) if one.pk == key), None)
    if row is None:
        raise LookupError("There is no such read to look at.")
    if given not in SampledRead.Answer.values:
        raise AnswerRefused({"answer": "Select whether it was right"})
    if given == SampledRead.Answer.NOT_SURE and not words.strip():
        raise AnswerRefused({"words": "Say what you are not sure of"})
    row.answer, row.words, row.answered_at = given, words.strip(), calendar.now()
    row.save(update_fields=["answer", "words", "answered_at"])
    audit.record("answer sample", subject="access.SampledRead", ids=[row.pk], detail={"answer": given})
    if given == SampledRead.Answer.NOT_SURE:
        _pass_on(row)
    return row


def _pass_on(row: SampledRead) -> None:
    Notice.objects.create(
        partnership_id=row.partnership_id,
        role=INFORMATION_GOVERNANCE.key,
        page="/oversight/",
        reference=f"WEEK {row.week:%Y-%m-%d}",
        concerns="partnership",
        says="A manager is not sure that a record was opened for a reason: please look",
        created_at=calendar.now(),
    )


def not_sure(actor: Actor) -> list[SampledRead]:
    """What managers were not sure of and information governance has not looked at; the longest waiting first."""
    governed = [held.partnership_id for held in actor.roles if held.role == INFORMATION_GOVERNANCE.key]
    rows = SampledRead.objects.filter(
        partnership__in=governed, answer=SampledRead.Answer.NOT_SURE, looked_at__isnull=True
    )
    return list(rows.exclude(worker=actor.worker).select_related("worker", "manager").order_by("answered_at"))


def look_at_sample(actor: Actor, key: UUID, words: str) -> SampledRead:
    """Information governance has looked at it. Raises AnswerRefused without words, LookupError where none waits."""
    row = next((one for one in not_sure(actor) if one.pk == key), None)
    if row is None:
        raise LookupError("There is no such answer to look at.")
    if not words.strip():
        raise AnswerRefused({"words": "Say what you found"})
    row.looked_at, row.looked_by, row.looked_words = calendar.now(), actor.account, words.strip()
    row.save(update_fields=["looked_at", "looked_by", "looked_words"])
    audit.record("look at sample", subject="access.SampledRead", ids=[row.pk])
    return row


def read_behind(rows: list[SampledRead]) -> dict[UUID, AuditRow]:
    """The audit rows behind reads that a manager was given to look at, by key. One query."""
    return AuditRow.objects.in_bulk([row.audit_row for row in rows])
