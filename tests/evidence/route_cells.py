"""A page asked for over HTTP, against the oracle: which rule each address goes by, and what its answer amounts to."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.test import Client
from django.urls import reverse

from sightline.vocabulary.process import process_named

from . import oracle
from .matrix_world import SEALED_CHILD, Made
from .matters import BACKEND
from .oracle import Person, Record
from .routes import ROUTES, Route, named_addresses

NO_ITEM = UUID("11111111-1111-4111-8111-111111111111")
type Rule = Callable[[Person, Record], str]


def _step(key: str) -> oracle.Step:
    return declared("contact", key)


def declared(process: str, key: str) -> oracle.Step:
    """A step of the declarations as a fact for the oracle."""
    step = process_named(process).steps[key]
    by, at = frozenset(role.key for role in step.by), frozenset(stage.key for stage in step.at)
    return oracle.Step(key, by, at, bool(step.endorses), protects=step.protective)


def _takers(record: Record) -> frozenset[str]:
    steps = process_named(record.kind).steps.values()
    return frozenset(role.key for step in steps for role in step.by)


def _overrides(person: Person, record: Record) -> str:
    gates = process_named("contact").steps[OVERRIDDEN].gates
    return oracle.in_role(person, record, frozenset(role.key for gate in gates for role in gate.override_by))


def _corrects(person: Person, record: Record) -> str:
    """The entry asked for is the first: another's, for an agency that was only asked and is shown its own."""
    answer = oracle.in_role(person, record, _step("tell").by)
    only_asked = person.relation == "asked" and person.role in oracle.FOR_OWN_AGENCY
    return oracle.NOTHING if only_asked and answer == oracle.SHOWN else answer


def _no_item(person: Person, record: Record) -> str:
    answer = oracle.at_record(person, record)
    return oracle.NOTHING if answer == oracle.SHOWN else answer


def _no_file(person: Person, record: Record) -> str:
    answer = oracle.takes_away(person, record)
    return oracle.NOTHING if answer == oracle.SHOWN else answer


OVERRIDDEN, TAKEN = "close", "allocate"
KEEPS_A_PLACE = frozenset(
    ["front-door-worker", "lead-worker", "emergency-duty-worker", "front-door-manager"]
    + ["duty-manager", "service-manager", "team-manager"]
)
RULES: dict[str, Rule] = {
    "sees": oracle.at_record,
    "takes": lambda person, record: oracle.takes(person, record, _step(TAKEN)),
    "overrides": _overrides,
    "corrects": _corrects,
    "attaches": lambda person, record: oracle.attaches(person, record, _takers(record)),
    "no such item": _no_item,
    "no such file": _no_file,
    "another kind": lambda person, record: oracle.NOT_SHOWN,
    "says how closely": oracle.says_how_closely,
    "keeps a place": lambda person, record: oracle.takes(
        person, record, oracle.Step("keep-place", KEEPS_A_PLACE, frozenset([record.stage]), protects=True)
    ),
    "opens by glass": oracle.opens_by_glass,
    "sees who looked": oracle.sees_who_looked,
    "says what for": oracle.says_what_for,
    "sent it": oracle.sent_it,
    "sees the person": oracle.at_record,
    "sees who looked at the person": oracle.at_record,
}
"""By the rule of a route. The two of persons are asked about a child of all the records (`_of_person`)."""


@dataclass(frozen=True)
class Cell:
    """One question: who asks for which address by which method, of which record (or of a child, or of none)."""

    person: Person
    route: str
    method: str
    record: Record | None = None
    child: str = ""

    def __str__(self) -> str:
        about = self.record or self.child
        return f"{self.person.role}, {self.person.relation}: {self.method} {self.route} of {about}"


def cells(made: Made) -> Iterator[Cell]:
    """Every person by every route and method, of every record that the route's rule speaks of."""
    for name, route in ROUTES.items():
        for person in made.people:
            for method in ("GET", "POST") if route.rule not in oracle.PLACES else route.methods:
                yield from _of(name, route, person, method, made)


def _of(name: str, route: Route, person: Person, method: str, made: Made) -> Iterator[Cell]:
    if route.rule in oracle.PLACES:
        yield Cell(person, name, method)
    elif route.shows == "person":
        if method == "GET":
            yield from (Cell(person, name, method, child=child) for child in made.children)
    else:
        for record in made.records:
            if _speaks_of(route.rule, record) and (
                name == "case" or record.compartment in ("front-door", "scrutineer")
            ):
                yield Cell(person, name, method, record)


def _speaks_of(rule: str, record: Record) -> bool:
    """Rules that go by a contact's declaration are asked of contacts; the others of any matter."""
    return record.kind == "contact" or rule in ("sees", "says how closely", "sees who looked")


def wanted(cell: Cell, made: Made) -> str:
    """What the oracle says of a cell."""
    route = ROUTES[cell.route]
    if cell.person.relation == "account-closed":  # to nobody the home page is the front page
        return oracle.SHOWN if cell.route == "home" else oracle.NOT_SHOWN
    if route.rule in oracle.PLACES:
        return oracle.at_place(cell.person, route.rule)
    if cell.child:
        return oracle.WHAT_FOR if oracle.says_what_lists_are_for(cell.person) else _of_person(cell, made)
    assert cell.record
    if route.rule != "says what for" and oracle.says_what_for(cell.person, cell.record) == oracle.SHOWN:
        return oracle.WHAT_FOR
    if cell.method not in route.methods and cell.route in METHOD_FIRST:
        return oracle.NO_METHOD
    return RULES[route.rule](cell.person, cell.record)


METHOD_FIRST = ("case-step-draft", "case-file", "case-calendar-entry", "sent-concern", "sent-now")
"""Routes that say which methods they answer before they look who asks."""


def _of_person(cell: Cell, made: Made) -> str:
    if cell.route == "person-looked":
        sealed = cell.child == SEALED_CHILD
        return oracle.sees_who_looked_at(cell.person, made.about(cell.child), sealed=sealed)
    if not made.knows(cell.person, cell.child):
        return oracle.NOTHING
    return oracle.SHOWN


def agrees(said: str, answer: str) -> bool:
    """Whether an answer is what was wanted."""
    if said == oracle.NOT_SHOWN:
        return answer not in (oracle.SHOWN, FAULT)
    return answer == said


FAULT = "a fault"


class Asking:
    """Browsers of the world's people, each signed in once, and freshly proved; what a request writes is undone."""

    def __init__(self, made: Made) -> None:
        self.made = made
        self.parts = dict(named_addresses())
        self.clients: dict[Person, Client] = {}

    def answer(self, cell: Cell) -> str:
        """What the site's answer amounts to, in the oracle's words."""
        client, address = self._client(cell.person), self.address(cell)
        with transaction.atomic():
            response = client.get(address) if cell.method == "GET" else client.post(address)
            transaction.set_rollback(True)
        return amounts_to(response)

    def address(self, cell: Cell) -> str:
        given: dict[str, Any] = {}
        for part in self.parts[cell.route]:
            given[part] = self._value(part, cell)
        return reverse(cell.route, kwargs=given)

    def _value(self, part: str, cell: Cell) -> Any:
        if part == "case_id" and cell.record:
            return self.made.records[cell.record]
        if part == "key" and cell.child:
            return self.made.children[cell.child]
        if part == "step_key":
            return OVERRIDDEN if cell.route == "case-override" else TAKEN
        return ROUTES[cell.route].values.get(part, NO_ITEM)

    def _client(self, person: Person) -> Client:
        if person not in self.clients:
            client = Client(raise_request_exception=False, SERVER_NAME="localhost")
            client.force_login(self.made.people[person], backend=BACKEND)
            session = client.session
            session["account_authentication_methods_user"] = str(self.made.people[person].pk)
            session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
            session.save()
            self.clients[person] = client
        return self.clients[person]


def amounts_to(response: Any) -> str:
    """A response as one of the oracle's answers, or what else it is."""
    status, text = response.status_code, response.content.decode(errors="replace") if not response.streaming else ""
    if status == 404:
        return oracle.NOTHING
    if status == 403:
        return oracle.DOOR if "is there, and you have no part in it" in text else oracle.REFUSED
    if status == 405:
        return oracle.NO_METHOD
    if status >= 500:
        return FAULT
    if status == 302 and response["Location"].startswith("/sign-in"):
        return oracle.SIGN_IN
    if status == 302 and "/oversight/purpose/" in response["Location"]:
        return oracle.WHAT_FOR
    return oracle.SHOWN
