"""A strategy discussion through its pages: called, held, minuted, sent, opened, closed."""

from datetime import timedelta

import pytest

from sightline.platform import calendar
from tests.journey import Journey, boxes, form_of

DECIDED = {
    "decision": "s47-joint",
    "rationale": "A mark on a child who says little",
    "child_voice": "She does not like Saturdays",
    "risk_analysis": "Likely to happen again",
    "safe_tonight": "She stays with her grandmother",
}


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def strategy(journey):
    return journey.strategy()


def here(page, **except_for):
    """Everybody here, but for those whose agency's number among the rows is given: `row1="no-answer"`."""
    rows = int(form_of(page)[1]["attendance-TOTAL_FORMS"])
    return {f"attendance-{n}-presence": except_for.get(f"row{n}", "here") for n in range(rows)}


def agreed(world, **changed):
    due = calendar.today() + timedelta(days=7)
    return {
        "actions-0-what": "See Maya alone",
        "actions-0-who": "Sol Ames",
        "actions-0-agency": str(world.agency("ardenvale-council").pk),
        "actions-0-due_on-day": str(due.day),
        "actions-0-due_on-month": str(due.month),
        "actions-0-due_on-year": str(due.year),
        "actions-0-if_not": "Ring the chair",
        **changed,
    }


def held(journey, strategy):
    browser = journey.browser("team_manager")
    page = browser.step(strategy, "record_meeting")
    return browser.send(page, **DECIDED, **here(page), **boxes("held_at", calendar.now()), **agreed(journey.world))


def sent(journey, strategy):
    held(journey, strategy)
    browser = journey.browser("support")
    return browser.send(browser.step(strategy, "send_minutes"))


def test_the_page_says_who_has_not_answered_and_when_it_must_be_held(journey, strategy):
    page = journey.browser("team_manager").case(strategy).text
    assert "Not yet quorate: social care, police and health have not answered yet." in page
    assert "local rule" in page
    assert "Quorum rule: Working Together" in page


def test_it_is_called_with_another_agency_invited(journey, strategy, world):
    browser = journey.browser("support")
    page = browser.step(strategy, "call")
    planned = boxes("planned_for", calendar.now() + timedelta(days=1))
    other = {"invited-0-agency": str(world.agency("tollgate-school").pk), "invited-0-why": "Her brother's school"}
    done = browser.send(page, **planned, **other)
    assert "Called the meeting at" in done.text
    assert "Tollgate Academy" in done.text
    assert "Planned for" in done.text
    assert journey.browser("other_school").case(strategy).status_code == 200


def test_an_invited_agency_writes_in(journey, strategy):
    browser = journey.browser("police")
    page = browser.step(strategy, "answer_invitation")
    assert "Select whether your agency will take part" in browser.send(page).text
    refused = browser.send(page, **{"answered_invitation-0-answer": "wrote-in"})
    assert refused.text.count("Say what your agency knows") == 2
    done = browser.send(
        page,
        **{"answered_invitation-0-answer": "wrote-in", "answered_invitation-0-wrote": "Two call-outs"},
    )
    assert "Answered the invitation" in done.text or "Answer invitation at" in done.text
    assert "Two call-outs" in journey.browser("team_manager").step(strategy, "record_meeting").text


def test_the_meeting_page_asks_about_each_seat_and_each_agency_s_view_of_each_child(journey, strategy):
    page = journey.browser("team_manager").step(strategy, "record_meeting").text
    for heading in ("Who is here", "Each child", "The child&#39;s voice", "Decision", "Safe tonight?", "Actions"):
        assert heading in page, heading
    assert "<caption>Maya Dunne</caption>" in page
    assert "Ardenvale Police: </span>" in page
    assert "Finish and record the decision for Maya Dunne" in page


def test_not_quorate_without_a_reason_is_refused_when_it_steps_back(journey, strategy):
    browser = journey.browser("team_manager")
    page = browser.step(strategy, "record_meeting")
    rows = int(form_of(page)[1]["attendance-TOTAL_FORMS"])
    nobody = {f"attendance-{n}-presence": "no-answer" for n in range(rows)}
    views = {name: "some" for name in form_of(page)[1] if name.startswith("views-") and name.endswith("-view")}
    views |= {f"views-{n}-view": "some" for n in range(int(form_of(page)[1]["views-TOTAL_FORMS"]))}
    answers = {**DECIDED, "decision": "no-s47", **boxes("held_at", calendar.now())}
    refused = browser.send(page, **answers, **nobody, **views)
    assert refused.text.count("Not quorate. Say why waiting could harm a child") == 2
    assert refused.text.count("Not quorate. Enter when you will meet again") == 2
    done = browser.send(refused, without_quorum="He goes home tonight", **boxes("reconvene_at", calendar.now()))
    assert "Held the strategy discussion and decided at" in done.text
    assert "Not quorate" in done.text


def test_an_action_without_a_person_or_date_is_refused_on_its_own_row(journey, strategy, world):
    browser = journey.browser("team_manager")
    page = browser.step(strategy, "record_meeting")
    wrong = agreed(world, **{"actions-0-who": "All", "actions-0-due_on-day": "", "actions-0-due_on-month": "",
                             "actions-0-due_on-year": ""})  # fmt: skip
    refused = browser.send(page, **DECIDED, **here(page), **boxes("held_at", calendar.now()), **wrong)
    assert "Name a person. &#39;All&#39; is not a person" in refused.text
    assert refused.text.count("Enter a date for this action") == 2
    assert "See Maya alone" in refused.text


def test_the_decision_starts_the_conference_clock_and_the_banner_says_when_it_ends(journey, strategy):
    done = held(journey, strategy)
    assert "Held the strategy discussion and decided at" in done.text
    assert "15 working days" in done.text
    assert "See Maya alone" in done.text


def test_minutes_are_read_before_they_are_sent_with_who_gets_them(journey, strategy):
    held(journey, strategy)
    page = journey.browser("support").step(strategy, "send_minutes").text
    assert "Minutes made from this record" in page
    assert "Who gets them" in page
    assert "Millbrook School" in page
    assert "A mark on a child who says little" in page


def test_opening_the_minutes_is_what_marks_them_opened(journey, strategy):
    assert "Sent the minutes at" in sent(journey, strategy).text
    ledger = f"/cases/{strategy.pk}/meetings/1/circulation"
    before = journey.browser("support").client.get(ledger).text
    assert "5 recipients · 0 opened" in before
    assert "A sent email is not counted" in before
    police = journey.browser("police")
    assert "Read the minutes of" in police.case(strategy).text
    minutes = police.client.get(f"/cases/{strategy.pk}/meetings/1/minutes")
    assert "A mark on a child who says little" in minutes.text
    assert "Invented" in minutes.text
    assert "5 recipients · 1 opened" in journey.browser("support").client.get(ledger).text


def test_minutes_not_opened_in_time_are_late(journey, strategy):
    sent(journey, strategy)
    with calendar.frozen(calendar.now() + timedelta(days=30)):
        page = journey.browser("support").client.get(f"/cases/{strategy.pk}/meetings/1/circulation").text
    assert "4 late" in page
    assert "Late by" in page


def test_nobody_without_sight_reads_the_minutes(journey, strategy):
    sent(journey, strategy)
    for page in ("minutes", "circulation"):
        answer = journey.browser("other_school").client.get(f"/cases/{strategy.pk}/meetings/1/{page}")
        assert answer.status_code == 404


def test_minutes_that_are_not_sent_have_no_page(journey, strategy):
    held(journey, strategy)
    assert journey.browser("police").client.get(f"/cases/{strategy.pk}/meetings/1/minutes").status_code == 404


def test_it_cannot_be_closed_until_the_family_copy_and_the_actions_are_settled(journey, strategy):
    sent(journey, strategy)
    browser = journey.browser("team_manager")
    refused = browser.send(browser.step(strategy, "close"))
    assert "Say whether the family copy is sent or withheld" in refused.text
    assert "is not yet done or dropped" in refused.text
    family = browser.step(strategy, "decide_family_copy")
    assert "Say why the family copy is withheld" in browser.send(family, **{"family_copy-0-decision": "withheld"}).text
    browser.send(family, **{"family_copy-0-decision": "withheld", "family_copy-0-withheld": "It would not be safe"})
    assert "Withheld: It would not be safe" in browser.client.get(f"/cases/{strategy.pk}/meetings/1/circulation").text
    actions = browser.step(strategy, "finish_actions")
    browser.send(actions, **{"finished_actions-0-evidence": "Seen alone"})
    check = browser.send(browser.step(strategy, "close"))
    assert "It ends this strategy discussion" in check.text
    assert "Nothing can be added except a correction" in browser.send(check).text
