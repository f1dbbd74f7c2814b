"""What somebody was told of a record goes with the record: on pages and by email, and comes back when it does."""

import pytest

from sightline.access.interests import match
from sightline.access.models import Interest, OwnDetails
from sightline.access.tiering import Holding, hold
from sightline.engine.amend import override
from sightline.platform.audit.models import AuditRow
from sightline.platform.jobs import clockwork
from sightline.platform.notices import send_waiting
from sightline.platform.notices.models import Notice
from tests.contacts import signed_in, text_of
from tests.journey import CHILD, STEP_BACK, Journey, page_of
from tests.walls import keep_from
from tests.world import PASSWORD

PROPOSED = "Proposed a decision"
OPENED = {"reason": "child-at-risk-now", "words": "The night ward rang: he is there, and nobody of the team answers"}


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


@pytest.fixture
def case(journey):
    """A contact logged by its named worker, of which everybody has had the emails."""
    found = journey.logged()
    send_waiting()
    return found


def held(journey, case, tier, *names):
    manager = journey.world.service_manager
    with journey.acting(manager):
        hold(
            case.pk,
            Holding(tier, "A worker's own child", [getattr(journey.world, name).worker for name in names]),
            by=manager,
        )


def written_to(mailoutbox, says):
    return sorted(address.partition("@")[0] for mail in mailoutbox if says in mail.subject for address in mail.to)


def dropped(says):
    with clockwork():
        keys = Notice.objects.filter(says=says).values_list("pk", flat=True)
        rows = AuditRow.objects.filter(action="email notice", object_ids__overlap=list(keys))
        return [(row.detail["dropped"], row.outcome) for row in rows]


def told_of(world, who, case):
    """Whether the list and the home page speak of the record; both or neither."""
    client = signed_in(world, who)
    home, listed = (case.reference in client.get(address).text for address in ("/", "/notices"))
    return home, listed


def test_an_email_about_a_sealed_record_goes_only_to_those_who_see_it(journey, case, mailoutbox):
    held(journey, case, "sealed", "worker", "second_manager")
    mailoutbox.clear()
    journey.take(case, "worker", "propose", **STEP_BACK)
    send_waiting()
    assert written_to(mailoutbox, PROPOSED) == ["second_manager"]
    assert dropped(PROPOSED) == [(1, "allowed")]


def test_an_email_does_not_go_to_somebody_whose_own_family_it_is_about(world, acting, journey, case, mailoutbox):
    keep_from(world, acting, "second_manager", case)
    mailoutbox.clear()
    journey.take(case, "worker", "propose", **STEP_BACK)
    send_waiting()
    assert written_to(mailoutbox, PROPOSED) == ["manager"]
    assert dropped(PROPOSED) == [(1, "allowed")]


def test_what_was_said_to_somebody_by_name_is_not_emailed_once_the_record_is_closed_to_them(journey, mailoutbox):
    case = journey.logged()
    held(journey, case, "sealed", "worker", "second_manager")
    send_waiting()
    assert written_to(mailoutbox, "New contact") == []
    assert dropped("New contact") == [(1, "failed")]
    with clockwork():
        assert Notice.objects.get(says="New contact").email_fault == (
            "None of those whom it is for sees the record now"
        )


def test_a_notice_of_before_goes_with_the_record_and_comes_back_with_it(world, journey, case):
    assert told_of(world, "manager", case) == (True, True)
    held(journey, case, "sealed", "worker", "service_manager")
    assert told_of(world, "manager", case) == (False, False)
    held(journey, case, "open")
    assert told_of(world, "manager", case) == (False, True), "read before it was sealed, so new no more"


def test_a_notice_of_before_goes_when_the_record_is_found_to_be_of_ones_own_family(world, acting, journey):
    case, other = journey.contact(), journey.contact(people=[{**CHILD, "given_names": "Tam"}])
    journey.logged(case)
    keep_from(world, acting, "manager", case)
    assert told_of(world, "manager", case) == (False, False)
    assert told_of(world, "manager", other) == (True, True)


def test_what_new_notices_there_are_is_the_same_on_both_pages(world, journey):
    cases = [journey.contact(people=[{**CHILD, "given_names": name}]) for name in ("Ann", "Bea", "Cas", "Dot")]
    journey.logged(cases[1])
    held(journey, cases[1], "sealed", "worker", "service_manager")
    client = signed_in(world, "manager")
    home, listed = client.get("/").text, client.get("/notices").text
    shown = [case.reference for case in cases if case.reference in home]
    assert shown == [case.reference for case in cases if case.reference in listed]
    assert shown == [cases[0].reference, cases[2].reference, cases[3].reference]
    assert listed.count("New contact (new)") == len(shown)


def test_reviewers_of_an_opening_are_told_of_it_and_not_of_which_record(world, journey, case, mailoutbox):
    held(journey, case, "restricted", "worker")
    client = signed_in(world, "second_worker")
    client.post("/sign-in/again", {"password": PASSWORD})
    client.post(f"{page_of(case)}open/", OPENED)
    send_waiting()
    assert "ig" in written_to(mailoutbox, "Opened by somebody without a part in it")
    (to_ig,) = [mail for mail in mailoutbox if mail.to == ["ig@ardenvale.example"]]
    reviewer = signed_in(world, "ig")
    notices = reviewer.get("/notices").text
    assert case.reference not in notices + to_ig.subject + to_ig.body
    name = to_ig.subject.partition(":")[0]
    assert name.startswith("GLASS ")
    assert name in text_of(notices)
    assert name in text_of(reviewer.get("/oversight/glasses/").text)


def review_page(world):
    reviewer = signed_in(world, "ig")
    page = reviewer.get("/oversight/glasses/").text
    return text_of(reviewer.get(page[page.index("/oversight/glasses/", page.index("<tbody")) :].partition('"')[0]).text)


def test_the_page_of_the_review_names_the_record_unless_it_was_sealed_since(world, journey, case):
    held(journey, case, "restricted", "worker")
    client = signed_in(world, "second_worker")
    client.post("/sign-in/again", {"password": PASSWORD})
    client.post(f"{page_of(case)}open/", OPENED)
    assert case.reference in review_page(world)
    with clockwork():
        type(case).objects.filter(pk=case.pk).update(tier="sealed")
    assert case.reference not in review_page(world)
    assert "GLASS " in text_of(signed_in(world, "ig").get("/notices").text)


def test_reviewers_of_a_match_are_emailed_though_they_see_no_record(world, acting, case, mailoutbox):
    with acting(world.second_worker):
        names = {name: CHILD[name] for name in ("given_names", "family_name", "date_of_birth")}
        OwnDetails.objects.create(worker=world.second_worker.worker, whose="self", **names)
    with acting(world.clockwork):
        match(world.second_worker.worker)
        found = Interest.objects.latest("found_at")
    send_waiting()
    assert written_to(mailoutbox, f"MATCH {str(found.pk)[:8].upper()}: A worker may be") == ["ig"]


def test_an_agency_that_was_asked_hears_of_the_decision_on_what_asked_it(world, acting, journey, mailoutbox):
    case = journey.asked("ardenvale-police")
    enquiry = journey.enquiry(case, "ardenvale-police")
    with acting(world.manager):
        override(case.pk, "propose", "agencies-answered", by=world.manager, reason="Their system is down")
    journey.take(case, "worker", "propose", decision="strategy", rationale="A bruise")
    journey.take(case, "manager", "endorse", endorsement="She is at risk")
    journey.take(case, "worker", "tell_referrer", told_route="sightline", told_outcome="strategy")
    send_waiting()
    assert written_to(mailoutbox, f"{enquiry.reference}: A contact you were asked about has been decided") == ["police"]
    listed = signed_in(world, "police").get("/notices").text
    assert f'href="{page_of(enquiry)}">A contact you were asked about has been decided' in listed
    assert case.reference not in listed
