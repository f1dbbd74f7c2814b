"""The invented partnership's recommendations, played by the steps that people would take, each on its own day."""

from collections import Counter

import pytest
from django.db import transaction

from sightline.demonstration.cast import KEY, write_cast
from sightline.demonstration.in_the_name_of import in_the_name_of
from sightline.demonstration.recommendations import load_recommendations
from sightline.engine.models import Case, CaseStep
from sightline.people.models import Partnership
from sightline.platform import calendar
from sightline.processes.improvement import chain
from sightline.processes.improvement.states import Status


@pytest.fixture
def told(db):
    with transaction.atomic():
        write_cast(calendar.today())
    load_recommendations()


@pytest.fixture
def sources(told):
    with in_the_name_of("hub") as hub:
        return chain.by_source(hub, Partnership.objects.get(key=KEY))


def test_one_of_sixteen_is_missing_in_sight(sources):
    review, inspection = sources
    assert inspection.count.sentence == (
        "Joint inspection of Ardenvale: 16 expected, 15 entered. 1 for the partnership is missing."
    )
    assert review.count.agrees


def test_they_stand_at_every_status_that_a_visitor_wants_to_see(sources):
    stands = Counter(one.status for source in sources for one in source.recommendations)
    wanted = {Status.ACCEPTED, Status.IN_PROGRESS, Status.DONE, Status.SHOWN, Status.CLOSED, Status.REOPENED}
    assert wanted | {Status.NOT_ACCEPTED} == set(stands)


def test_one_is_still_true_a_year_after_it_was_closed(told):
    with in_the_name_of("scrutineer") as scrutineer:
        (case,) = Case.visible_to(scrutineer).filter(process="recommendation", stage="sustained")
        signed = CaseStep.visible_to(scrutineer).filter(case=case, step="sign")
        assert [row.worker.display_name for row in signed] == ["Beatrix Woldingham"]


def test_the_same_is_said_by_two_and_counted_twice(told):
    with in_the_name_of("hub") as hub:
        same = [one for one in chain.recommendations(hub) if one.same_as]
    assert len(same) == 4


def test_each_partner_finds_something_overdue_and_something_to_sign(told):
    with in_the_name_of("chief-health") as chief:
        late = [agency for agency, _ in chain.overdue_actions_by_agency(chief)]
        waiting = [one.case.title for one in chain.recommendations(chief) if one.status is Status.SHOWN]
    assert "Ardenvale Community Health" in late
    assert waiting == ["Every strategy discussion is quorate"]


def test_loading_again_changes_nothing(told):
    with in_the_name_of("hub") as hub:
        before = Case.visible_to(hub).count()
        load_recommendations()
        assert Case.visible_to(hub).count() == before
