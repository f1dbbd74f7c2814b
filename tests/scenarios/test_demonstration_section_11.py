"""The invented cycles of Section 11: each return stands where the tour says, and loading them again changes nothing."""

from collections import Counter

import pytest

from sightline.demonstration.cast import write_cast
from sightline.demonstration.in_the_name_of import in_the_name_of
from sightline.demonstration.section_11 import load_section_11
from sightline.engine.models import Case
from sightline.instruments.models import Answer
from sightline.platform import calendar
from sightline.processes.assurance.heat_map import heat_map
from sightline.processes.assurance.returning import cycles, returned

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def loaded(shared_database):
    write_cast(calendar.today())
    load_section_11()


def stages(actor, cycle) -> Counter[str]:
    return Counter(row.case.stage for row in returned(actor, cycle))


def test_both_cycles_stand_where_the_tour_says_and_loading_again_changes_nothing(loaded):
    with in_the_name_of("hub") as hub:
        here = [one for one in cycles(hub) if one.partnership.key == "ardenvale"]
        assert [one.stage for one in here] == ["open", "closed"]
        assert stages(hub, here[1]) == {"complete": 8}
        assert stages(hub, here[0]) == {
            **{"invited": 4, "in_progress": 2, "signed_off": 1, "submitted": 1, "clarification": 1},
            **{"moderated": 1, "peer_challenge_held": 1, "actions_open": 1},
        }
        late = {row.agency: row.streak for row in returned(hub, here[0]) if row.late and not row.sent}
        assert late["Ardenvale and Thornmere Probation"] == 2
        moved = [
            cell.movement for row in heat_map(hub, here[0]).rows for cell in row.cells if cell.movement is not None
        ]
        assert {-1, 0, 1} <= set(moved)
        cases = Case.visible_to(hub).count()
    load_section_11()
    with in_the_name_of("hub") as hub:
        assert Case.visible_to(hub).count() == cases


def test_the_police_answered_once_and_thornmere_has_it_with_where_it_came_from(loaded):
    with in_the_name_of("police-lead", "thornmere") as lead:
        there = Case.visible_to(lead).get(process="section-11-return", partnership__key="thornmere")
        taken = Answer.visible_to(lead).filter(case=there, origin="shared")
        assert taken.count() == 21
        assert {row.from_partnership for row in taken} == {"Ardenvale Safeguarding Children Partnership"}
