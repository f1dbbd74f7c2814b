"""The partnership's registers held in memory: who holds what on a day, and which agency stands for what.

They answer as the engine's own registers do (`engine.matter.registers_of`), without asking the database each time.
"""

from datetime import date
from functools import cache
from uuid import UUID

from sightline.engine.matter import Registers, rule_book
from sightline.people.actor import Actor
from sightline.people.directory import SENT_THINGS
from sightline.people.models import Account, Agency, Partnership, PartnershipMembership, RoleHeld, Worker
from sightline.platform import calendar
from sightline.vocabulary.meeting import DISCIPLINES

from .seeding import key_of

LAST = UUID(int=2**128 - 1)


class Standing:
    """Loaded once: agencies, workers, accounts and every role held in one partnership."""

    def __init__(self, partnership: Partnership) -> None:
        self.partnership = partnership
        self.agencies = {one.key: one for one in Agency.objects.prefetch_related("names")}
        self.by_id = {one.id: one for one in self.agencies.values()}
        workers = {one.id: one for one in Worker.objects.all()}
        self.accounts = {one.username: one for one in Account.objects.all()}
        for account in self.accounts.values():
            if account.worker_id:
                account.worker = workers[account.worker_id]
        self._held = self._roles(workers)
        self._members = list(PartnershipMembership.objects.filter(partnership=partnership))
        self._with_account = {a.worker_id for a in self.accounts.values() if a.is_active and a.worker_id}
        book = rule_book(partnership)
        self.registers = Registers(
            rules=cache(book), holder=self.holder, agency_for=self.agency_for, reachable=self.reachable
        )

    def _roles(self, workers: dict[UUID, Worker]) -> list[RoleHeld]:
        held = list(RoleHeld.objects.filter(partnership=self.partnership))
        for role in held:
            role.worker = workers[role.worker_id]
            role.agency = self.by_id[role.agency_id] if role.agency_id else None
            role.partnership = self.partnership
        return held

    def worker(self, username: str) -> Worker:
        """Whose sign-in this is. Raises LookupError for a name that is nobody's."""
        worker = self.accounts[username].worker
        if worker is None:
            raise LookupError(f"{username} is nobody's sign-in.")
        return worker

    def actor(self, username: str) -> Actor:
        """The account with the roles it holds today (the day the calendar is held at), as `actor_for` gives it."""
        return self._actor(username, calendar.today())

    @cache  # noqa: B019 - one of these lasts as long as the process that loads
    def _actor(self, username: str, day: date) -> Actor:
        account = self.accounts[username]
        mine = [role for role in self._held if role.worker_id == account.worker_id and role.in_force(day)]
        mine.sort(key=lambda role: (role.deputy_for_id is not None, role.valid_from, role.role, str(role.id)))
        first = mine[0] if mine else None
        return Actor(
            account=account,
            worker=account.worker,
            role=first,
            roles=tuple(mine),
            agency=first.agency if first else None,
            partnership=first.partnership if first else None,
        )

    @cache  # noqa: B019
    def holder(self, role: str, on: date) -> Worker | None:
        held = [row for row in self._held if row.role == role and row.in_force(on)]
        first = min(held, key=lambda row: (row.deputy_for_id or LAST, row.valid_from, row.id), default=None)
        return first.worker if first else None

    def agency_for(self, discipline: str) -> Agency | None:
        return self._agency_for(discipline, calendar.today())

    @cache  # noqa: B019
    def _agency_for(self, discipline: str, day: date) -> Agency | None:
        kinds = [kind for kind, stands_for in DISCIPLINES.items() if stands_for == discipline]
        members = [self.by_id[row.agency_id] for row in self._members if row.in_force(day)]
        standing = [agency for agency in members if agency.kind in kinds]
        return min(standing, key=lambda agency: (kinds.index(agency.kind), agency.key), default=None)

    def reachable(self, agency_id: UUID) -> bool:
        return self._reachable(agency_id, calendar.today())

    @cache  # noqa: B019
    def _reachable(self, agency_id: UUID, day: date) -> bool:
        return any(
            role.agency_id == agency_id
            and role.role in SENT_THINGS
            and role.worker_id in self._with_account
            and role.in_force(day)
            for role in self._held
        )

    def person_at(self, agency_key: str) -> str:
        """The user name of somebody who answers for an agency; empty where nobody does."""
        return self._people_at().get(key_of("agency", agency_key), "")

    @cache  # noqa: B019
    def _people_at(self) -> dict[UUID | None, str]:
        names = {account.worker_id: account.username for account in reversed(self.accounts.values())}
        roles = ("agency-lead", "agency-decision-maker")
        rows = sorted(
            (row for row in self._held if row.role in roles), key=lambda row: names[row.worker_id], reverse=True
        )
        return {row.agency_id: names[row.worker_id] for row in rows}
