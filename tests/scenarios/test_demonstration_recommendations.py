"""The invented partnership's recommendations, played by the steps that people would take, each on its own day."""

from collections import Counter

import pytest

from sightline.demonstration.cast import KEY, write_cast
from sightline.demonstration.in_the_name_of import in_the_name_of
from sightline.demonstration.recommendations import load_recommendations
from sightline.engine.models import Case, CaseStep
from sightline.people.models import Partnership
from sightline.platform import calendar
from sightline.processes.improvement import chain
from sightline.processes.improvement.states import Status


@pytest.fixture(scope="module")
def told(shared_database):
    write_cast(calendar.today())
    load_recommendations()


def test_they_stand_where_a_visitor_wants_to_see_them_and_loading_again_changes_nothing(told):
    partnership = Partnership.objects.get(key=KEY)
    with in_the_name_of("hub") as hub:
        review, inspection = chain.by_source(hub, partnership)
        assert [len(source.recommendations) for source in (review, inspection)] == [3, 15]
        same = [one for one in chain.recommendations(hub) if one.same_as]
        before = Case.visible_to(hub).count()
    missing = "Joint inspection of Ardenvale: 16 expected, 15 entered. 1 for the partnership is missing."
    assert inspection.count.sentence == missing
    assert review.count.agrees
    assert len(same) == 4
    stands = Counter(one.status for one in (*review.recommendations, *inspection.recommendations))
    assert set(stands) == set(Status) - {Status.RECEIVED, Status.IN_ERROR}
    load_recommendations()
    with in_the_name_of("hub") as hub:
        assert Case.visible_to(hub).count() == before


def test_one_is_still_true_after_a_year_and_a_partner_has_one_to_sign(told):
    with in_the_name_of("scrutineer") as scrutineer:
        (case,) = Case.visible_to(scrutineer).filter(process="recommendation", stage="sustained")
        signed = CaseStep.visible_to(scrutineer).filter(case=case, step="sign")
        assert [row.worker.display_name for row in signed] == ["Beatrix Woldingham"]
    with in_the_name_of("chief-health") as chief:
        late = [agency for agency, _ in chain.overdue_actions_by_agency(chief)]
        waiting = [one.case.title for one in chain.recommendations(chief) if one.status is Status.SHOWN]
    assert "Ardenvale Community Health" in late
    assert waiting == ["Every strategy discussion is quorate"]
