"""Parts of the running site are killed outright under load: nothing acknowledged is lost, doubled or unaudited."""

import pytest

from tests.faults.killing import KINDS, run

SEED, KILLS = 4, 4


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_doubled_or_unaudited_when_parts_are_killed():
    outcome = run(KILLS, SEED)
    found = outcome.comparison
    assert (found.lost, found.doubled, found.unaudited, found.broken) == ([], [], [], []), str(outcome)
    assert outcome.journal.faults == [], str(outcome)
    assert set(outcome.killed) == set(KINDS)
    assert outcome.acknowledged >= 10, str(outcome)
    assert len(outcome.journal.reads) >= 2, str(outcome)
