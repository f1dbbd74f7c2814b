"""A sealed record is told by nothing: not by words, not by counts, and not by the time taken.

How well anybody could guess by the time is a figure, and `make evidence` measures it; here it is only worked out.
"""

from uuid import UUID

import pytest
from contacts import signed_in
from world import make_world

from sightline.web import even_answers
from tests.evidence.sealed_timing import area, measure

SEED = 4
NO_ID = UUID(int=4)


@pytest.mark.slow
def test_what_is_sealed_is_answered_as_what_is_not_there(server_database, capsys):
    words, _ = measure("small", SEED)
    assert words.met, capsys.readouterr().err


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "sent"),
    [(f"/cases/{NO_ID}/", None), (f"/people/{NO_ID}/", None), ("/search/", {"reference": "C-234567"})],
)
@pytest.mark.parametrize("took", [0.0, 0.03, 0.09, 0.13])
def test_that_nothing_is_there_is_said_at_set_times(page, sent, took, settings, monkeypatch):
    clock = Clock(took)
    monkeypatch.setattr(even_answers, "time", clock)
    client = signed_in(make_world(), "worker")
    settings.EVEN_ANSWERS = 0.1
    answer = client.post(page, sent) if sent else client.get(page)
    assert answer.status_code in (404, 200)
    late = clock.now - 0.1 * (int(took / 0.1) + 1)
    assert -1e-9 <= late <= 0.01 + 1e-9


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["/", "/work/", "/no-such-page/"])
def test_other_pages_are_answered_at_once(page, settings, monkeypatch):
    clock = Clock(0.03)
    monkeypatch.setattr(even_answers, "time", clock)
    client = signed_in(make_world(), "worker")
    settings.EVEN_ANSWERS = 0.1
    client.get(page)
    assert clock.slept == 0


class Clock:
    """Begins at nought, and tells the next time that it is asked that so many seconds went by."""

    def __init__(self, took):
        self.now, self.took, self.slept = 0.0, took, 0.0

    def monotonic(self):
        now, self.now = self.now, self.took
        return now

    def sleep(self, seconds):
        self.slept += seconds
        self.now += seconds


def test_the_area_tells_a_guess_from_a_certainty():
    assert area([1.0, 3.0], [2.0, 2.5]) == 0.5
    assert area([1.0, 2.0], [3.0, 4.0]) == 1.0
