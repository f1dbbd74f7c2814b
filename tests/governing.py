"""The small world's groups: an executive and a steering group, who sits on them, and a sitting brought along."""

from datetime import datetime, time, timedelta
from typing import Any

from world import PASSWORD, START

from sightline.engine.matter import load
from sightline.engine.models import Case
from sightline.engine.perform import open_case, perform
from sightline.people.models import Account, Group, GroupMembership, RoleHeld, Worker
from sightline.platform import calendar
from sightline.processes.governance.agenda_items import AgendaItem, Decision

POLICE, ICB = "ardenvale-police", "ardenvale-icb"
DEPUTY = "police_deputy"
EXECUTIVE = (
    ("nhs_partner", "chair"),
    ("council_partner", "member"),
    ("police_partner", "member"),
    (DEPUTY, "deputy"),
    ("scrutineer", "in attendance"),
)
STEERING = (("chair", "chair"), ("manager", "member"), ("school", "member"), ("nhs_partner", "member"))
CHILDREN = "Two young people told us that they repeat their story at every change of worker"


def add_groups(world: Any) -> None:
    """Two groups and who sits on them, and a deputy for the police; call once in a test's transaction."""
    worker = Worker.objects.create(given_name="Rhona", family_name="Vickery", email="deputy@ardenvale.example")
    world.accounts[DEPUTY] = Account.objects.create_account(DEPUTY, worker=worker, password=PASSWORD)
    for who, role, agency in ((DEPUTY, "safeguarding-partner", POLICE), ("nhs_partner", "group-chair", ICB)):
        held = {"role": role, "agency": world.agency(agency), "partnership": world.partnership}
        RoleHeld.objects.create(worker=world.accounts[who].worker, valid_from=START, **held)
    for key, name, seats in (("executive", "Executive group", EXECUTIVE), ("steering", "Steering group", STEERING)):
        group = Group.objects.create(partnership=world.partnership, key=key, name=name, valid_from=START)
        for who, capacity in seats:
            worker = world.accounts[who].worker
            GroupMembership.objects.create(group=group, worker=worker, capacity=capacity, valid_from=START)


def pack(browser: Any, case: Case) -> Any:
    """The page of a sitting's papers."""
    return browser.client.get(f"/meetings/{case.pk}/pack/")


class Sittings:
    """Sittings of the small world's groups, taken step by step. `who` is a name in the world."""

    def __init__(self, world: Any, acting: Any) -> None:
        self.world, self.acting = world, acting
        add_groups(world)

    def take(self, case: Case, who: str, step: str, at: Any = None, **answers: Any) -> Any:
        actor = getattr(self.world, who)
        with self.acting(actor):
            return perform(case, step, by=actor, answers=answers, at=at)

    def planned(self, group: str = "executive", days: int = 14, at: Any = None) -> Case:
        """A sitting of the group, so many days ahead, at two in the afternoon."""
        hub = self.world.hub
        day = calendar.today() + timedelta(days=days)
        when = calendar.at_local(day, time(14))
        with self.acting(hub):
            one = Group.objects.get(key=group)
            told = {"group": one, "planned_for": when, "mode": "in-person", "venue": "Room 2"}
            return open_case("group-meeting", by=hub, partnership=self.world.partnership, answers=told, at=at).case

    def with_papers(self, case: Case, *more: dict[str, Any], at: Any = None) -> Case:
        """Agenda and papers issued: a decision on one item, assurance on another, and whatever more is given."""
        items = [
            {"kind": "decision", "title": "Agree a rota for the front door", "asks_for": "Agree the rota"},
            {"kind": "assurance", "title": "Scorecard of the second quarter"},
            *more,
        ]
        self.take(case, "hub", "issue_agenda", at=at, agenda=items)
        rows = [
            {"item": item.pk, "paper_title": item.title, "paper_says": "As it stands", "children_told_us": CHILDREN}
            for item in self.items(case)
        ]
        self.take(case, "hub", "issue_papers", at=at, papers=rows)
        return case

    def items(self, case: Case, who: str = "hub") -> list[AgendaItem]:
        with self.acting(getattr(self.world, who)):
            return list(AgendaItem.visible_to(getattr(self.world, who)).filter(case=case))

    def decisions(self, case: Case, who: str = "hub") -> list[Decision]:
        with self.acting(getattr(self.world, who)):
            return list(Decision.visible_to(getattr(self.world, who)).filter(case=case))

    def stage(self, case: Case) -> str:
        with self.acting(self.world.hub):
            return str(Case.visible_to(self.world.hub).get(pk=case.pk).stage)

    def held(self, case: Case, *, away: tuple[str, ...] = (), at: datetime | None = None, **changed: Any) -> Any:
        """The sitting recorded: everybody came but those `away`, the rota agreed by all who came, one action."""
        return self.take(case, "hub", "record_sitting", at=at, **{**self.record(case, away=away, at=at), **changed})

    def record(self, case: Case, *, away: tuple[str, ...] = (), at: datetime | None = None) -> dict[str, Any]:
        """Answers that record the sitting."""
        absent = {self.world.accounts[who].worker.pk for who in away}
        with self.acting(self.world.hub):
            seats = load(case.pk).seats_now
        items = self.items(case)
        came = {seat.discipline for seat in seats if seat.worker_id not in absent}
        agreed = [name for name in ("social care", "police", "health") if name in came]
        words = "The rota is agreed from January"
        decision = {"item": str(items[0].pk), "words": words, "role": "safeguarding-partner", "agreed": agreed}
        due = calendar.today() + timedelta(days=20)
        action = {
            "what": "Publish the rota",
            "who": "Dun Acht",
            "agency": self.world.agency(POLICE),
            "due_on": due,
            "if_not": "The chair asks the chief constable",
        }
        return {
            "held_at": at or calendar.now() - timedelta(hours=1),
            "chaired_by": self.world.accounts["nhs_partner"].worker,
            "group_attendance": [
                {"seat": seat.pk, "presence": "no-apology" if seat.worker_id in absent else "here"} for seat in seats
            ],
            "discussed": [
                {"item": item.pk, "outcome": "taken", "discussion": "Talked through", "children_told_us": CHILDREN}
                for item in items
            ],
            "decisions": [decision],
            "actions": [action],
        }
