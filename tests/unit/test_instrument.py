"""Instruments: a contradiction is refused by name, and what ships holds all twelve standards."""

from dataclasses import replace
from datetime import date

import pytest

from sightline.instruments.catalogue import bodies, instrument_named, version_on, versions
from sightline.people.codes import code_list
from sightline.platform import calendar
from sightline.vocabulary.checks import DeclarationFault
from sightline.vocabulary.instrument import Condition, Instrument, Item, Score, Standard, lowest

SCALE = (Score(0, "Not met", "red"), Score(1, "Met", "green", needs_evidence=True))


def item(key: str, **more) -> Item:
    return Item(key, "Is it so?", "How to tell", **more)


def instrument(*standards: Standard, **more) -> Instrument:
    given = {
        "key": "example",
        "version": "1",
        "title": "Example",
        "in_force_from": date(2026, 1, 1),
        "sources": ("An Act",),
        "hours": 1,
        "scale": SCALE,
        "standards": standards or (standard(),),
    }
    return Instrument(**{**given, **more})


def standard(*items: Item, key: str = "1") -> Standard:
    return Standard(key, "A standard", "Short", "An Act", items or (item("1.1"), item("1.2")))


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (lambda: instrument(standard(item("1.1"))), "standard 1 has fewer than 2 items"),
        (lambda: instrument(standard(item("1.1"), item("1.1"))), "1.1 is there twice"),
        (lambda: instrument(standard(item("1.1"), item("2.2"))), "item 2.2 stands under standard 1"),
        (lambda: instrument(standard(item("1.1"), replace(item("1.2"), question=""))), "1.2 needs a question"),
        (lambda: instrument(standard(item("1.1"), item("1.2", authority="custom"))), "1.2 rests on 'custom'"),
        (lambda: instrument(standard(item("1.1"), item("1.2", scope="county"))), "1.2 has the scope 'county'"),
        (
            lambda: instrument(standard(item("1.1", only_if=Condition("1.2", (1,))), item("1.2"))),
            "1.1 waits for 1.2, which no item before it is",
        ),
        (
            lambda: instrument(standard(item("1.1"), item("1.2", only_if=Condition("1.1", (7,))))),
            "1.2 waits for a score that the scale does not have",
        ),
        (lambda: instrument(scale=(Score(1, "Met", "green"),)), "its scale must count up from 0"),
        (lambda: instrument(sources=()), "it names no source"),
    ],
)
def test_a_contradiction_is_refused_by_name(broken, says):
    with pytest.raises(DeclarationFault, match=says):
        broken()


def test_what_ships_has_twelve_standards_of_two_questions_or_more_and_a_local_module():
    for version in versions("section-11"):
        national = [one for one in version.standards if not one.local]
        assert [one.key for one in national] == [str(number) for number in range(1, 13)]
        assert all(len(one.items) >= 2 for one in version.standards)
    local = [one for one in versions("section-11")[-1].standards if one.local]
    assert [one.title for one in local] == ["Local module: neglect"]
    assert {one.scope for one in local[0].items} == {"local"}


def test_each_kind_of_agency_is_bound_invited_or_neither():
    kinds = {code for code, _ in code_list("agency_kind").choices(calendar.today())}
    assert kinds == set(bodies("section-11"))
    assert bodies("section-11")["edu"].asked == "other"
    assert bodies("section-11")["vcs"].asked == "invited"


def test_a_cycle_keeps_the_questions_of_its_first_day():
    assert version_on("section-11", date(2024, 9, 20)).version == "2024"
    assert version_on("section-11", date(2026, 9, 20)).version == "2026"
    with pytest.raises(LookupError, match=r"no version '1999'. Versions: 2024, 2026"):
        instrument_named("section-11", "1999")


def test_a_standard_is_met_as_far_as_its_weakest_question_that_applies():
    one = standard(item("1.1"), item("1.2"), item("1.3", only_if=Condition("1.1", (1,))))
    assert lowest(one, {"1.1": 1, "1.2": 1, "1.3": 0}) == 0
    assert lowest(one, {"1.1": 0, "1.2": 1, "1.3": 0}) == 0
    assert lowest(one, {"1.1": None, "1.2": 1, "1.3": 0}) == 1
    assert lowest(one, {"1.1": None}) is None
