"""Every step of every process, tried at every stage by every role: the engine holds to what is declared, always."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from declarations.in_memory import matter_at, protective_answers, run_late, somebody

from sightline.engine.answers import clean
from sightline.engine.perform import _same_version, unmet_gates
from sightline.engine.permission import role_for
from sightline.engine.refusals import NotAllowed
from sightline.people.models import Agency, Partnership
from sightline.platform.settings.rules import rule
from sightline.vocabulary.process import PROCESSES
from sightline.vocabulary.roles import ROLES, Reach

OURS = [process for process in PROCESSES.values() if process.__module__.startswith("sightline.")]
STEPS = [
    pytest.param(process, step, id=f"{process.key}-{step.key}") for process in OURS for step in process.steps.values()
]
LATER = [case for case in STEPS if not case.values[1].opening]
PROTECTING = [case for case in STEPS if list(protective_answers(*case.values, matter_at(case.values[0], None)))]
CLOCKS = [
    pytest.param(process, clock, id=f"{process.key}-{clock.key}")
    for process in OURS
    for clock in process.clocks.values()
]
GLOSSARY = Path(__file__).parents[2] / "GLOSSARY.md"


def refusal(matter, step, actor):
    """The words of the refusal; None where the role is accepted."""
    try:
        assert role_for(matter, step, actor).role == actor.role_key
    except NotAllowed as refused:
        return refused
    return None


def own_condition(step, matter, actor):
    why = step.only_when(matter) if step.only_when else ""
    return why or (step.only_for(matter, actor) if step.only_for else "")


@pytest.mark.parametrize(("process", "step"), STEPS)
def test_a_step_is_open_to_its_roles_at_its_stages(process, step):
    for stage in [at.key for at in step.at] or [None]:
        matter = matter_at(process, stage)
        for role in step.by:
            actor = somebody(role)
            refused = refusal(matter, step, actor)
            assert (refused.why if refused else "") == own_condition(step, matter, actor), (stage, role.key)


@pytest.mark.parametrize(("process", "step"), LATER)
def test_everybody_else_is_refused_in_words_that_name_who_can(process, step):
    for stage in process.stages:
        matter = matter_at(process, stage)
        for role in ROLES.values():
            if role in step.by and any(at.key == stage for at in step.at):
                continue
            refused = refusal(matter, step, somebody(role))
            assert refused, (stage, role.key)
            assert str(refused).startswith("You cannot ")
            assert refused.who_can == tuple(able.name for able in step.by)


@pytest.mark.parametrize("process", OURS)
def test_nobody_but_its_roles_opens_a_matter(process):
    opening = process.opening_step()
    others = [role for role in ROLES.values() if role not in opening.by]
    assert others
    assert all(refusal(matter_at(process, None), opening, somebody(role)) for role in others)


@pytest.mark.parametrize(("process", "step"), STEPS)
def test_a_role_in_another_partnership_is_no_role_here(process, step):
    elsewhere = Partnership(key="elsewhere", name="Elsewhere")
    for stage in [at.key for at in step.at] or [None]:
        matter = matter_at(process, stage)
        assert all(refusal(matter, step, somebody(role, partnership=elsewhere)) for role in step.by)


@pytest.mark.parametrize(("process", "step"), LATER)
def test_an_agency_acts_only_where_it_has_a_part(process, step):
    stranger = Agency(key="tollgate-school", kind="edu")
    matter = matter_at(process, step.at[0].key)
    agencies = [role for role in step.by if role.reach is Reach.AGENCY]
    assert all(refusal(matter, step, somebody(role, agency=stranger)) for role in agencies)


@pytest.mark.parametrize(("process", "step"), [case for case in LATER if case.values[1].endorses])
def test_whoever_proposed_cannot_endorse_under_any_of_their_accounts(process, step):
    matter = matter_at(process, step.at[0].key)
    for role in step.by:
        actor = somebody(role)
        made = next(row for row in reversed(matter.steps) if row.step in step.endorses)
        made.worker, made.account_id = actor.worker, actor.account.pk
        assert "You proposed it" in str(refusal(matter, step, actor))
        second_account = replace(actor, account=type(actor.account)(username="kay.again", worker=actor.worker))
        assert "You proposed it" in str(refusal(matter, step, second_account))


@pytest.mark.parametrize(("process", "step"), PROTECTING)
def test_a_protective_step_is_held_up_by_no_gate_no_missing_answer_no_late_clock_and_no_newer_version(process, step):
    for stage in [at.key for at in step.at] or [None]:
        matter = matter_at(process, stage)
        run_late(matter, step)
        for answers in protective_answers(process, step, matter):
            cleaned, _ = clean(step, matter, answers)
            assert unmet_gates(matter, step, cleaned) == []
            _same_version(matter, step, 0, cleaned)


def test_the_steps_that_protect_are_found():
    found = {case.id for case in PROTECTING}
    assert {
        "contact-tell",
        "contact-hold_strategy_now",
        "contact-propose",
        "strategy-discussion-record_meeting",
    } <= found


@pytest.mark.parametrize(("process", "step"), [case for case in STEPS if case.values[1].gates])
def test_every_gate_can_be_overridden_by_somebody(process, step):
    assert all(gate.override_by for gate in step.gates)


@pytest.mark.parametrize(("process", "clock"), CLOCKS)
def test_every_clock_has_a_rule_for_every_variant(process, clock):
    rule_id, _, fixed = clock.rule.partition("/")
    variants = [fixed]
    if clock.variant:
        column = process.record._meta.get_field(clock.variant)
        variants = [code for code, _ in column.choices]
    for variant in variants:
        found = rule(rule_id, variant)
        assert found.source
        assert found.clock_class in ("statute", "guidance", "local", "internal")


def _terms():
    return {term.lower() for term in re.findall(r"^\| \*\*(.+?)\*\*", GLOSSARY.read_text("utf-8"), re.MULTILINE)}


@pytest.mark.parametrize("process", OURS)
def test_the_glossary_holds_every_process_and_stage(process):
    words = {process.label, *(stage.label for stage in process.stages.values())}
    assert sorted(word for word in words if word.lower() not in _terms()) == []


def test_the_glossary_holds_every_role():
    assert sorted(role.name for role in ROLES.values() if role.name.lower() not in _terms()) == []
