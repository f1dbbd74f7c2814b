"""A Section 11 cycle in the small invented partnership: who is in it, and how a return is answered in a few lines."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from world import ANSWERED, PASSWORD, START

from sightline.engine.perform import open_case, perform
from sightline.instruments.catalogue import versions
from sightline.people.actor import actor_for
from sightline.people.models import (
    Account,
    Agency,
    AgencyName,
    Partnership,
    PartnershipMembership,
    RoleHeld,
    Worker,
)
from sightline.platform import calendar

INSTRUMENT = versions("section-11")[-1]
RECENT = calendar.today() - timedelta(days=60)
VOICE = {
    "kind": "voice",
    "grade": "outcome",
    "says": "Eight young people said that they were listened to",
    "dated_on": RECENT,
    "where": "Report of the youth panel",
}


def add_agency(world: Any, key: str, kind: str, name: str, *partnerships: Partnership) -> Agency:
    agency = Agency.objects.create(key=key, kind=kind)
    AgencyName.objects.create(agency=agency, name=name, valid_from=START)
    for partnership in partnerships or (world.partnership,):
        PartnershipMembership.objects.create(partnership=partnership, agency=agency, valid_from=START)
    world.agencies[key] = agency
    return agency


def add_worker(world: Any, username: str, name: str, agency: str, *roles: str, job: str = "") -> Any:
    given, _, family = name.partition(" ")
    worker = Worker.objects.create(given_name=given, family_name=family, job_title=job)
    Worker.objects.filter(pk=worker.pk).update(own_details_answered_at=ANSWERED)
    for role in roles:
        hold(world, worker, role, agency, world.partnership)
    world.accounts[username] = Account.objects.create_account(username, worker=worker, password=PASSWORD)
    return actor_for(world.accounts[username])


def hold(world: Any, worker: Worker, role: str, agency: str, partnership: Partnership) -> None:
    RoleHeld.objects.create(
        worker=worker, role=role, agency=world.agencies[agency], partnership=partnership, valid_from=START
    )


def add_thornmere(world: Any) -> Partnership:
    """The partnership next door, with the same police, their lead and signatory, and a hub of its own."""
    thornmere = Partnership.objects.create(key="thornmere", name="Thornmere Children's Partnership", invented=True)
    PartnershipMembership.objects.create(
        partnership=thornmere, agency=world.agencies["ardenvale-police"], valid_from=START
    )
    for who, role, agency in (
        ("police_lead", "agency-lead", "ardenvale-police"),
        ("police_signatory", "agency-signatory", "ardenvale-police"),
        ("hub", "support-hub", "ardenvale-council"),
    ):
        hold(world, world.accounts[who].worker, role, agency, thornmere)
    return thornmere


def a_cycle(world: Any, acting: Any, *agencies: str, partnership: Partnership | None = None, **more: Any) -> Any:
    """An open cycle in which these agencies are asked. `title`, `opens_on` as in the step."""
    opens: date = more.get("opens_on", calendar.today())
    answers = {
        "title": more.get("title", "Section 11 2026"),
        "opens_on": opens,
        "closes_on": opens + timedelta(weeks=9),
    }
    with acting(world.hub):
        cycle = open_case(
            "section-11-cycle", by=world.hub, partnership=partnership or world.partnership, answers=answers
        ).case
        rows = [{"body": world.agencies[key].pk, "invited": "yes"} for key in agencies]
        perform(cycle, "issue", by=world.hub, answers={"bodies": rows})
        perform(cycle, "begin", by=world.hub, answers={})
    return cycle


def return_of(world: Any, acting: Any, cycle: Any, agency: str) -> Any:
    from sightline.engine.models import Case

    with acting(world.hub):
        return Case.objects.get(parent=cycle, answering=world.agencies[agency])


def answer(case: Any, by: Any, item: str, score: Any, *evidence: dict[str, Any], **more: Any) -> Any:
    row = {"item": item, "score": str(score), **more}
    return perform(
        case, more.pop("step", "answer"), by=by, answers={"item_answers": [row], "item_evidence": list(evidence)}
    )


def answer_all(case: Any, by: Any, acting: Any, scores: dict[str, Any] | None = None, *, default: int = 2) -> None:
    """Every question answered with `default`, or as `scores` say; the highest score comes with evidence."""
    given = scores or {}
    with acting(by):
        for item in INSTRUMENT.items:
            score = given.get(item.key, default)
            if item.only_if and given.get(item.only_if.item) == "na":
                continue
            more = {"reason": "We commission nothing"} if score == "na" else {"difference": f"We looked at {item.key}"}
            answer(case, by, item.key, score, *([VOICE] if score == 3 else []), **more)


def sign_and_send(case: Any, lead: Any, signatory: Any, acting: Any) -> None:
    with acting(signatory):
        perform(case, "sign_off", by=signatory, answers={})
    with acting(lead):
        perform(case, "submit", by=lead, answers={})


def moderate_all(case: Any, by: Any, acting: Any, differing: dict[str, int] | None = None) -> None:
    """Every score agreed with, but for those that differ; moderation is then finished."""
    from sightline.instruments.models import Answer

    changed = differing or {}
    with acting(by):
        now = {row.item: row for row in Answer.objects.filter(case=case).order_by("version")}
        rows = [
            {
                "item": item,
                "score": str(changed.get(item, "na" if row.score is None else row.score)),
                "reason": "The evidence is about something else" if item in changed else "",
            }
            for item, row in now.items()
        ]
        perform(case, "moderate", by=by, answers={"moderated_items": rows})
        perform(case, "finish_moderation", by=by, answers={})


def home(case: Any) -> str:
    """The address of a return."""
    return f"/section-11/returns/{case.pk}/"


def question(case: Any, item: str) -> str:
    """The address of one of its questions."""
    return f"{home(case)}questions/{item}/"


def send(client: Any, address: str, **answers: Any) -> Any:
    """Post a form that is sent for the first time."""
    return client.post(address, {"idempotency_key": uuid4(), **answers})
