"""Made history is lived history: what the demonstration makes in memory is what people's own steps would write."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import models

from sightline.demonstration.acting_out import OPEN_MINUTES, Act, Story
from sightline.demonstration.batches import Batches
from sightline.demonstration.cast import write_cast
from sightline.demonstration.history import Maker
from sightline.demonstration.kinship import Kinship
from sightline.demonstration.plan import Plan
from sightline.demonstration.seeding import Drawing, Keys, chance, drawn
from sightline.demonstration.standing import Standing
from sightline.engine.matter import Matter, load
from sightline.engine.models import Case
from sightline.engine.perform import open_case, perform
from sightline.parts.ledger import opened
from sightline.people.actor import Actor, actor_for
from sightline.platform import audit, calendar
from sightline.platform.audit.models import AuditRow
from sightline.platform.database import as_account
from sightline.platform.notices.models import Notice

UNTIL = datetime(2026, 11, 20, 15, 30, tzinfo=UTC)
CASES = 300
NOT_COMPARED = {AuditRow: {"id", "at", "request_id"}, Notice: {"emailed_at"}}
"""Audit rows have keys, moments and requests of their own; a made notice counts as emailed, a lived one waits to be."""
RARE = ("reconvene", "refuse", "withdraw", "change_to_more_protective", "no_conference", "acknowledge", OPEN_MINUTES)


@pytest.fixture
def batches(server_database: str) -> Batches:
    """The invented partnership and its plan, on a fixed day."""
    partnership = write_cast(calendar.local_date(UNTIL), made_at=UNTIL.isoformat())
    return Batches(Plan(UNTIL), Standing(partnership))


@pytest.mark.slow
def test_three_hundred_cases_lived_through_perform_have_every_row_that_was_made(batches):
    with drawn() as drawing:
        made = Maker(batches.standing, drawing, UNTIL)
        matters = {}
        for story in _chosen(batches):
            matters[story.name] = story, made.play(_remembered(story))
            if len(made.rows[Case]) >= CASES:
                break
        _with_families(batches, [story for story, _ in matters.values()])
        _live(batches.standing, drawing, matters)
    taken = Counter(row.step for rows in made.rows.values() for row in rows if hasattr(row, "from_stage"))
    assert not {*RARE} - {OPEN_MINUTES} - taken.keys(), "the sample misses a rare step"
    assert len(made.rows[Case]) >= CASES
    with as_account(batches.standing.accounts["clockwork"].pk):
        for model, rows in made.rows.items():
            _compare(model, rows)


def _chosen(batches: Batches):
    """Stories with rare steps, families with several contacts, then contacts on which several agencies are asked."""
    everything = [arrival for month in batches.months for arrival in batches.arrivals(month)]
    pick = chance("replay")
    pick.shuffle(everything)
    seen: set[str] = set()

    def fresh(story: Story):
        if story.name not in seen:
            seen.add(story.name)
            yield story

    wanted = set(RARE)
    for arrival in everything[:2500]:
        story = batches.contact(arrival)
        found = wanted & {act.step for act in story.acts}
        alone = arrival.family not in batches.plan.told_again
        if found and (alone or "acknowledge" in found):
            wanted -= found
            for one in _whole_family(batches, arrival.family):
                yield from fresh(one)
    often = [family for family, told in batches.plan.by_family.items() if len(told) > 4][:3]
    for family in often:
        for one in _whole_family(batches, family):
            yield from fresh(one)
    for arrival in everything:
        if len({act.on for act in batches.contact(arrival).acts}) > 3:
            for one in _whole_family(batches, arrival.family):
                yield from fresh(one)
        if arrival.number % 40 == 0:
            yield from fresh(batches.team(arrival))


def _whole_family(batches: Batches, family: int):
    """All contacts about one family: what came before counts at the front door."""
    told = batches.plan.by_family.get(family) or [batches.plan.first_told[family]]
    return [batches.contact(arrival) for arrival in told]


def _with_families(batches: Batches, stories: list[Story]) -> None:
    families = {story.family.number: story.family for story in stories if story.family.known}
    with as_account(batches.standing.accounts["clockwork"].pk):
        for family in families.values():
            for row in Kinship(family, batches.standing.partnership.pk).rows():
                row.save(force_insert=True)


def _live(standing: Standing, drawing: Drawing, matters: dict[str, tuple[Story, dict[str, Matter]]]) -> None:
    """Every act of every story in the order of time, each by its own person, through the one write path."""
    keys = {name: Keys(name, story.number) for name, (story, _) in matters.items()}
    acts = [
        (act, place, name) for name, (story, _) in matters.items() for place, act in enumerate(story.in_order(UNTIL))
    ]
    for act, _, name in sorted(acts, key=lambda item: (item[0].at, item[2], item[1])):
        story, made = matters[name]
        drawing.keys = keys[name]
        account = standing.accounts[act.by]
        with calendar.frozen(act.at), as_account(account.pk):
            by = actor_for(account)
            agency = by.agency.key if by.agency else ""
            who = {"worker_id": by.worker.pk if by.worker else None, "agency": agency, "role": by.role_key}
            with audit.request(account_id=account.pk, **who):
                _do(standing, story, act, by, made)


def _do(standing: Standing, story: Story, act: Act, by: Actor, made: dict[str, Matter]) -> None:
    case_id = made[act.on].case.pk
    if act.step == OPEN_MINUTES:
        opened(load(case_id).meeting, by)
        return
    answers = {**act.answers(None), "late_reason": act.late_because}
    if act is min(story.acts, key=lambda one: one.at):
        assert open_case(story.opens, by=by, partnership=standing.partnership, answers=answers).case_id == case_id
    else:
        perform(case_id, act.step, by=by, answers=answers)


def _remembered(story: Story) -> Story:
    """The story with each answer worked out once, when it is made, and given again when it is lived."""

    def once(answers):
        kept = []

        def answering(matter):
            if not kept:
                kept.append(answers(matter))
            return dict(kept[0])

        return answering

    story.acts = [replace(act, answers=once(act.answers)) for act in story.acts]
    return story


def _compare(model: type[models.Model], rows: list[models.Model]) -> None:
    skipped = NOT_COMPARED.get(model, set())
    fields = [f for f in model._meta.concrete_fields if not f.generated and f.attname not in skipped]
    manager = model._base_manager
    if model is AuditRow:
        lived = list(manager.filter(action__in=["step", "opened minutes"]))
    else:
        lived = list(manager.filter(pk__in=[row.pk for row in rows]))
    differences = Counter(_plain(row, fields) for row in rows)
    differences.subtract(_plain(row, fields) for row in lived)
    wrong = {row: count for row, count in differences.items() if count}
    assert not wrong, f"{model.__name__}: {len(wrong)} rows differ, such as\n" + "\n".join(
        f"{'made ' if count > 0 else 'lived'} {row}"
        for row, count in sorted(wrong.items(), key=lambda item: item[0])[:4]
    )


def _plain(row: models.Model, fields: list[models.Field]) -> tuple[str, ...]:
    return tuple(f"{field.attname}={_value(getattr(row, field.attname))}" for field in fields)


def _value(value: object) -> object:
    if isinstance(value, dict):
        return {key: _value(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [_value(item) for item in value]
    return value.astimezone(UTC) if isinstance(value, datetime) else str(value) if value is not None else None
