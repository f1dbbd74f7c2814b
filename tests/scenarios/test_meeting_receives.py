"""What a meeting receives: a recommendation with its evidence, figures as they stood, and its own group's terms."""

from dataclasses import replace
from datetime import timedelta

import pytest
from governing import Sittings
from independent import purpose_said

from sightline.parts import figures
from sightline.people.models import Group
from sightline.platform import calendar
from sightline.registers.terms import TermsOfReference
from tests.recommending import FIGURE, Recommending


@pytest.fixture
def journey(world, acting):
    return Recommending(world, acting)


@pytest.fixture
def sittings(world, acting):
    return Sittings(world, acting)


@pytest.fixture
def one_figure():
    before = figures._Finders.find
    yield lambda figure: figures.cite_with(lambda partnership: [figure])
    figures._Finders.find = before


def issued(journey, case, **typed):
    browser = journey.browser("hub")
    item = {"agenda-0-kind": "assurance", "agenda-0-title": "Does it make a difference?"}
    return browser.send(browser.step(case, "issue_agenda"), **item, **typed)


def test_an_item_shows_its_recommendations_stage_and_evidence_and_the_chain_shows_the_meeting(journey, sittings, world):
    said = journey.evidence("voice", "outcome", 1)
    recommendation = journey.reviewed(None, said)
    case = sittings.planned()
    issued(journey, case, **{"agenda-0-about": str(recommendation.pk)})
    [item] = sittings.items(case)
    assert item.about_id == recommendation.pk
    member = journey.browser("council_partner")
    pack = member.client.get(f"/meetings/{case.pk}/pack/").text
    assert "1 piece of evidence, 1 of a difference for children" in pack
    page = member.client.get(f"/meetings/{case.pk}/items/1/").text
    assert recommendation.reference in page
    assert said["says"] in page
    sittings.take(case, "hub", "issue_papers", papers=[{"item": item.pk}])
    sittings.held(case, decisions=[])
    chain = journey.browser("hub").client.get(f"/cases/{recommendation.pk}/").text
    assert f"/cases/{case.pk}/" in chain


def test_figures_are_kept_as_they_stood_when_the_item_was_entered(journey, sittings, one_figure):
    one_figure(FIGURE)
    case = sittings.planned()
    issued(journey, case, **{"agenda-0-figures": [FIGURE.reference]})
    one_figure(replace(FIGURE, words="something quite different", revision=9))
    purpose_said(journey.world, case)
    page = journey.browser("scrutineer").client.get(f"/meetings/{case.pk}/items/1/").text
    assert FIGURE.words in page
    assert "something quite different" not in page
    assert FIGURE.as_at.isoformat() in page


def test_the_groups_own_terms_of_reference_decide_the_quorum(sittings, world):
    group = Group.objects.get(key="executive")
    TermsOfReference.objects.create(
        partnership=world.partnership,
        group=group,
        valid_from=calendar.today() - timedelta(days=400),
        quorum_disciplines=["social care", "police", "health"],
        quorum_minimum=4,
        deciding_roles=["safeguarding-partner"],
        deputies="named",
        frequency_weeks=6,
    )
    case = sittings.with_papers(sittings.planned())
    sittings.held(case)
    [decision] = sittings.decisions(case)
    assert (decision.state, decision.because) == ("provisional", "Not quorate: 1 member too few")


def test_terms_that_let_anybody_deputise_count_whoever_came(sittings, world, acting):
    from sightline.engine.matter import load

    group = Group.objects.get(key="executive")
    TermsOfReference.objects.create(
        partnership=world.partnership,
        group=group,
        valid_from=calendar.today() - timedelta(days=400),
        quorum_disciplines=["social care", "police", "health"],
        quorum_minimum=3,
        deciding_roles=["safeguarding-partner"],
        deputies="any",
    )
    case = sittings.with_papers(sittings.planned())
    answers = sittings.record(case)
    with acting(world.hub):
        police = next(seat.pk for seat in load(case.pk).seats_now if seat.who == "Dun Acht")
    seat = next(row for row in answers["group_attendance"] if row["seat"] == police)
    seat |= {"presence": "deputy", "deputy": "not-on-list", "who_came": "A constable"}
    sittings.take(case, "hub", "record_sitting", **answers)
    assert sittings.decisions(case)[0].state == "effective"
