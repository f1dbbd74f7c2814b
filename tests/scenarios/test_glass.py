"""A record held closely, the door that says that it is there, and opening it without a part in it."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from sightline.access.interests import match
from sightline.access.models import Glass, Interest, OwnDetails
from sightline.access.tiering import Holding, hold
from sightline.access.verdict import EXPORT, can
from sightline.engine.perform import perform
from sightline.engine.refusals import NotAllowed
from sightline.parts.models import File
from sightline.people.models import Person
from sightline.platform import calendar
from sightline.platform.audit.models import AuditRow
from tests import files
from tests.journey import Journey, page_of
from tests.taking import proved
from tests.walls import keep_from

OWN = "/your-account/own-details"
WHY = {"reason": "child-at-risk-now", "words": "The night ward rang: he is there, and nobody of the team answers"}


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def case(journey):
    return journey.logged()


def held(journey, case, tier, *names, **more):
    manager = journey.world.service_manager
    with journey.acting(manager):
        everybody = dict.fromkeys([*names, "worker"])  # who owns it
        named = [getattr(journey.world, name).worker for name in everybody]
        hold(case.pk, Holding(tier, "A worker's own child", named, **more), by=manager)


def freshly(journey, who):
    """A browser in which somebody has just shown again that it is they."""
    return proved(journey.browser(who).client)


def glass_of(journey, who, case, **answers):
    return freshly(journey, who).post(f"{page_of(case)}open/", {**WHY, **answers})


def test_a_restricted_record_opens_for_whoever_is_named_and_says_so(journey, case):
    held(journey, case, "restricted", "lead_worker")
    page = journey.browser("lead_worker").case(case)
    assert page.status_code == 200
    assert "You can see this because: named: A worker’s own child." in page.text.replace("&#39;", "’")


@pytest.mark.parametrize("who", ["second_worker", "manager", "officer", "support", "service_manager"])
def test_others_are_told_that_a_restricted_record_is_there_and_whom_to_ask_and_nothing_more(who, journey, case):
    held(journey, case, "restricted", "lead_worker")
    page = journey.browser(who).case(case)
    assert page.status_code == 403
    assert f"Contact {case.reference} is there, and you have no part in it." in page.text
    assert "Ask a front-door manager or a service manager" in page.text
    assert "dunne" not in page.text.lower()


@pytest.mark.parametrize("who", ["second_worker", "manager", "officer", "support", "school", "police"])
def test_a_sealed_record_looks_like_none(who, journey, case):
    held(journey, case, "sealed", "lead_worker", "team_manager")
    browser = journey.browser(who)
    sealed, none = browser.case(case), browser.client.get("/cases/11111111-1111-4111-8111-111111111111/")
    assert (sealed.status_code, len(sealed.text)) == (none.status_code, len(none.text)) == (404, len(none.text))
    asked = browser.client.post("/search/", {"reference": case.reference})
    assert "No case that you can see has this reference" in asked.text
    assert glass_of(journey, who, case).status_code == 404


@pytest.mark.parametrize("typed", ["whole", "without its first letter"])
def test_the_search_by_reference_leads_the_front_door_to_what_is_closed_to_them(journey, case, acting, world, typed):
    held(journey, case, "restricted", "lead_worker")
    reference = case.reference if typed == "whole" else case.reference[2:]
    page = freshly(journey, "second_worker").post("/search/", {"reference": reference}, follow=True)
    assert f"Contact {case.reference} is there, and you have no part in it." in page.text
    assert f'href="{page_of(case)}open/"' in page.text
    with acting(world.ig):
        row = AuditRow.objects.get(action="search")
    assert row.detail == {"by": "reference", "terms": reference, "door": [str(case.pk)]}
    assert row.object_ids == [case.pk]


def test_a_search_by_reference_that_finds_nothing_is_in_the_log(journey, case, acting, world):
    held(journey, case, "sealed", "lead_worker", "team_manager")
    journey.browser("second_worker").client.post("/search/", {"reference": case.reference})
    with acting(world.ig):
        row = AuditRow.objects.get(action="search")
    assert row.detail == {"by": "reference", "terms": case.reference}
    assert row.object_ids == []


def test_an_agency_is_led_to_no_door_by_a_reference(journey, case):
    held(journey, case, "restricted", "lead_worker")
    asked = journey.browser("police").client.post("/search/", {"reference": case.reference})
    assert "No case that you can see has this reference" in asked.text


def test_people_of_a_sealed_record_may_be_known_only_to_those_named(journey, case, acting, world):
    held(journey, case, "sealed", "lead_worker", "team_manager", persons=True)
    with acting(world.second_worker):
        assert not Person.visible_to(world.second_worker).exists()
    with acting(world.worker):
        assert Person.visible_to(world.worker).exists()


def test_sealing_asks_for_two_people_who_know(journey, case):
    manager = freshly(journey, "service_manager")
    alone = journey.world.manager.worker.pk
    page = manager.post(
        f"{page_of(case)}held/", {"tier": "sealed", "named": [alone], "persons": "false", "why": "Threats"}
    )
    assert page.status_code == 422
    assert "Name at least 2 people who may see it" in page.text
    assert journey.browser("manager").case(case).status_code == 200


def test_a_front_door_worker_may_not_say_how_closely_a_record_is_held(journey, case):
    page = freshly(journey, "worker").get(f"{page_of(case)}held/")
    assert page.status_code == 403
    assert "It is said by a manager of the front door" in page.text


def test_a_named_persons_part_ends_by_itself(journey, case):
    until = calendar.now() + timedelta(days=2)
    held(journey, case, "restricted", "lead_worker", until=until)
    assert journey.browser("lead_worker").case(case).status_code == 200
    with calendar.frozen(until + timedelta(seconds=1)):
        assert journey.browser("lead_worker").case(case).status_code == 404


def test_opening_without_a_part_asks_to_sign_in_again_first(journey, case):
    held(journey, case, "restricted", "lead_worker")
    answer = journey.browser("second_worker").client.post(f"{page_of(case)}open/", WHY)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/again")


def test_the_page_that_opens_what_is_open_already_leads_to_it(journey, case):
    held(journey, case, "restricted", "lead_worker")
    browser = freshly(journey, "second_worker")
    assert browser.post(f"{page_of(case)}open/", WHY)["Location"] == page_of(case)
    for sent in (browser.get(f"{page_of(case)}open/"), browser.post(f"{page_of(case)}open/", WHY)):
        assert sent["Location"] == page_of(case)
    with journey.acting(journey.world.ig):
        assert Glass.objects.filter(case=case).count() == 1


def test_opening_without_a_part_asks_why_in_enough_words_and_keeps_what_was_typed(journey, case):
    held(journey, case, "restricted", "lead_worker")
    page = glass_of(journey, "second_worker", case, words="Need it")
    assert page.status_code == 422
    assert "Say why in at least 20 characters" in page.text
    assert "Need it" in page.text
    assert journey.browser("second_worker").case(case).status_code == 403


def test_under_glass_nobody_reads_that_no_agency_was_asked_where_some_were(journey):
    contact = journey.asked()
    assert "No agency has been asked yet." in journey.browser("second_worker").case(journey.logged()).text
    held(journey, contact, "restricted", "manager", "worker")
    assert glass_of(journey, "second_worker", contact).status_code == 302
    text = journey.browser("second_worker").case(contact).text
    assert "Agencies were asked. You do not see which, nor what they answered." in text
    assert "No agency has been asked" not in text


def test_a_record_opened_without_a_part_says_so_and_closes_after_four_hours(journey, case):
    held(journey, case, "restricted", "lead_worker")
    assert glass_of(journey, "second_worker", case).status_code == 302
    page = journey.browser("second_worker").case(case)
    assert page.status_code == 200
    assert "Opened without a part in it" in page.text
    assert "DUNNE" in page.text
    with calendar.frozen(calendar.now() + timedelta(hours=4, seconds=1)):
        assert journey.browser("second_worker").case(case).status_code == 403


def test_what_is_seen_by_glass_alone_is_said_to_be_so_though_ones_own_agency_was_asked_of_it(journey, acting, world):
    enquiry = journey.enquiry(journey.asked("ardenvale-council"), "ardenvale-council")
    held(journey, enquiry, "restricted", "lead_worker")
    glass_of(journey, "second_worker", enquiry)
    assert "You opened this without a part in it" in journey.browser("second_worker").case(enquiry).text
    with acting(world.second_worker):
        assert not can(world.second_worker, EXPORT, enquiry)
        own = AuditRow.objects.filter(account_id=world.second_worker.account.pk, object_ids__contains=[enquiry.pk])
        assert set(own.filter(action="read").values_list("outcome", flat=True)) == {"glass"}


def test_what_was_opened_closes_with_the_last_role(journey, case, world):
    held(journey, case, "restricted", "lead_worker")
    glass_of(journey, "second_worker", case)
    world.second_worker.worker.roles_held.update(valid_to=calendar.today())
    assert journey.browser("second_worker").case(case).status_code == 404


def test_it_is_in_the_audit_before_anything_is_shown(journey, case, acting, world):
    held(journey, case, "restricted", "lead_worker")
    glass_of(journey, "second_worker", case)
    with acting(world.ig):
        row = AuditRow.objects.filter(action="break glass").get()
        assert row.object_ids == [case.pk]
        assert row.outcome == "glass"
        assert not AuditRow.objects.filter(action="read", outcome="glass").exists()


def test_a_reviewer_says_whether_it_was_right_and_never_of_themself(journey, case, acting, world):
    held(journey, case, "restricted", "lead_worker")
    glass_of(journey, "second_worker", case)
    reviewer = journey.browser("ig").client
    assert WHY["words"] in reviewer.get("/oversight/glasses/").text
    with acting(world.ig):
        glass = Glass.objects.get()
    at = f"/oversight/glasses/{glass.pk}/"
    assert reviewer.post(at, {"finding": "", "words": ""}).status_code == 422
    reviewer.post(at, {"finding": "justified", "words": "The ward confirms that it rang"}, follow=True)
    page = reviewer.get("/oversight/glasses/").text
    assert "None waits." in page
    assert "It was right to open it" in page
    assert journey.browser("second_worker").client.get("/oversight/glasses/").status_code == 403


def test_a_worker_finds_no_record_of_their_own_family_and_is_not_told_why(journey, case, acting, world):
    with acting(world.officer):
        rows = [{"subject": s.pk, "is_person": "new"} for s in case.subjects.all()]
    with acting(world.worker):
        assert journey.browser("worker").case(case).status_code == 200
        child = case.subjects.get(kind="child").person
    told = {"people-TOTAL_FORMS": "1", "people-INITIAL_FORMS": "0", "people-0-whose": "relative"}
    told |= {"people-0-given_names": "Maya", "people-0-family_name": "Dunne"}
    born = child.date_of_birth
    told |= {
        "people-0-date_of_birth-day": born.day,
        "people-0-date_of_birth-month": born.month,
        "people-0-date_of_birth-year": born.year,
    }
    browser = journey.browser("worker")
    assert "Nobody but information governance reads it" in browser.client.post(OWN, told, follow=True).text
    gone, none = browser.case(case), browser.client.get("/cases/11111111-1111-4111-8111-111111111111/")
    assert (gone.status_code, len(gone.text)) == (404, len(none.text))
    assert rows is not None
    reviewer = freshly(journey, "ig")
    assert "they live with: the details match" in reviewer.get("/oversight/interests/").text
    with acting(world.ig):
        interest = Interest.objects.get(worker=world.worker.worker, person=child)
    reviewer.post(f"/oversight/interests/{interest.pk}/", {"words": "Another Maya Dunne: other parents"})
    assert browser.case(case).status_code == 200


def test_a_match_is_cleared_after_a_fresh_sign_in_alone_and_what_was_typed_is_not_lost(journey, case, acting, world):
    row = keep_from(world, acting, "worker", case)
    address, words = f"/oversight/interests/{row.pk}/", "Another Maya Dunne: other parents"
    reviewer = journey.browser("ig").client
    for turned in (reviewer.get(address), reviewer.post(address, {"words": words})):
        assert turned["Location"].startswith("/sign-in/again")
    assert journey.browser("worker").case(case).status_code == 404
    assert f"{words}</textarea>" in proved(reviewer).get(address).text
    assert reviewer.post(address, {"words": words}).status_code == 302
    assert journey.browser("worker").case(case).status_code == 200


def test_the_nightly_match_finds_who_lives_with_somebody_matched(journey, case, acting, world):
    with acting(world.worker):
        child = case.subjects.get(kind="child").person
    with acting(world.second_worker):
        OwnDetails.objects.create(
            worker=world.second_worker.worker,
            whose="self",
            given_names="Maya",
            family_name="Dunne",
            date_of_birth=child.date_of_birth,
        )
    with acting(world.clockwork):
        found = match(world.second_worker.worker)
        assert {child.pk} < {row.person_id for row in found}
        assert match(world.second_worker.worker) == []


def test_what_a_record_holds_may_be_read_under_glass_and_not_taken_away(journey, case, acting, world):
    held(journey, case, "restricted", "lead_worker")
    glass_of(journey, "second_worker", case)
    with acting(world.second_worker):
        verdict = can(world.second_worker, EXPORT, case)
    assert not verdict
    assert verdict.reason == "A record that you opened without a part in it is read here and not taken away."


def test_no_page_gives_anything_of_it_away_until_somebody_has_a_part_in_it(journey, case, settings, tmp_path):
    settings.SIGHTLINE_HOME, settings.SIGHTLINE_CLAMD = tmp_path, None
    browser = journey.browser("worker")
    page = browser.client.get(f"{page_of(case)}files/add")
    browser.send(page, file=SimpleUploadedFile("report.pdf", files.pdf()))
    held(journey, case, "restricted", "service_manager")
    glass_of(journey, "second_worker", case)
    with journey.acting(journey.world.second_worker):
        attached = File.visible_to(journey.world.second_worker).get(case=case)
    asking = journey.browser("second_worker")
    proved(asking.client)
    shown = asking.case(case).text
    assert "report.pdf" in shown
    assert "Not given out" in shown
    for address in (f"files/{attached.pk}", "family-copy/", f"family-copy/{attached.pk}/pdf", "calendar-entry"):
        refused = asking.client.get(page_of(case) + address)
        assert refused.status_code == 403
        assert "is read here and not taken away" in refused.content.decode()
    held(journey, case, "restricted", "service_manager", "second_worker")
    assert "Opened without a part in it" not in asking.case(case).text
    assert asking.client.get(f"{page_of(case)}files/{attached.pk}").status_code == 200


def test_under_glass_what_protects_at_once_is_done_and_nobody_takes_the_record_for_their_own(journey, world):
    case = journey.contact()
    held(journey, case, "restricted", "manager")
    glass_of(journey, "second_worker", case)
    browser = journey.browser("second_worker")
    page = browser.case(case).text
    assert "Take this contact" not in page
    assert "Start a strategy discussion now" in page
    refused = browser.step(case, "take")
    assert refused.status_code == 403
    assert "You opened this without a part in it" in refused.text
    with journey.acting(world.second_worker), pytest.raises(NotAllowed, match="without a part in it"):
        perform(case, "take", by=world.second_worker, answers={})
    assert browser.client.get(f"{page_of(case)}timeline/1/correct/").status_code == 403
    browser.send(browser.step(case, "add_information"), narrative="The ward rang again")
    assert "The ward rang again" in browser.case(case).text
    with calendar.frozen(calendar.now() + timedelta(hours=4, seconds=1)):
        assert browser.case(case).status_code == 403


def test_who_told_us_is_kept_apart_from_those_who_need_not_know(journey):
    case = journey.logged(journey.contact(referrer_name="Dee Cole"))
    told = journey.browser("worker").case(case).text
    assert "Kept apart" not in told
    page = journey.browser("support").case(case).text
    assert "Kept apart: who told us. Ask the front door." in page


def test_what_the_police_share_with_the_front_door_alone_is_for_those_who_decide(journey):
    contact = journey.asked()
    enquiry = journey.enquiry(contact, "ardenvale-police")
    reply = {"information": "Under watch since May", "sensitivity": "front-door", "view_of_risk": "some"}
    journey.take(enquiry, "police", "reply", **reply)
    for who, reads in (("worker", True), ("manager", True), ("support", False), ("officer", False)):
        browser = journey.browser(who)
        for page in (browser.case(contact), browser.case(enquiry)):
            assert ("Under watch since May" in page.text) is reads, who
    assert "Under watch since May" in journey.browser("police").case(enquiry).text
