"""A declaration that contradicts itself cannot be loaded, and each contradiction is named."""

from types import SimpleNamespace

import pytest

from sightline.engine.apps import links_resolve
from sightline.vocabulary import process as language
from sightline.vocabulary.checks import DeclarationFault, link_faults
from sightline.vocabulary.clock import Clock
from sightline.vocabulary.process import Gate, Opens, Process, Stage, Step
from sightline.vocabulary.roles import FRONT_DOOR_MANAGER, FRONT_DOOR_WORKER, SCRUTINEER

BY = (FRONT_DOOR_WORKER,)


class Record:
    """What a record offers to the checks: the names of its columns."""

    _meta = SimpleNamespace(fields=[SimpleNamespace(name=name) for name in ("reason", "held_at", "rag")])


@pytest.fixture(autouse=True)
def _nothing_is_kept(monkeypatch):
    """Toy declarations are forgotten at the end of each test."""
    monkeypatch.setattr(language, "PROCESSES", {})


def declare(**changed):
    """A sound process with some of its lines changed, loaded as Python loads a class."""
    open_, closed = Stage(), Stage(final=True)
    body = {
        "record": Record,
        "open": open_,
        "closed": closed,
        "begin": Step(by=BY, to=open_),
        "close": Step(by=BY, at=(open_,), to=closed, asks=("reason",)),
    }
    body |= {name: made(open_, closed) for name, made in changed.items()}
    return type("ToyMatter", (Process,), body)


def test_a_sound_declaration_loads_and_is_known_by_its_key():
    toy = declare()
    assert language.process_named("toy-matter") is toy
    assert toy.label == "Toy matter"
    assert toy.close.label == "Close"
    assert list(toy.stages) == ["open", "closed"]


def test_a_process_that_nobody_declared_is_named_with_those_that_there_are():
    declare()
    with pytest.raises(LookupError, match="There is no process 'conference'. Processes: toy-matter."):
        language.process_named("conference")


@pytest.mark.parametrize(
    ("fault", "changed"),
    [
        ("stage forgotten is never reached", {"forgotten": lambda open_, closed: Stage(final=True)}),
        ("stage open is not final and has no way out", {"close": lambda o, c: Step(by=BY, at=(o,))}),
        ("no step opens it", {"begin": lambda o, c: Step(by=BY, at=(o,), to=o)}),
        ("nobody may do close", {"close": lambda o, c: Step(at=(o,), to=c)}),
        ("begin opens the matter but leads to no stage", {"begin": lambda o, c: Step(by=BY)}),
        (
            "close asks for outcome, which the record",
            {"close": lambda o, c: Step(by=BY, at=(o,), to=c, asks=("outcome",))},
        ),
        (
            "close needs reason, which it does not ask for",
            {"close": lambda o, c: Step(by=BY, at=(o,), to=c, needs=("reason",))},
        ),
        (
            "close needs reason, which it does not ask for",
            {"close": lambda o, c: Step(by=BY, at=(o,), to=c, needs_to_step_back=("reason",))},
        ),
        (
            "close uses stage elsewhere, which ToyMatter does not declare",
            {"close": lambda o, c: Step(by=BY, at=(o, Stage(key="elsewhere")), to=c)},
        ),
        (
            "close endorses propose, which is not a step",
            {"close": lambda o, c: Step(by=BY, at=(o,), to=c, endorses=("propose",))},
        ),
        (
            "close happened at held_at, which it does not ask for",
            {"close": lambda o, c: Step(by=BY, at=(o,), to=c, happened="held_at")},
        ),
        (
            "close is protective and has gates: nothing may hold up a protective step",
            {
                "close": lambda o, c: Step(
                    by=BY,
                    at=(o,),
                    to=c,
                    protective=True,
                    gates=(Gate("heard", "The child was heard", lambda m, a: [], (FRONT_DOOR_MANAGER,)),),
                )
            },
        ),
        (
            "clock in_time waits for unknown step finish",
            {"in_time": lambda o, c: Clock("CK-01", starts=("begin",), stops=("finish",))},
        ),
        (
            "clock in_time waits for unknown step receive",
            {"in_time": lambda o, c: Clock("CK-01", starts=("begin",), stops=("close",), counts_from="receive")},
        ),
        (
            "clock in_time varies by colour, which the record does not hold",
            {"in_time": lambda o, c: Clock("CK-01", starts=("begin",), stops=("close",), variant="colour")},
        ),
    ],
)
def test_a_contradiction_is_refused_by_name(fault, changed):
    with pytest.raises(DeclarationFault, match=fault) as refused:
        declare(**changed)
    assert str(refused.value).startswith("ToyMatter cannot be used:")
    assert language.PROCESSES == {}


def test_every_fault_is_named_at_once():
    with pytest.raises(DeclarationFault) as refused:
        declare(
            close=lambda o, c: Step(at=(o,), to=c, asks=("outcome",)),
            in_time=lambda o, c: Clock("CK-01", starts=("begin",), stops=("finish",)),
        )
    assert str(refused.value).count("\n  - ") == 3


def test_a_process_that_opens_one_that_nobody_declared_is_a_fault():
    toy = declare(close=lambda o, c: Step(by=BY, at=(o,), to=c, opens=(Opens("conference", answers=dict),)))
    assert link_faults({toy.key: toy}, []) == ["toy-matter: close opens 'conference', which no process declares"]


def test_a_process_that_answers_one_that_nobody_declared_is_a_fault():
    toy = declare(child_of=lambda o, c: "conference")
    assert link_faults({toy.key: toy}, []) == ["toy-matter: answers 'conference', which no process declares"]


def test_a_clock_whose_rule_is_not_in_the_rules_is_a_fault():
    toy = declare(in_time=lambda o, c: Clock("CK-999/red", starts=("begin",), stops=("close",)))
    assert link_faults({toy.key: toy}, ["CK-01"]) == [
        "toy-matter: clock in_time follows rule 'CK-999/red', which rules.toml does not hold"
    ]


def test_every_link_of_the_declarations_that_ship_resolves(monkeypatch):
    monkeypatch.undo()
    assert links_resolve(None) == []


def test_an_alias_is_not_a_second_stage_or_step():
    toy = declare(opened_at=lambda o, c: o)
    assert list(toy.stages) == ["open", "closed"]


@pytest.mark.parametrize(
    "decides",
    [
        lambda open_, closed: Step(by=(SCRUTINEER, *BY), at=(open_,), to=closed, asks=("reason",)),
        lambda open_, closed: Step(by=(SCRUTINEER,), at=(open_,), endorses=("begin",)),
    ],
)
def test_no_step_that_decides_or_endorses_is_taken_by_the_scrutineer(decides):
    with pytest.raises(DeclarationFault, match="the scrutineer never approves or endorses"):
        declare(approve=decides)
