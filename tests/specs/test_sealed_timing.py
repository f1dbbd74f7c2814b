"""A sealed record is told by nothing: not by words, not by counts, and not, loosely measured, by the time taken."""

import pytest

from tests.evidence.sealed_timing import area, measure

SEED = 4


@pytest.mark.slow
def test_what_is_sealed_is_answered_as_what_is_not_there(server_database, capsys):
    words, times = measure("small", SEED)
    assert words.met, capsys.readouterr().err
    assert times.met, capsys.readouterr().err


def test_the_area_tells_a_guess_from_a_certainty():
    assert area([1.0, 3.0], [2.0, 2.5]) == 0.5
    assert area([1.0, 2.0], [3.0, 4.0]) == 1.0
