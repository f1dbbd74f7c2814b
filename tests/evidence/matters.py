"""Invented matters for measurements: the small partnership, and children at every stage of a contact."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.test import Client

from sightline.engine.models import Case
from sightline.engine.perform import open_case, perform
from sightline.people.models import Account
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
        matters.names[name] = _told(matters, name, SENDERS[number % len(SENDERS)])
        _brought_along(matters, matters.names[name], number)
    return matters


def a_name(number: int) -> str:
    """A name that nobody else has and that no word of a page contains."""
    letters = [ALPHABET[number // len(ALPHABET) ** place % len(ALPHABET)] for place in range(3)]
    return f"Qu{'u'.join(letters)}aqx".capitalize()


def _told(matters: Matters, name: str, who: str) -> Case:
    child = {"kind": "child", "given_names": name, "family_name": "Dunne", "date_of_birth": date(2018, 2, 8)}
    answers = {"narrative": "A bruise on the cheek", "people": [child], "channel": "portal", "in_danger": "no"}
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
