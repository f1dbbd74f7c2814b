"""The invented groups' sittings: each stands where the tour says, and loading them again changes nothing."""

import pytest

from sightline.demonstration.cast import write_cast
from sightline.demonstration.group_meetings import load_group_meetings
from sightline.engine.models import Case, CaseClock
from sightline.people.actor import actor_for
from sightline.people.models import Account
from sightline.platform import audit, calendar
from sightline.platform.database import as_account
from sightline.processes.governance.agenda_items import Decision
from tests.journey import Browsing


@pytest.fixture(scope="module")
def loaded(shared_database):
    write_cast(calendar.today())
    load_group_meetings()


def seen_by(username, ask):
    account = Account.objects.get(username=username)
    with as_account(account.pk), audit.request(account_id=account.pk):
        return ask(actor_for(account))


def sittings(actor):
    rows = Case.visible_to(actor).filter(process="group-meeting").order_by("title")
    return sorted((case.title.split(",")[0], case.stage) for case in rows)


def test_each_sitting_stands_where_the_tour_says_and_loading_again_changes_nothing(loaded):
    expected = [
        ("Executive group", "checked"),
        ("Executive group", "confirmed"),
        ("Executive group", "held"),
        ("Executive group", "papers_issued"),
        ("Front door steering group", "drafted"),
    ]
    assert seen_by("hub", sittings) == expected
    load_group_meetings()
    assert seen_by("hub", sittings) == expected


def test_the_sitting_without_the_police_left_provisional_decisions(loaded):
    def provisional(actor):
        return [row.because for row in Decision.visible_to(actor).filter(state="provisional")]

    assert seen_by("scrutineer", provisional) == ["Not quorate: no police"] * 2


def test_papers_and_minutes_were_in_time(loaded):
    def late(actor):
        return [clock.key for clock in CaseClock.visible_to(actor) if clock.ended == "late"]

    assert seen_by("hub", late) == []


@pytest.mark.parametrize("who", ["hub", "executive-chair", "partner-police", "scrutineer", "chief-health", "analyst"])
def test_everybody_who_governs_opens_every_page_of_meetings(loaded, client, who):
    client.force_login(Account.objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend")
    browser = Browsing(client)
    cases = seen_by(who, lambda actor: list(Case.visible_to(actor).filter(process="group-meeting")))
    lists = ["/meetings/", "/meetings/decisions/", "/meetings/actions/"]
    matters = [f"/meetings/{case.pk}/pack/" for case in cases] + [f"/cases/{case.pk}/" for case in cases]
    asked_what_for = 302 if who == "scrutineer" else 200
    answers = {page: browser.client.get(page).status_code for page in lists + matters}
    assert answers == dict.fromkeys(lists + matters, asked_what_for)


def test_the_coming_meeting_keeps_one_item_from_whoever_has_an_interest_in_it(loaded, client):
    def coming(actor):
        return Case.visible_to(actor).get(process="group-meeting", stage="papers_issued")

    address = f"/meetings/{seen_by('hub', coming).pk}/pack/"
    for who, hidden in (("partner-police", True), ("partner-council", False)):
        client.force_login(Account.objects.get(username=who), backend="django.contrib.auth.backends.ModelBackend")
        assert ("1 item not shown: you declared an interest." in client.get(address).text) is hidden
