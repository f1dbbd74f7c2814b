"""Invented matters for measurements: the small partnership, and children at every stage of a contact."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.test import Client

from sightline.engine.models import Case, CaseSubject
from sightline.engine.perform import open_case, perform
from sightline.people.models import Account, Relationship
from sightline.platform import audit
from sightline.platform.database import as_account
from tests.world import World, make_world

BACKEND = "django.contrib.auth.backends.ModelBackend"
SENDERS = ("school", "other_school", "police", "health", "officer")
ALPHABET = "bdfgklmnprstvz"


@dataclass
class Matters:
    """The world, its cases with the one name that each tells of, and every person's user name."""

    world: World
    names: dict[str, Case] = field(default_factory=dict)
    """A child's name, which stands in no other case and is in no page's own words."""
    marks: dict[str, Case] = field(default_factory=dict)
    """A word of what was told of a case, which only another case's page about the same child tells, too."""
    beside: list[tuple[str, str]] = field(default_factory=list)
    """Who is shown another record beside a case, at which address."""

    @property
    def usernames(self) -> list[str]:
        return [name for name, account in self.world.accounts.items() if account.kind == Account.Kind.PERSON]

    @contextmanager
    def acting(self, who: str) -> Iterator[Any]:
        """Somebody of the world, bound for the wall and for the audit."""
        account = self.world.accounts[who].pk
        with as_account(account), audit.request(account_id=account):
            yield getattr(self.world, who)

    def take(self, case: Case, who: str, step: str, **answers: Any) -> None:
        with self.acting(who) as actor:
            perform(case, step, by=actor, answers=answers)

    def signed_in(self, who: str) -> Client:
        client = Client(raise_request_exception=False, SERVER_NAME="localhost")
        client.force_login(self.world.accounts[who], backend=BACKEND)
        return client


def make_matters(count: int) -> Matters:
    """So many contacts: told, logged, given a priority, with agencies asked, or with a strategy discussion begun."""
    matters = Matters(make_world())
    for number in range(count):
        name = a_name(number)
        matters.names[name] = _told(matters, name, SENDERS[number % len(SENDERS)], a_name(number, "Zu"))
        _brought_along(matters, matters.names[name], number)
    return matters


def with_families(matters: Matters) -> Matters:
    """Of every five contacts two are about half-sisters, tied by that alone; and one is told of again."""
    cases = list(matters.names.values())
    for number in range(0, len(cases) - 4, 5):
        first, second = cases[number + 1 : number + 3]
        with matters.acting("worker"):
            sisters = [case.subjects.get().person for case in (first, second)]
            Relationship.objects.create(person_a=sisters[0], person_b=sisters[1], type="half-sibling")
        again = _told(matters, next(name for name, case in matters.names.items() if case is second), "school", "Again")
        found = [{"subject": subject.pk, "is_person": str(sisters[1].pk)} for subject in _subjects(matters, again)]
        matters.take(again, "officer", "log", source="2A", concerns=["physical"], identified=found)
        matters.take(again, "worker", "set_priority", rag="amber", rag_reason="Again")
        matters.marks[a_name(number + 2, "Zu")] = second
        matters.beside += [("second_worker", f"cases/{case.pk}/") for case in (first, second)]
        matters.beside += [("second_worker", f"cases/{again.pk}/do/propose/")]
    return matters


def _subjects(matters: Matters, case: Case) -> list[CaseSubject]:
    with matters.acting("officer"):
        return list(case.subjects.all())


def a_name(number: int, begins: str = "Qu") -> str:
    """A name that nobody else has and that no word of a page contains."""
    letters = [ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(3)]
    return f"{begins}{'u'.join(letters)}aqx".capitalize()


def _told(matters: Matters, name: str, who: str, says: str) -> Case:
    child = {"kind": "child", "given_names": name, "family_name": "Dunne", "date_of_birth": date(2018, 2, 8)}
    answers = {"narrative": f"A bruise on the cheek. {says}", "people": [child], "channel": "portal", "in_danger": "no"}
    with matters.acting(who) as actor:
        return open_case("contact", by=actor, partnership=matters.world.partnership, answers=answers).case


def _brought_along(matters: Matters, case: Case, number: int) -> None:
    if number % 5 == 4:
        matters.take(case, "worker", "hold_strategy_now")
        return
    if number % 5 > 0:
        with matters.acting("officer"):
            waiting = [{"subject": subject.pk, "is_person": "new"} for subject in case.subjects.all()]
        matters.take(case, "officer", "log", source="2A", concerns=["physical"], identified=waiting)
    if number % 5 > 1:
        matters.take(case, "worker", "set_priority", rag="amber", rag_reason="An injury, explained")
    if number % 5 > 2:
        agencies = [{"agency": matters.world.agency(key).pk} for key in ("ardenvale-police", "ardenvale-icb")]
        matters.take(case, "worker", "ask_agencies", agencies=agencies)
