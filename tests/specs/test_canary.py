"""No word planted where it is protected leaves for whom it is kept from, in any kind of artefact."""

import random

import pytest
from evidence.canary import Outcome, audit_leaks, leaks, run
from evidence.canary_families import planted
from evidence.canary_kinds import MADE, NOT_MADE_HERE, Made

from sightline.outgoing import gate
from sightline.outgoing.kinds import KINDS

SEED = 4


@pytest.fixture(autouse=True)
def worker(world, acting):
    with acting(world.worker):
        yield


def tried(world, families, office):
    outcome = Outcome()
    run(world, range(families), office, random.Random(SEED), outcome)
    outcome.leaks += audit_leaks()
    return outcome


def test_no_canary_leaves_and_every_kind_is_made(world):
    outcome = tried(world, 10, 1)
    assert outcome.leaks == []
    assert set(MADE) == set(KINDS)
    assert set(outcome.kinds) >= set(KINDS) - NOT_MADE_HERE, "each kind left for somebody at least once"


def test_a_gate_that_scanned_nothing_would_be_found(world, monkeypatch):
    monkeypatch.setattr(gate, "found_in", lambda text, known: [])
    outcome = tried(world, 10, 0)
    assert len(outcome.leaks) > 5
    assert any("family-copy to father" in leak for leak in outcome.leaks)


def test_the_search_looks_inside_what_is_written_apart(world):
    (family,) = planted(world.partnership, [1], random.Random(SEED))
    spaced = "-".join(family.postcode)
    assert leaks(Made("minutes", "father", "a.txt", spaced.encode()), family) == [family.postcode]
    assert leaks(Made("figures", "staff", "a.csv", b"a\r\n=1+1\r\n"), family) == ["a cell that runs: '=1+1'"]
