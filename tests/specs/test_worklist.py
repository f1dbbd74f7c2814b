"""What waits for whom, soonest due first, at the same cost however much waits."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from story import KIM, MAYA, REN, Story

from sightline.engine.worklist import tasks_for
from sightline.platform import calendar


@pytest.fixture
def story(world, acting):
    return Story(world, acting)


def work(story, who):
    """What waits for one of the world's people: (reference, step) in the order shown."""
    actor = getattr(story.world, who)
    with story.acting(actor):
        return [(task.case.reference, task.step.key) for task in tasks_for(actor)]


def test_a_new_contact_waits_for_the_front_door_and_for_nobody_else(story):
    case = story.told()
    assert work(story, "officer") == work(story, "worker") == [(case.reference, "log")]
    for who in ("school", "police", "analyst", "scrutineer", "support", "team_manager"):
        assert work(story, who) == [], who


def test_what_waits_follows_the_stage(story):
    case = story.logged(story.told())
    assert work(story, "officer") == []
    assert work(story, "worker") == [(case.reference, "set_priority")]
    story.checked(case)
    assert work(story, "officer") == [(case.reference, "ask_agencies")]
    story.take(case, "worker", "propose", decision="assessment")
    assert work(story, "worker") == []
    assert work(story, "manager") == work(story, "second_manager") == [(case.reference, "endorse")]


def test_a_step_that_may_be_taken_at_any_time_is_not_waited_for(story):
    story.told()
    assert "add_information" not in {step for _, step in work(story, "worker")}


def test_an_agency_that_was_asked_has_its_own_answer_to_give_and_no_other_agency_s(story):
    story.checked(story.logged(story.told()), ask=["ardenvale-police", "ardenvale-icb"])
    (police,), (health,) = work(story, "police"), work(story, "health")
    assert police[1] == health[1] == "reply"
    assert police[0] != health[0]
    assert work(story, "school") == []


def test_an_answer_that_was_given_waits_no_longer(story):
    from sightline.engine.models import Case

    story.checked(story.logged(story.told()), ask=["ardenvale-police"])
    with story.acting(story.world.police):
        enquiry = Case.visible_to(story.world.police).get(process="agency-enquiry")
    story.take(enquiry, "police", "reply_nothing_held", searched_by="Rae Cox")
    assert work(story, "police") == []


def test_an_invitation_waits_for_the_agency_until_it_has_answered(story):
    discussion = story.strategy(story.logged(story.told()))
    assert work(story, "police") == [(discussion.reference, "answer_invitation")]
    story.take(discussion, "police", "answer_invitation", answered_invitation=[{"answer": "coming", "who": "Rae Cox"}])
    assert work(story, "police") == []
    assert work(story, "health") == [(discussion.reference, "answer_invitation")]


def test_what_is_due_soonest_comes_first(story):
    with calendar.frozen(datetime(2026, 9, 1, 10, tzinfo=UTC)):
        green = story.checked(story.logged(story.told(people=[MAYA])), rag="green")
        red = story.checked(story.logged(story.told(people=[REN])), rag="red")
        assert [reference for reference, _ in work(story, "worker")] == [red.reference, green.reference]


def test_what_is_late_comes_before_everything(story):
    with calendar.frozen(calendar.now() - timedelta(days=10)):
        old = story.told(people=[KIM, MAYA])
    story.told(people=[REN])
    assert work(story, "worker")[0][0] == old.reference
    with story.acting(story.world.worker):
        (first, _) = tasks_for(story.world.worker)
        assert first.due_at < calendar.now()


def test_a_task_is_one_s_own_when_one_has_taken_the_case(story):
    case = story.told()
    story.take(case, "worker", "take")
    with story.acting(story.world.worker):
        assert [task.mine for task in tasks_for(story.world.worker)] == [True]
    with story.acting(story.world.second_worker):
        assert [task.mine for task in tasks_for(story.world.second_worker)] == [False]


def test_a_closed_case_waits_for_nobody(story):
    case = story.checked(story.logged(story.told()))
    story.take(case, "worker", "propose", decision="assessment")
    story.take(case, "manager", "endorse")
    story.take(case, "worker", "tell_referrer", told_route="sightline", told_outcome="assessment")
    story.take(case, "worker", "close")
    assert all(
        reference != case.reference for who in ("officer", "worker", "manager") for reference, _ in work(story, who)
    )


def cost(story, who):
    actor = getattr(story.world, who)
    with (
        story.acting(actor),
        CaptureQueriesContext(
            connection,
        ) as asked,
    ):
        found = tasks_for(actor)
    return len(asked), len(found)


@pytest.mark.parametrize("who", ["worker", "police"])
def test_a_longer_worklist_costs_no_more_queries(story, who):
    story.checked(story.logged(story.told()), ask=["ardenvale-police"])
    queries, few = cost(story, who)
    for _ in range(4):
        story.checked(story.logged(story.told()), ask=["ardenvale-police"])
    more_queries, many = cost(story, who)
    assert many == few + 4
    assert more_queries == queries
