"""A group's meeting through its pages: planned, agenda, papers, held, minutes checked, sent and confirmed."""

from datetime import timedelta

import pytest
from governing import CHILDREN, Sittings, pack
from world import START

from sightline.engine.models import Case
from sightline.people.models import Group, GroupMembership
from sightline.platform import calendar
from tests.journey import Journey, boxes


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def sittings(world, acting):
    return Sittings(world, acting)


@pytest.fixture
def ready(sittings):
    return sittings.with_papers(sittings.planned())


def test_the_hub_plans_a_meeting_and_everybody_who_sits_is_invited(journey, sittings, world):
    browser = journey.browser("hub")
    assert "Plan a group's meeting" in browser.client.get("/meetings/").text
    page = browser.client.get("/start/group-meeting/")
    when = calendar.now() + timedelta(days=20)
    group = Group.objects.get(key="executive")
    done = browser.send(page, group=str(group.pk), mode="in-person", **boxes("planned_for", when))
    assert f"Executive group, {calendar.local(when):%-d %B %Y}" in done.text
    assert "5 working days before" in done.text
    assert "Gil Hask (in attendance)" in done.text
    assert "Quorum rule: Suggested default for an executive" in done.text


def test_the_form_offers_only_groups_at_work_here(journey, sittings):
    page = journey.browser("hub").client.get("/start/group-meeting/").text
    assert "Executive group" in page
    assert "Steering group" in page
    assert "Priya Shah" not in page


def test_the_agenda_is_issued_with_numbered_items(journey, sittings):
    case = sittings.planned()
    browser = journey.browser("hub")
    page = browser.step(case, "issue_agenda")
    typed = {"agenda-0-kind": "decision", "agenda-0-title": "Agree a rota", "agenda-0-asks_for": "Agree it"}
    done = browser.send(page, **typed)
    assert "1. Agree a rota" in done.text
    assert sittings.stage(case) == "agenda_issued"


def test_an_empty_agenda_is_not_issued(journey, sittings):
    case = sittings.planned()
    browser = journey.browser("hub")
    refused = browser.send(browser.step(case, "issue_agenda"))
    assert "Add at least one item to the agenda" in refused.text


def test_papers_wait_for_the_childs_voice_on_the_item_that_lacks_it(journey, sittings):
    case = sittings.planned()
    sittings.take(case, "hub", "issue_agenda", agenda=[{"kind": "decision", "title": "Agree the rota"}])
    browser = journey.browser("hub")
    page = browser.step(case, "issue_papers")
    refused = browser.send(page, **{"papers-0-paper_title": "The rota"})
    assert "Item 1 asks for a decision. Say what children or families told us, or select None." in refused.text
    assert "The rota" in refused.text
    browser.send(refused, **{"papers-0-nothing_told": ["none"]})
    assert sittings.stage(case) == "papers_issued"


def test_a_member_reads_the_pack_and_a_paper_and_the_pack_counts_it(journey, sittings, ready):
    browser = journey.browser("council_partner")
    page = pack(browser, ready).text
    assert "you have read 0 of 2 papers" in page
    assert "To decide (1)" in page
    assert "To be assured (1)" in page
    assert CHILDREN in page
    assert "Quorate if everybody comes who has not sent apologies." in page
    item = browser.client.get(f"/meetings/{ready.pk}/items/1/").text
    assert "As it stands" in item
    assert "you have read 1 of 2 papers" in pack(browser, ready).text


def test_apologies_show_who_is_missing_before_the_day(journey, sittings, ready):
    browser = journey.browser("police_partner")
    page = browser.step(ready, "say_coming")
    browser.send(page, **{"coming-0-coming": "apologies", "coming-0-absence_reason": "In court"})
    assert "Not quorate as things stand: no police." in pack(browser, ready).text


def test_a_paper_sent_after_its_day_is_shown_as_late(journey, sittings, world):
    case = sittings.planned(days=3)
    sittings.take(case, "hub", "issue_agenda", agenda=[{"kind": "information", "title": "Dates"}])
    row = {"item": sittings.items(case)[0].pk, "paper_title": "Dates of the year"}
    sittings.take(case, "hub", "issue_papers", papers=[row], late_reason="staff-capacity")
    assert "late by Wyn Ash" in pack(journey.browser("hub"), case).text


def test_a_restricted_item_leaves_the_pack_of_whoever_has_an_interest(journey, sittings):
    restricted = {"kind": "decision", "title": "A complaint about the police", "restricted": ["yes"]}
    case = sittings.with_papers(sittings.planned(), restricted)
    browser = journey.browser("police_partner")
    page = browser.step(case, "declare_interest")
    assert "A complaint about the police" not in page.text
    item = sittings.items(case)[2]
    browser.send(page, **{"interests-0-item": str(item.pk), "interests-0-says": "My officers"})
    for address in (f"/meetings/{case.pk}/pack/", f"/cases/{case.pk}/"):
        page = browser.client.get(address).text
        assert "1 item not shown: you declared an interest." in page
        assert "A complaint about the police" not in page
    assert browser.client.get(f"/meetings/{case.pk}/items/3/").status_code == 404
    assert "A complaint about the police" in pack(journey.browser("council_partner"), case).text


def test_the_scrutineer_is_not_offered_as_chair(journey, sittings, ready, world):
    page = journey.browser("hub").step(ready, "record_sitting").text
    chair = page.split("Who chaired?")[1].split("Item by item")[0]
    assert "Obi Hart" in chair
    assert "Gil Hask" not in chair


def test_a_member_without_a_wide_role_sees_only_the_meetings_of_their_own_groups(journey, sittings, world):
    mine, other = sittings.planned("steering"), sittings.planned()
    browser = journey.browser("manager")
    page = browser.client.get("/meetings/").text
    assert "Steering group" in page
    assert "Executive group" not in page
    assert pack(browser, mine).status_code == 200
    assert pack(browser, other).status_code == 404


def test_a_child_s_case_has_no_pack(journey, sittings):
    case = journey.strategy()
    assert isinstance(case, Case)
    assert pack(journey.browser("team_manager"), case).status_code == 404


def test_minutes_not_yet_made_are_not_found(journey, sittings, ready):
    assert journey.browser("hub").client.get(f"/meetings/{ready.pk}/minutes/").status_code == 404


def test_an_agency_with_a_seat_and_no_named_member_reads_the_pack_and_answers(journey, sittings, world):
    seat = {"agency": world.agency("tollgate-school"), "capacity": "member", "valid_from": START}
    GroupMembership.objects.create(group=Group.objects.get(key="steering"), **seat)
    case = sittings.with_papers(sittings.planned("steering"))
    browser = journey.browser("other_school")
    assert "Agree a rota for the front door" in pack(browser, case).text
    assert "The pack: what is asked, papers, your actions" in browser.case(case).text
    page = browser.step(case, "say_coming")
    browser.send(page, **{"coming-0-coming": "apologies", "coming-0-absence_reason": "An inspection"})
    assert "An inspection" in journey.browser("hub").case(case).text
    assert pack(journey.browser("lead_worker"), case).status_code == 404


def test_moving_a_meeting_says_why_and_renames_it(journey, sittings):
    case = sittings.planned()
    browser = journey.browser("hub")
    when = calendar.now() + timedelta(days=40)
    refused = browser.send(browser.step(case, "move"), **boxes("planned_for", when))
    assert "Say why it is moved" in refused.text
    moved = browser.send(refused, moved_reason="Half of us are at an inspection")
    assert f"Executive group, {calendar.local(when):%-d %B %Y}" in moved.text
    assert "Half of us are at an inspection" in moved.text


def test_a_cancelled_meeting_says_why_and_takes_no_more_steps(journey, sittings):
    case = sittings.planned()
    browser = journey.browser("hub")
    page = browser.send(browser.step(case, "cancel"), cancelled_reason="Nothing to decide")
    done = browser.send(page)
    assert sittings.stage(case) == "cancelled"
    assert "Nothing to decide" in done.text
    assert browser.step(case, "issue_agenda").status_code == 403
