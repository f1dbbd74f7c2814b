"""Does anything tell that a sealed record is there? The words of every answer, and the time that it takes.

A front-door worker asks for what is sealed and for what is not there, by turns in drawn order, after a warm-up: a case
by its id and by its reference, a person by name, and what is known already of a child whom a new contact tells of. The
time is judged by the area under the curve of whoever would guess by it: 0.5 is a guess, 1 is certainty.
"""

import random
import re
import string
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.test import Client, override_settings

from sightline.platform.settings.web_settings import EVEN_ANSWERS
from tests.journey import Journey

from .matters import Matters
from .own_database import administrator
from .row import Row

SIZES = {"small": 5, "full": 700}
"""Pairs of requests of each probe."""
TARGET = 0.55
WARM_UP = 5
ASKER = "second_worker"
PAGES = ("/", "/work/", "/front-door/", "/front-door/board/", "/notices", "/search/", "/minutes-to-open/")
"""Pages with counts and lists."""

type Ask = Callable[[Client, bool], Any]
SEALED_CHILD, OTHER_CHILD = ("Zubair", "Quillon"), ("Xavion", "Brestow")
"""Names of one length: of the child who is sealed, and of one of whom nobody has told before."""


@dataclass
class Sealed:
    """A world in which one case and its child are sealed, and two contacts that wait to be logged."""

    matters: Matters
    case: UUID
    reference: str
    same_child: UUID
    other_child: UUID
    drawn: random.Random
    asked_for: set[str] = field(default_factory=lambda: {*SEALED_CHILD, *OTHER_CHILD})

    def name(self, letters: int) -> str:
        """A name that no one bears, of so many letters."""
        found = "".join(self.drawn.choices(string.ascii_lowercase, k=letters)).capitalize()
        self.asked_for.add(found)
        return found

    def no_reference(self) -> str:
        return "C-" + "".join(self.drawn.choices("23456789ABCDEFGHJKMNPQRSTVWXYZ", k=len(self.reference) - 2))


def measure(size: str, seed: int) -> list[Row]:
    """Differences in words, and the worst area under the curve of the probes."""
    from tests.world import make_world

    world = make_sealed(Matters(make_world()), random.Random(seed))
    differing = list(differences(world))
    for said in differing:
        print(f"differs: {said}", file=sys.stderr)
    areas = {}
    with override_settings(EVEN_ANSWERS=EVEN_ANSWERS):
        for name, probe in probes(world).items():
            areas[name] = area(*timed(world, probe, SIZES[size]))
            print(f"{name}: {areas[name]:.3f}", file=sys.stderr, flush=True)
    worst, asked = max(areas.values()), SIZES[size] * 2 * len(areas)
    answers = len(areas) + len(PAGES)
    return [
        Row("sealed-timing", "answers that differ in words from those for what is not there", len(differing),
            "answers", "0", not differing, answers, seed),
        Row("sealed-timing", "area under the curve of whoever guesses by the time, the worst probe", round(worst, 3),
            "", f"below {TARGET}", worst < TARGET, asked, seed),
    ]  # fmt: skip


def make_sealed(matters: Matters, drawn: random.Random) -> Sealed:
    journey = Journey(matters.world, _acting)
    given, family = SEALED_CHILD
    child = {"kind": "child", "given_names": given, "family_name": family, "date_of_birth": "2017-03-04"}
    sealed = journey.logged(journey.contact(people=[child]))
    same = journey.contact(people=[child])
    nobody = {**child, "given_names": OTHER_CHILD[0], "family_name": OTHER_CHILD[1]}
    other = journey.contact(people=[nobody])
    for _ in range(20):
        journey.contact()
    with psycopg.connect(administrator(), autocommit=True) as superuser:
        _seal(superuser, sealed.pk)
    return Sealed(matters, sealed.pk, sealed.reference, same.pk, other.pk, drawn)


def _seal(superuser: psycopg.Connection[Any], case: UUID) -> None:
    superuser.execute("update engine_case set tier = 'sealed' where id = %s", [case])
    superuser.execute(
        "update people_person set sealed = true where id in (select person_id from engine_casesubject "
        "where case_id = %s and person_id is not null)",
        [case],
    )


def _acting(actor: Any) -> Any:
    from contextlib import ExitStack

    from sightline.platform import audit
    from sightline.platform.database import as_account

    both = ExitStack()
    both.enter_context(as_account(actor.account.pk))
    both.enter_context(audit.request(account_id=actor.account.pk))
    return both


def probes(world: Sealed) -> dict[str, Ask]:
    """What is asked, of what is sealed (True) or of what is not there (False)."""

    def by_id(client: Client, sealed: bool) -> Any:
        return client.get(f"/cases/{world.case if sealed else uuid4()}/")

    def by_reference(client: Client, sealed: bool) -> Any:
        wanted = world.reference if sealed else world.no_reference()
        return client.post("/search/", {"reference": wanted})

    def by_name(client: Client, sealed: bool) -> Any:
        given, family = SEALED_CHILD if sealed else [world.name(len(one)) for one in SEALED_CHILD]
        return client.post("/search/", {"given_names": given, "family_name": family, "person": "1"}, follow=True)

    def known_already(client: Client, sealed: bool) -> Any:
        return client.get(f"/cases/{world.same_child if sealed else world.other_child}/do/log/")

    return {"by id": by_id, "by reference": by_reference, "by name": by_name, "known already": known_already}


def differences(world: Sealed) -> Iterator[str]:
    """Answers whose words are not the same but for what was asked, and pages that count a sealed case."""
    client = world.matters.signed_in(ASKER)
    for name, ask in probes(world).items():
        sealed, none = ask(client, True), ask(client, False)
        if sealed.status_code != none.status_code or neutral(world, sealed) != neutral(world, none):
            yield name
    there = {page: neutral(world, client.get(page)) for page in PAGES}
    with _taken_away(world):
        for page, before in there.items():
            if neutral(world, client.get(page)) != before:
                yield f"counts on {page}"


def _taken_away(world: Sealed) -> Any:
    """The sealed case is in another partnership for a while: what is counted then is counted without it."""
    from contextlib import contextmanager

    from sightline.people.models import Partnership

    elsewhere = Partnership.objects.create(key="thornmere", name="Thornmere Safeguarding Children Partnership")

    @contextmanager
    def away() -> Iterator[None]:
        move = "update engine_case set partnership_id = %s where id = %s"
        with psycopg.connect(administrator(), autocommit=True) as superuser:
            superuser.execute("set session_replication_role = replica")  # no trigger: nobody else may move a case
            superuser.execute(move, [elsewhere.pk, world.case])
            try:
                yield
            finally:
                superuser.execute(move, [world.matters.world.partnership.pk, world.case])

    return away()


WORDS_OF_ASKING = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|C-[2-9A-Z]{6}|\b\d{1,2}:\d{2}(?:[ap]m)?\b"
    r'|(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=name="written_by" value=")[\w=-]+'
    r'|nonce="[^"]+"|data-idle-left="\d+"|as-at=\d+|\b[0-9a-f]{32}\b'
)


def neutral(world: Sealed, response: Any) -> str:
    """The words of an answer without ids, references, times of day, and the names that were asked for."""
    text = WORDS_OF_ASKING.sub("-", response.content.decode())
    return re.sub("|".join(world.asked_for), "-", text, flags=re.IGNORECASE)


def timed(world: Sealed, ask: Ask, pairs: int) -> tuple[list[float], list[float]]:
    """Seconds of each request for what is sealed, and of each for what is not there, in drawn order."""
    client = world.matters.signed_in(ASKER)
    took: dict[bool, list[float]] = {True: [], False: []}
    for number in range(pairs + WARM_UP):
        for sealed in world.drawn.sample((True, False), 2):
            began = time.perf_counter()
            ask(client, sealed)
            if number >= WARM_UP:
                took[sealed].append(time.perf_counter() - began)
    return took[True], took[False]


def area(some: list[float], others: list[float]) -> float:
    """Mann and Whitney's: how often a time of one is longer than one of the other, whichever way tells more."""
    ranked = sorted([(value, 1) for value in some] + [(value, 0) for value in others])
    ranks = sum(place for place, (_, which) in enumerate(ranked, 1) if which)
    found = (ranks - len(some) * (len(some) + 1) / 2) / (len(some) * len(others))
    return max(found, 1 - found)
