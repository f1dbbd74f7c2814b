"""The invented partnership's registers: filled by its own people, through the same steps as anybody's."""

from datetime import date

import pytest
from django.db import transaction

from sightline.demonstration.cast import write_cast
from sightline.demonstration.registers import load_registers
from sightline.engine.models import Case
from sightline.people.models import Account, Group, Partnership
from sightline.platform import calendar
from sightline.platform.settings.limits import local_limits_of
from sightline.registers.groups import groups_at_work, life_of, terms_of
from sightline.registers.models import Priority
from sightline.registers.priorities import priorities_in_force
from sightline.registers.targets import targets_on

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def ardenvale():
    with calendar.frozen(TODAY), transaction.atomic():
        write_cast(TODAY)
        load_registers()
        yield Partnership.objects.get(key="ardenvale")


def titles(partnership, on):
    return [row.title for row in priorities_in_force(partnership, on)]


def test_each_plan_year_has_its_priorities(ardenvale):
    assert titles(ardenvale, date(2024, 6, 1)) == ["Exploitation: protect and disrupt", "Neglect seen early"]
    assert len(titles(ardenvale, date(2025, 6, 1))) == 3
    assert titles(ardenvale, TODAY) == [
        "A front door that answers in time",
        "Domestic abuse: the child's day in every decision",
        "Neglect seen early",
    ]


def test_every_group_has_terms_and_one_has_ended_with_a_home_for_its_work(ardenvale):
    at_work = groups_at_work(ardenvale, TODAY)
    assert len(at_work) == 7
    assert all(terms_of(group, TODAY).quorum.required for group in at_work)
    executive = Group.objects.get(partnership=ardenvale, key="executive")
    assert [terms_of(executive, on).frequency_weeks for on in (date(2024, 6, 1), TODAY)] == [4, 6]
    ended = Group.objects.get(partnership=ardenvale, key="missing-children-task-group")
    assert life_of(ended, TODAY).work_goes_to.key == "exploitation-delivery"


def test_targets_and_a_local_limit_are_in_force_and_one_change_waits(ardenvale, acting):
    assert {row.indicator: int(row.value) for row in targets_on(ardenvale, TODAY).values()} == {
        "contact_decisions_within_one_working_day": 90,
        "enquiries_returned_on_time": 85,
        "assessments_within_45_working_days": 85,
        "strategy_discussions_within_3_working_days": 90,
    }
    assert [limit.rule_id for limit in local_limits_of("ardenvale")] == ["CK-22"]

    class Hub:
        account = Account.objects.get(username="hub")

    with acting(Hub):
        (waiting,) = Case.objects.filter(closed_at=None)
    assert waiting.title == "New priority: Children who are missing school"


def test_loading_again_adds_nothing(ardenvale):
    before = Priority.objects.count()
    load_registers()
    assert Priority.objects.count() == before
