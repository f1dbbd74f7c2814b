"""Sittings of Ardenvale's groups: two whose minutes are done, one not quorate, one to be minuted, one to come."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sightline.engine.matter import load
from sightline.engine.models import Case
from sightline.engine.perform import open_case, perform
from sightline.parts.figures import offered
from sightline.people.models import Account, Agency, Group, Partnership
from sightline.platform import calendar
from sightline.processes.governance.agenda_items import AgendaItem, Decision

from .cast import KEY
from .in_the_name_of import in_the_name_of
from .sittings_told import EXECUTIVE, STEERING, Told

HUB, CHAIRS = "hub", {"executive": "executive-chair", "front-door-steering": "steering-chair"}
MOST_FIGURES = 3


def load_group_meetings() -> None:
    """The sittings, once: nothing is done where any is there."""
    hall = Hall(Partnership.objects.get(key=KEY))
    with in_the_name_of(HUB) as hub:
        if Case.visible_to(hub).filter(process="group-meeting").exists():
            return
    first = hall.sitting("executive", _working_day(-98), EXECUTIVE[0])
    second = hall.sitting("executive", _working_day(-56), EXECUTIVE[1])
    hall.minuted(first, _working_day(-92))
    hall.confirmed(first, second, _working_day(-52))
    hall.minuted(second, _working_day(-49))
    hall.sitting("executive", _working_day(-21), EXECUTIVE[2], away=("partner-police",))
    steering = hall.sitting("front-door-steering", _working_day(-9), STEERING)
    hall.drafted(steering, _working_day(-3))
    hall.interest(hall.coming("executive", _working_day(14), EXECUTIVE[3]), "partner-police", "My own officers")


def _working_day(days: int) -> date:
    """So many days from today, or the next working day after that."""
    day = calendar.today() + timedelta(days=days)
    return day if calendar.is_working_day(day) else calendar.next_working_day(day)


@dataclass
class Hall:
    """Where the sittings are played: every step by somebody who may take it, at the moment when it happened."""

    partnership: Partnership

    def take(self, case: Case, who: str, step: str, at: datetime, **answers: Any) -> None:
        with calendar.frozen(at), in_the_name_of(who) as actor:
            perform(case, step, by=actor, answers=answers, at=at)

    def coming(self, group: str, day: date, told: Told) -> Case:
        """A sitting with its agenda and papers issued: six working days before, or as soon as it is planned."""
        planned = min(calendar.add_working_days(day, -20), calendar.add_working_days(calendar.today(), -3))
        with calendar.frozen(_at(planned, 10)), in_the_name_of(HUB) as hub:
            one = Group.objects.get(partnership=self.partnership, key=group)
            answers = {"group": one, "planned_for": _at(day, 14), "mode": "mixed", "venue": "Tallow Hall, Ardenvale"}
            step = open_case(
                "group-meeting", by=hub, partnership=self.partnership, answers=answers, at=_at(planned, 10)
            )
        case = step.case
        issued = min(calendar.add_working_days(day, -8), calendar.add_working_days(calendar.today(), -2))
        self.take(case, HUB, "issue_agenda", _at(issued, 11), agenda=self._agenda(told))
        sent = min(calendar.add_working_days(day, -6), calendar.add_working_days(calendar.today(), -1))
        self.take(case, HUB, "issue_papers", _at(sent, 15), papers=self._papers(case, told))
        return case

    def interest(self, case: Case, who: str, says: str) -> None:
        """Somebody has an interest in the restricted item, and declares it today."""
        item = next(item for item in self.items(case) if item.restricted)
        now = calendar.now() - timedelta(minutes=30)
        self.take(case, who, "declare_interest", now, interests=[{"item": str(item.pk), "says": says}])

    def _agenda(self, told: Told) -> list[dict[str, Any]]:
        with in_the_name_of(HUB) as hub:
            matters = Case.visible_to(hub).filter(process="recommendation", closed_at__isnull=True)
            about = matters.order_by("opened_at").first()
            figures = [figure.reference for figure in offered(self.partnership)[:MOST_FIGURES]]
        return [
            {
                **{"kind": one.kind, "title": one.title, "presented_by": one.presented_by, "asks_for": one.asks_for},
                "about": about if one.about_recommendation else None,
                **({"figures": figures} if one.brings_figures and figures else {}),
                "restricted": ["yes"] if one.restricted else [],
            }
            for one in told.items
        ]

    def _papers(self, case: Case, told: Told) -> list[dict[str, Any]]:
        return [
            {
                "item": item.pk,
                "paper_title": one.paper,
                "paper_says": one.paper_says,
                "children_told_us": one.children,
                "nothing_told": [] if one.children else ["none"],
            }
            for item, one in zip(self.items(case), told.items, strict=True)
        ]

    def items(self, case: Case) -> list[AgendaItem]:
        with in_the_name_of(HUB) as hub:
            return list(AgendaItem.visible_to(hub).filter(case=case))

    def sitting(self, group: str, day: date, told: Told, away: tuple[str, ...] = ()) -> Case:
        """A sitting that was held on a day; `away` stayed away without a word."""
        case = self.coming(group, day, told)
        held = _at(day, 14)
        chair = Account.objects.select_related("worker").get(username=CHAIRS[group]).worker
        self.take(
            case,
            HUB,
            "record_sitting",
            held + timedelta(hours=3),
            held_at=held,
            chaired_by=chair,
            group_attendance=self._attendance(case, away),
            discussed=self._discussed(case, told),
            decisions=self._decisions(case, told),
            actions=[self._action(one, day) for one in told.actions],
        )
        return case

    def _attendance(self, case: Case, away: tuple[str, ...]) -> list[dict[str, Any]]:
        absent = set(Account.objects.filter(username__in=away).values_list("worker_id", flat=True))
        with in_the_name_of(HUB):
            seats = load(case.pk).seats_now
        return [{"seat": seat.pk, "presence": "no-apology" if seat.worker_id in absent else "here"} for seat in seats]

    def _discussed(self, case: Case, told: Told) -> list[dict[str, Any]]:
        return [
            {
                **{"item": item.pk, "outcome": "taken", "discussion": one.discussion},
                **{"challenged_by": one.challenge[0], "challenged": one.challenge[1], "challenge": one.challenge[2]},
                "children_told_us": one.children,
                "nothing_told": [] if one.children else ["none"],
            }
            for item, one in zip(self.items(case), told.items, strict=True)
        ]

    def _decisions(self, case: Case, told: Told) -> list[dict[str, Any]]:
        items = self.items(case)
        return [
            {
                "item": str(items[one.item - 1].pk),
                "words": one.words,
                "role": one.role,
                "agreed": list(one.agreed),
                "legal_basis": one.legal_basis,
            }
            for one in told.decisions
        ]

    def _action(self, one: tuple[str, str, str, int, str], day: date) -> dict[str, Any]:
        what, who, agency, days, if_not = one
        due = calendar.add_working_days(day, days)
        return {"what": what, "who": who, "agency": Agency.objects.get(key=agency), "due_on": due, "if_not": if_not}

    def drafted(self, case: Case, day: date) -> None:
        """The Support Hub makes the minutes."""
        rows = [
            {
                **{"item": item.pk, "outcome": item.outcome, "discussion": item.discussion},
                **{"challenged_by": item.challenged_by, "challenged": item.challenged, "challenge": item.challenge},
                "children_told_us": item.children_told_us,
                "nothing_told": ["none"] if item.nothing_told else [],
            }
            for item in self.items(case)
        ]
        self.take(case, HUB, "draft_minutes", _at(day, 10), discussed=rows)

    def minuted(self, case: Case, day: date) -> None:
        """The Support Hub makes the minutes, and the chair checks them two days later."""
        self.drafted(case, day)
        checked = calendar.add_working_days(day, 2)
        self.take(case, "executive-chair", "check_minutes", _at(checked, 9))

    def confirmed(self, case: Case, later: Case, day: date) -> None:
        """A later sitting of the group confirms them."""
        self.take(case, HUB, "confirm_minutes", _at(day, 10), confirmed_at=later)

    def decisions(self, case: Case) -> list[Decision]:
        """What a sitting decided, as the Support Hub sees it."""
        with in_the_name_of(HUB) as hub:
            return list(Decision.visible_to(hub).filter(case=case))


def _at(day: date, hour: int) -> datetime:
    return calendar.at_local(day, time(hour))
