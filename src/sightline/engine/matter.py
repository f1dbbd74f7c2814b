"""A case with everything that deciding on it needs, in memory.

Loading one takes a constant number of queries. The pure core (`effects.work_out`) reads and changes only this, so the
demonstration can make two years of history in memory by the same rules that a person's click goes through.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, TypedDict
from uuid import UUID

from sightline.people.directory import Agencies, Directory, Reach, directory, partner_agencies, reach, with_agencies
from sightline.people.models import Partnership
from sightline.platform.settings.limits import local_limits_of
from sightline.platform.settings.models import LocalLimit
from sightline.platform.settings.rules import Rule, rule_for
from sightline.vocabulary.process import Process, process_named

from .models import Action, Case, CaseClock, CaseStep, CaseSubject, Circulation, HarmView, Involvement, Meeting, Seat


class Registers(TypedDict):
    """What a matter asks of its partnership's registers."""

    rules: "RuleBook"
    holder: Directory
    agency_for: Agencies
    reachable: Reach


RuleBook = Callable[[str, str, date], Rule]


@dataclass
class Matter:
    """One case, its record and its rows, and what the partnership's registers answer.

    rules: a clock rule by (id, variant, day). holder: who holds a role on a day. agency_for: the agency that stands
    for a discipline. reachable: whether an agency has anybody to send to. facts: what was looked up, kept.
    """

    case: Case
    record: Any
    rules: RuleBook
    holder: Directory
    agency_for: Agencies
    reachable: Reach
    steps: list[CaseStep] = field(default_factory=list)
    clocks: list[CaseClock] = field(default_factory=list)
    subjects: list[CaseSubject] = field(default_factory=list)
    involvements: list[Involvement] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    views: list[HarmView] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    circulation: list[Circulation] = field(default_factory=list)
    children: list[Case] = field(default_factory=list)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def process(self) -> type[Process]:
        return self.case.declared

    @property
    def registers(self) -> "Registers":
        return Registers(rules=self.rules, holder=self.holder, agency_for=self.agency_for, reachable=self.reachable)

    def last(self, step: str) -> CaseStep | None:
        """The latest time this step was taken."""
        return next((row for row in reversed(self.steps) if row.step == step), None)

    @property
    def meeting(self) -> Meeting | None:
        return self.meetings[-1] if self.meetings else None

    @property
    def seats_now(self) -> list[Seat]:
        """Seats at the latest meeting, required disciplines first; always in the same order."""
        here = [seat for seat in self.seats if self.meeting and seat.meeting_id == self.meeting.id]
        return sorted(here, key=lambda seat: (not seat.required, seat.discipline, seat.agency.key, seat.who))

    def running(self, key: str = "") -> list[CaseClock]:
        return [clock for clock in self.clocks if clock.stopped_at is None and (not key or clock.key == key)]

    @property
    def children_of_concern(self) -> list[CaseSubject]:
        """Children whom the matter is about: told of, or swept in as included."""
        included = CaseSubject.Disposition.INCLUDED
        return [s for s in self.subjects if s.is_child and (not s.swept or s.disposition == included)]

    def unanswered(self) -> list[Case]:
        """Child cases that nobody has yet answered."""
        return [child for child in self.children if not child.at_stage.final]

    def overridden(self, gate: str, since: str) -> bool:
        """Whether a manager has overridden the gate since the step was last taken."""
        last = self.last(since)
        after = last.number if last else 0
        return any(
            item["gate"] == gate for row in self.steps if row.number > after for item in row.overrides if row.overrides
        )


def begin(
    process: type[Process],
    partnership: Partnership,
    at: datetime,
    reference: str,
    *,
    registers: "Registers",
    parent: Case | None = None,
) -> Matter:
    """A matter that does not exist yet; nothing is saved."""
    opening = process.opening_step()
    stage = opening.to.key if opening.to else ""
    case = Case(
        partnership=partnership,
        process=process.key,
        version=process.version,
        reference=reference,
        concerns=process.concerns,
        compartment=process.compartment,
        stage=stage,
        revision=0,
        parent=parent,
        opened_at=at,
    )
    return Matter(case=case, record=process.record(case=case), **registers)


def load(case_id: UUID, *, lock: bool = False) -> Matter:
    """The matter as it stands. With `lock`, the case row is held until the transaction ends."""
    query = Case.objects.select_related("partnership", "owner")
    case = (query.select_for_update(of=("self",)) if lock else query).get(pk=case_id)
    process = process_named(case.process)
    meetings = list(Meeting.objects.filter(case=case))
    seats = list(Seat.objects.filter(meeting__in=meetings).select_related("worker", "deputy")) if meetings else []
    matter = Matter(
        case=case,
        record=process.record.objects.get(pk=case.pk),
        **registers_of(case.partnership),
        steps=list(CaseStep.objects.filter(case=case).select_related("worker")),
        clocks=list(CaseClock.objects.filter(case=case)),
        subjects=list(CaseSubject.objects.filter(case=case).select_related("person")),
        involvements=list(Involvement.objects.filter(case=case).select_related("worker")),
        meetings=meetings,
        seats=seats,
        views=list(HarmView.objects.filter(seat__in=seats)) if seats else [],
        actions=list(Action.objects.filter(case=case)),
        circulation=list(Circulation.objects.filter(case=case).select_related("worker")),
        children=list(Case.objects.filter(parent=case).order_by("opened_at", "reference")),
    )
    with_agencies([case], matter.children, matter.steps, matter.involvements, seats, matter.actions, matter.circulation)
    return matter


def registers_of(partnership: Partnership) -> Registers:
    """The partnership's registers, asked only when a step needs them."""
    return Registers(
        rules=rule_book(partnership),
        holder=directory(partnership),
        agency_for=partner_agencies(partnership),
        reachable=reach(partnership),
    )


def rule_book(partnership: Partnership) -> RuleBook:
    """Clock rules as this partnership has them, its local limits laid over. One query, at the first rule asked."""

    @cache
    def limits() -> list[LocalLimit]:
        return local_limits_of(partnership.key)

    def find(rule_id: str, variant: str, on: date) -> Rule:
        return rule_for(rule_id, variant, on, limits())

    return find
