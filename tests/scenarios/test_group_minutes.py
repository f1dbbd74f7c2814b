"""A group's meeting through its pages once it was held: decisions, minutes checked, sent, read and confirmed."""

from datetime import date, timedelta

import pytest
from governing import Sittings, pack
from independent import purpose_said

from sightline.people.models import Group, GroupMembership
from sightline.platform import calendar
from sightline.web.pages.meetings.sittings import longest_gap
from tests.journey import Journey, boxes, form_of


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def sittings(world, acting):
    return Sittings(world, acting)


@pytest.fixture
def ready(sittings):
    return sittings.with_papers(sittings.planned())


def came(page, **except_for):
    """Everybody attended, but for those whose number among the rows is given: `row1="no-apology"`."""
    rows = int(form_of(page)[1]["group_attendance-TOTAL_FORMS"])
    return {f"group_attendance-{n}-presence": except_for.get(f"row{n}", "here") for n in range(rows)}


def said(page):
    rows = int(form_of(page)[1]["discussed-TOTAL_FORMS"])
    return {
        name: value
        for n in range(rows)
        for name, value in ((f"discussed-{n}-outcome", "taken"), (f"discussed-{n}-discussion", "Talked through"))
    }


def decided(sittings, case, *agreed):
    return {
        "decisions-0-item": str(sittings.items(case)[0].pk),
        "decisions-0-words": "The rota is agreed from January",
        "decisions-0-role": "safeguarding-partner",
        "decisions-0-agreed": list(agreed),
    }


def recorded(journey, sittings, case, *agreed, chair="nhs_partner", **except_for):
    browser = journey.browser("hub")
    page = browser.step(case, "record_sitting")
    return browser.send(
        page,
        **boxes("held_at", calendar.now() - timedelta(hours=1)),
        chaired_by=str(journey.world.accounts[chair].worker.pk),
        **came(page, **except_for),
        **said(page),
        **decided(sittings, case, *agreed),
    )


def test_the_meeting_is_recorded_and_its_decision_takes_effect(journey, sittings, ready):
    done = recorded(journey, sittings, ready, "social care", "police", "health")
    assert "Decision (effective): The rota is agreed from January" in done.text
    assert "Held" in done.text
    assert sittings.stage(ready) == "held"


def test_not_quorate_the_decision_is_provisional_until_the_missing_partner_agrees(journey, sittings, ready, world):
    page = journey.browser("hub").step(ready, "record_sitting")
    legends = page.text
    assert "Dun Acht, Ardenvale Police" in legends
    rows = form_of(page)[1]
    from sightline.engine.matter import load

    with journey.acting(world.hub):
        seats = load(ready.pk).seats_now
    police = next(n for n, seat in enumerate(seats) if seat.who == "Dun Acht")
    assert rows[f"group_attendance-{police}-seat"]
    done = recorded(journey, sittings, ready, "social care", "health", **{f"row{police}": "apologies"})
    assert "Not quorate: no police." in done.text
    assert "Decision (provisional)" in done.text
    purpose_said(journey.world)
    register = journey.browser("scrutineer").client.get("/meetings/decisions/?state=provisional").text
    assert "The rota is agreed from January" in register
    assert "Not quorate: no police" in register
    browser = journey.browser("police_partner")
    page = browser.step(ready, "ratify_decisions")
    assert "Not quorate: no police. For the delegated safeguarding partner. Agreed by: council, NHS" in page.text
    browser.send(page, **{"ratified-0-agrees": "yes"})
    assert "By an email round" in journey.browser("hub").client.get("/meetings/decisions/?state=ratified").text


def test_the_wrong_role_is_told_whose_decision_it_is(journey, sittings, ready):
    recorded(journey, sittings, ready, "social care", "police")
    browser = journey.browser("chair")
    page = browser.step(ready, "ratify_decisions")
    refused = browser.send(page, **{"ratified-0-agrees": "yes"})
    assert refused.status_code == 403
    assert "It is for the delegated safeguarding partner" in refused.text


def test_who_was_away_cannot_have_agreed(journey, sittings, ready, world):
    from sightline.engine.matter import load

    with journey.acting(world.hub):
        police = next(n for n, seat in enumerate(load(ready.pk).seats_now) if seat.who == "Dun Acht")
    refused = recorded(journey, sittings, ready, "police", **{f"row{police}": "no-apology"})
    assert "Nobody who counts was here for police. Leave out who was not here" in refused.text
    assert sittings.stage(ready) == "papers_issued"


def test_the_scrutineer_reads_everything_and_is_offered_no_step_that_decides(journey, sittings, ready):
    purpose_said(journey.world, ready)
    browser = journey.browser("scrutineer")
    page = browser.case(ready)
    assert page.status_code == 200
    for step in ("record_sitting", "check_minutes", "ratify_decisions", "issue_papers", "cancel"):
        assert f"/do/{step}/" not in page.text
        assert browser.step(ready, step).status_code == 403
    recorded(journey, sittings, ready, "social care", "police", "health")
    for step in ("ratify_decisions", "revoke_decisions", "draft_minutes"):
        assert browser.step(ready, step).status_code == 403


def minuted(journey, sittings, case):
    recorded(journey, sittings, case, "social care", "police", "health")
    browser = journey.browser("hub")
    browser.send(browser.step(case, "draft_minutes"))
    chair = journey.browser("nhs_partner")
    page = chair.step(case, "check_minutes")
    assert "Talked through" in page.text
    return chair.send(chair.send(page))


def test_the_chair_checks_the_minutes_and_everybody_is_sent_them(journey, sittings, ready):
    minuted(journey, sittings, ready)
    assert sittings.stage(ready) == "checked"
    member = journey.browser("council_partner")
    page = member.client.get(f"/cases/{ready.pk}/meetings/1/minutes", follow=True).text
    assert "Checked by chair" in page
    assert "Decision (effective): The rota is agreed from January." in page
    ledger = journey.browser("hub").client.get(f"/cases/{ready.pk}/meetings/1/circulation").text
    assert "1 opened" in ledger
    assert "Family" not in ledger


def test_another_groups_chair_is_told_who_checks(journey, sittings, ready):
    recorded(journey, sittings, ready, "social care", "police", "health")
    browser = journey.browser("hub")
    browser.send(browser.step(ready, "draft_minutes"))
    other = journey.browser("chair")
    refused = other.send(other.send(other.step(ready, "check_minutes")))
    assert refused.status_code == 403
    assert "It is for Obi Hart, who chairs this group." in refused.text


def test_the_public_minutes_name_nobody(journey, sittings, ready):
    minuted(journey, sittings, ready)
    page = journey.browser("hub").client.get(f"/meetings/{ready.pk}/minutes/public/").text
    body = page.split("<main")[1].split("</main")[0]
    assert "The rota is agreed from January" in body
    for name in ("Hel Stur", "Dun Acht", "Obi Hart"):
        assert name not in body


def test_a_later_meeting_confirms_the_minutes(journey, sittings, ready):
    minuted(journey, sittings, ready)
    later = sittings.with_papers(sittings.planned())
    sittings.held(later, held_at=calendar.now() - timedelta(minutes=5))
    sittings.planned("steering")
    browser = journey.browser("hub")
    asked = browser.step(ready, "confirm_minutes")
    assert f"{later.title} ({later.reference})" in asked.text
    assert asked.text.count('name="confirmed_at"') == 1
    page = browser.send(asked, confirmed_at=str(later.pk))
    browser.send(page)
    assert sittings.stage(ready) == "confirmed"
    assert f"Confirmed at {later.title}" in browser.client.get(f"/meetings/{ready.pk}/minutes/").text


def test_the_list_by_group_says_next_last_gap_and_what_is_not_confirmed(journey, sittings, ready):
    sittings.held(ready, at=calendar.now() - timedelta(days=20))
    sittings.planned(days=30)
    purpose_said(journey.world)
    page = journey.browser("scrutineer").client.get("/meetings/").text
    assert "20 days (terms: at most 6 weeks)" in page
    assert "1 set of minutes is not yet confirmed." in page
    assert "Plan a group" not in page


def test_two_absences_without_a_word_are_suggested_as_a_challenge(journey, sittings):
    for days in (40, 10):
        case = sittings.with_papers(sittings.planned())
        sittings.held(case, away=("police_partner",), at=calendar.now() - timedelta(days=days))
    group = Group.objects.get(key="executive")
    page = journey.browser("hub").client.get(f"/meetings/groups/{group.pk}/").text
    assert "Nobody came for Ardenvale Police to the last 2 meetings and no apology was sent." in page
    assert "0 of 2" in page


def test_an_action_agreed_stands_in_the_log_and_in_its_agencys_next_pack(journey, sittings, ready):
    sittings.held(ready)
    log = journey.browser("hub").client.get("/meetings/actions/?state=open").text
    assert "Publish the rota" in log
    coming = sittings.planned()
    page = pack(journey.browser("police_partner"), coming).text
    assert "Your actions: 1 open" in page
    assert "Publish the rota" in page


def test_an_agency_with_two_seats_is_counted_once_a_meeting(journey, sittings, world):
    group = Group.objects.get(key="executive")
    second = {"worker": world.accounts["health"].worker, "capacity": "member"}
    GroupMembership.objects.create(group=group, valid_from=calendar.today() - timedelta(days=90), **second)
    case = sittings.with_papers(sittings.planned())
    sittings.held(case, away=("health",))
    page = journey.browser("hub").client.get(f"/meetings/groups/{group.pk}/").text
    row = page.split("NHS Ardenvale Integrated Care Board")[-1]
    assert "1 of 1" in row.split("</tr>")[0]


@pytest.mark.parametrize(
    ("held", "gap"),
    [
        ([], None),
        ([date(2026, 11, 2)], 20),
        ([date(2026, 11, 2), date(2026, 8, 17), date(2026, 9, 28)], 42),
        ([date(2024, 1, 10), date(2024, 12, 1), date(2026, 11, 20)], 719),
        ([date(2024, 1, 10), date(2024, 12, 1), date(2025, 11, 10), date(2026, 11, 20)], 375),
    ],
)
def test_the_longest_gap_of_a_year_counts_up_to_today_and_leaves_older_gaps_out(held, gap):
    assert longest_gap(held, date(2026, 11, 22)) == gap
