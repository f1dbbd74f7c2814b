"""Writes the two invented partnerships: agencies, schools, groups, workers, the roles they hold and their sign-ins."""

from datetime import date, timedelta
from typing import Any

from django.contrib.auth.hashers import make_password

from sightline.people.models import (
    Account,
    Agency,
    AgencyName,
    AgencySuccession,
    Group,
    GroupMembership,
    Partnership,
    PartnershipMembership,
    RoleHeld,
    Worker,
)
from sightline.platform import calendar

from .agencies import AGENCIES, COUNCIL, ICB, ICB_BEGAN, OLD_COMMISSIONERS, SCHOOLS, AgencyCast
from .groups import GROUPS, TEXTS
from .seeding import key_of
from .sign_ins import PASSWORD, SIGN_INS
from .workers import DUTY, HELD_SINCE, MANAGERS, SERVICES, WORKERS, WorkerCast

KEY = "ardenvale"
WEEKS_ON_DUTY, TURNS = 4, 27
DEPUTY, DEPUTISES_FOR = "tom.reid", "service-manager"


def write_cast(today: date, **texts: Any) -> Partnership:
    """Rows of both partnerships, on the connection of the application; `texts` join what Ardenvale publishes."""
    ardenvale, thornmere = _partnerships(texts)
    _agencies(ardenvale, thornmere)
    workers = _workers(ardenvale, thornmere, today)
    _groups(ardenvale, workers)
    return ardenvale


def _partnerships(texts: dict[str, Any]) -> list[Partnership]:
    sign_ins = {"password": PASSWORD, "accounts": [list(row) for row in SIGN_INS]}
    names = {
        "ardenvale": "Ardenvale Safeguarding Children Partnership",
        "thornmere": "Thornmere Children's Partnership",
    }
    phones = {"ardenvale": ("01632 960 000", "01632 960 001"), "thornmere": ("01632 960 010", "01632 960 001")}
    published: dict[str, dict[str, Any]] = {"ardenvale": {**TEXTS, "sign_ins": sign_ins, **texts}, "thornmere": {}}
    return Partnership.objects.bulk_create(
        Partnership(
            id=key_of("partnership", key),
            key=key,
            name=names[key],
            invented=True,
            front_door_phone=phones[key][0],
            out_of_hours_phone=phones[key][1],
            published_texts=published[key],
        )
        for key in names
    )


def _agencies(ardenvale: Partnership, thornmere: Partnership) -> None:
    cast = (*AGENCIES, *SCHOOLS)
    Agency.objects.bulk_create(Agency(id=key_of("agency", one.key), key=one.key, kind=one.kind) for one in cast)
    AgencyName.objects.bulk_create(name for one in cast for name in _names(one))
    PartnershipMembership.objects.bulk_create(
        PartnershipMembership(
            id=key_of("membership", partnership.key, one.key),
            partnership=partnership,
            agency_id=key_of("agency", one.key),
            valid_from=one.names[0][1],
            valid_to=one.left,
        )
        for one in cast
        for partnership, there in ((ardenvale, one.ardenvale), (thornmere, one.thornmere))
        if there
    )
    AgencySuccession.objects.create(
        id=key_of("succession", ICB),
        predecessor_id=key_of("agency", OLD_COMMISSIONERS),
        successor_id=key_of("agency", ICB),
        on=ICB_BEGAN,
    )


def _names(one: AgencyCast) -> list[AgencyName]:
    ends = [*(since for _, since in one.names[1:]), one.left]
    return [
        AgencyName(
            id=key_of("agency name", one.key, since),
            agency_id=key_of("agency", one.key),
            name=name,
            valid_from=since,
            valid_to=end,
        )
        for (name, since), end in zip(one.names, ends, strict=True)
    ]


def _workers(ardenvale: Partnership, thornmere: Partnership, today: date) -> dict[str, Worker]:
    workers = {one.username: _worker(one) for one in WORKERS}
    Worker.objects.bulk_create(workers.values())
    # One password, hashed once: hashing is slow on purpose, and everybody here has the same.
    password, unusable = make_password(PASSWORD), make_password(None)
    Account.objects.bulk_create(
        Account(
            id=key_of("account", one.username),
            username=one.username,
            email=workers[one.username].email,
            worker=workers[one.username],
            kind="service" if one.service else "person",
            password=unusable if one.service else password,
        )
        for one in WORKERS
    )
    held = [_held(one, role, ardenvale) for one in WORKERS for role in one.roles]
    held += [
        _held(one, role, thornmere) for one in (*WORKERS,) if one.thornmere or one in SERVICES for role in one.roles
    ]
    RoleHeld.objects.bulk_create(held)
    RoleHeld.objects.bulk_create([*_duty_rota(ardenvale, today), _deputy(ardenvale, today)])
    return workers


def _worker(one: WorkerCast) -> Worker:
    return Worker(
        id=key_of("worker", one.username),
        given_name=one.given,
        family_name=one.family,
        email="" if one.service else f"{one.username}@ardenvale.example",
        job_title=one.job,
        own_details_answered_at=calendar.start_of_day(HELD_SINCE),
    )


def _held(one: WorkerCast, role: str, partnership: Partnership) -> RoleHeld:
    agency = "thornmere-council" if one.service and partnership.key == "thornmere" else one.agency
    return RoleHeld(
        id=key_of("role", one.username, role, partnership.key),
        worker_id=key_of("worker", one.username),
        role=role,
        agency_id=key_of("agency", agency),
        partnership=partnership,
        valid_from=HELD_SINCE,
    )


def _duty_rota(partnership: Partnership, today: date) -> list[RoleHeld]:
    """Front-door managers took turns of four weeks for two years; the turn that runs now is the duty manager's."""
    turn = timedelta(weeks=WEEKS_ON_DUTY)
    first, now = today - turn * TURNS - timedelta(days=10), TURNS
    takers = [one.username for one in (*MANAGERS, *DUTY)]
    return [
        RoleHeld(
            id=key_of("rota", number),
            worker_id=key_of("worker", takers[-1] if number == now else takers[number % len(takers)]),
            role="duty-manager",
            agency_id=key_of("agency", COUNCIL),
            partnership=partnership,
            valid_from=first + turn * number,
            valid_to=None if number == now else first + turn * (number + 1),
        )
        for number in range(now + 1)
    ]


def _deputy(partnership: Partnership, today: date) -> RoleHeld:
    return RoleHeld(
        id=key_of("deputy", DEPUTY),
        worker_id=key_of("worker", DEPUTY),
        role="service-manager",
        agency_id=key_of("agency", COUNCIL),
        partnership=partnership,
        deputy_for_id=key_of("role", DEPUTISES_FOR, "service-manager", partnership.key),
        valid_from=today - timedelta(days=3),
        valid_to=today + timedelta(days=11),
    )


def _groups(partnership: Partnership, workers: dict[str, Worker]) -> None:
    Group.objects.bulk_create(
        Group(
            id=key_of("group", one.key),
            partnership=partnership,
            key=one.key,
            name=one.name,
            purpose=one.purpose,
            valid_from=one.since,
        )
        for one in GROUPS
    )
    GroupMembership.objects.bulk_create(
        GroupMembership(
            id=key_of("seat", one.key, who, capacity, since),
            group_id=key_of("group", one.key),
            worker=workers.get(who),
            agency_id=None if who in workers else key_of("agency", who),
            capacity=capacity,
            valid_from=since,
            valid_to=until,
        )
        for one in GROUPS
        for who, capacity, since, until in one.seats
    )
