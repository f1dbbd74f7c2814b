"""Whose a group's decision is, who agreed, and when it takes effect."""

from datetime import timedelta

import pytest
from governing import CHILDREN, Sittings

from sightline.engine.matter import load
from sightline.engine.refusals import AnswersRefused, NotAllowed
from sightline.platform import calendar


@pytest.fixture
def sittings(world, acting):
    return Sittings(world, acting)


@pytest.fixture
def ready(sittings):
    return sittings.with_papers(sittings.planned())


def test_a_decision_item_waits_for_the_childs_voice_or_a_plain_none(sittings):
    case = sittings.planned()
    sittings.take(case, "hub", "issue_agenda", agenda=[{"kind": "decision", "title": "Agree the rota"}])
    item = sittings.items(case)[0]
    said = "Item 1 asks for a decision. Say what children or families told us, or select None."
    with pytest.raises(AnswersRefused, match=said):
        sittings.take(case, "hub", "issue_papers", papers=[{"item": item.pk, "paper_title": "The rota"}])
    sittings.take(case, "hub", "issue_papers", papers=[{"item": item.pk, "nothing_told": ["none"]}])
    assert sittings.items(case)[0].voice == "None"


def test_no_decision_is_taken_without_the_childs_voice_on_any_kind_of_item(sittings, ready):
    answers = sittings.record(ready)
    scorecard = sittings.items(ready)[1]
    answers["decisions"][0]["item"] = str(scorecard.pk)
    answers["discussed"][1]["children_told_us"] = ""
    with pytest.raises(AnswersRefused, match="Item 2 asks for a decision"):
        sittings.take(ready, "hub", "record_sitting", **answers)


def test_a_quorate_sitting_makes_a_decision_effective(sittings, ready):
    sittings.held(ready)
    [decision] = sittings.decisions(ready)
    assert (decision.state, decision.because) == ("effective", "")


def test_without_the_police_it_is_not_quorate_and_the_decision_is_provisional(sittings, ready, acting, world):
    sittings.held(ready, away=("police_partner",))
    [decision] = sittings.decisions(ready)
    assert (decision.state, decision.because) == ("provisional", "Not quorate: no police")
    with acting(world.hub):
        meeting = load(ready.pk).meeting
    assert (meeting.quorate, meeting.missing) == (False, ["no police"])


def test_whoever_was_away_cannot_be_said_to_have_agreed(sittings, ready):
    answers = sittings.record(ready, away=("police_partner",))
    answers["decisions"][0]["agreed"] = ["social care", "police", "health"]
    with pytest.raises(AnswersRefused, match="Nobody who counts was here for police"):
        sittings.take(ready, "hub", "record_sitting", **answers)


def test_what_lead_partners_decide_a_group_may_only_propose(sittings, ready):
    answers = sittings.record(ready)
    answers["decisions"][0]["role"] = "lead-partner"
    sittings.take(ready, "hub", "record_sitting", **answers)
    [decision] = sittings.decisions(ready)
    assert decision.state == "proposed"
    with pytest.raises(NotAllowed, match="It is for the lead safeguarding partner"):
        sittings.take(
            ready, "council_partner", "ratify_decisions", ratified=[{"decided": decision.pk, "agrees": "yes"}]
        )


def test_a_provisional_decision_takes_effect_when_the_last_partner_agrees_in_an_email_round(sittings, ready):
    sittings.held(ready, away=("police_partner",))
    [decision] = sittings.decisions(ready)
    agrees = [{"decided": decision.pk, "agrees": "yes"}]
    sittings.take(ready, "council_partner", "ratify_decisions", ratified=agrees)
    assert sittings.decisions(ready)[0].state == "provisional"
    sittings.take(ready, "police_partner", "ratify_decisions", ratified=agrees)
    [decision] = sittings.decisions(ready)
    assert (decision.state, decision.ratified_how) == ("ratified", "By an email round")


def test_a_later_quorate_sitting_ratifies_and_one_that_is_not_quorate_cannot(sittings, ready):
    sittings.held(ready, away=("police_partner",), at=calendar.now() - timedelta(days=40))
    lame = sittings.with_papers(sittings.planned())
    sittings.held(lame, away=("council_partner",), at=calendar.now() - timedelta(days=20))
    with pytest.raises(AnswersRefused, match="That meeting was not quorate"):
        sittings.take(ready, "hub", "ratify_at_meeting", ratified_at=lame)
    whole = sittings.with_papers(sittings.planned())
    sittings.held(whole)
    sittings.take(ready, "hub", "ratify_at_meeting", ratified_at=whole)
    assert sittings.decisions(ready)[0].state == "ratified"


def test_a_restricted_item_is_kept_from_whoever_has_an_interest_in_the_item_its_decision_and_the_minutes(
    sittings, acting, world
):
    from sightline.parts.readable import public, readable

    restricted = {"kind": "decision", "title": "A complaint about the police", "restricted": ["yes"]}
    case = sittings.with_papers(sittings.planned(), restricted)
    item = sittings.items(case)[2]
    sittings.take(case, "police_partner", "declare_interest", interests=[{"item": str(item.pk), "says": "My officers"}])
    answers = sittings.record(case)
    answers["decisions"].append({**answers["decisions"][0], "item": str(item.pk), "words": "The complaint is upheld"})
    sittings.take(case, "hub", "record_sitting", **answers)
    sittings.take(case, "hub", "draft_minutes", discussed=answers["discussed"])
    assert [one.position for one in sittings.items(case, "police_partner")] == [1, 2]
    assert len(sittings.decisions(case, "police_partner")) == 1
    assert len(sittings.decisions(case, "council_partner")) == 2
    with acting(world.hub):
        meeting = load(case.pk).meeting
    assert "complaint" not in str(readable(meeting, world.police_partner))
    assert "complaint" in str(readable(meeting, world.council_partner))
    assert "complaint" not in str(public(meeting))
    assert "Hel Stur" not in str(public(meeting))
    assert CHILDREN in str(public(meeting))


def test_a_revoked_decision_says_why(sittings, ready):
    sittings.held(ready)
    [decision] = sittings.decisions(ready)
    row = {"decided": decision.pk, "revoked_because": "The rota did not work"}
    sittings.take(ready, "council_partner", "revoke_decisions", revoked=[row])
    assert sittings.decisions(ready)[0].state == "revoked"
