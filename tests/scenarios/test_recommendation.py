"""A recommendation through its pages: from a figure to a difference that is signed for, checked and reopened."""

from datetime import date, timedelta

import pytest

from sightline.engine.models import Case
from sightline.parts import figures
from sightline.platform import calendar
from tests.independent import purpose_said
from tests.journey import boxes, form_of, page_of
from tests.recommending import FIGURE, QUORACY, Recommending


@pytest.fixture
def journey(world, acting):
    return Recommending(world, acting)


@pytest.fixture(autouse=True)
def one_figure():
    before = figures._Finders.find
    figures.cite_with(lambda partnership: [FIGURE])
    yield
    figures._Finders.find = before


def action(world, days=30, **changed):
    said = {"what": "Agree a rota", "who": "Rae Cox", "if_not": "The chief constable hears of it"}
    said = {f"actions-0-{name}": text for name, text in said.items()}
    due = boxes("actions-0-due_on", calendar.today() + timedelta(days=days))
    return {**said, **due, "actions-0-agency": str(world.agency("ardenvale-police").pk), **changed}


def shown(kind, grade, days_ago, says="Children were seen sooner"):
    dated = boxes("evidence-0-dated_on", calendar.today() - timedelta(days=days_ago))
    return {"evidence-0-kind": kind, "evidence-0-grade": grade, "evidence-0-says": says, **dated}


def the_one(journey):
    with journey.acting(journey.world.hub):
        return Case.visible_to(journey.world.hub).get(process="recommendation")


def raised_from_figure(journey):
    """What the Support Hub sees and sends, coming from the page of a measure."""
    browser = journey.browser("hub")
    page = browser.client.get("/recommendations/new/", {"figure": FIGURE.reference})
    browser.send(page, title="Quorate strategy discussions", **{"addressees-0-to": "partnership"})
    return the_one(journey)


def sent(journey, who, case, step, **typed):
    browser = journey.browser(who)
    return browser.send(browser.step(case, step), **typed)


def test_the_figure_is_in_the_form_before_anybody_types(journey):
    page = journey.browser("hub").client.get("/recommendations/new/", {"figure": FIGURE.reference})
    fields = form_of(page)[1]
    assert FIGURE.words in fields["exact_words"]
    assert fields["figure_cited-0-figure"] == [FIGURE.reference]
    assert "What you leave out can be added later" not in page.text


def test_a_document_is_in_the_form_that_its_page_leads_to(journey):
    document = journey.document()
    page = journey.browser("hub").client.get("/recommendations/new/", {"source": str(document.pk)})
    assert form_of(page)[1]["source"] == [str(document.pk)]
    assert "Commissioner 2023" in page.text


def test_a_figure_that_is_gone_is_said_and_the_form_is_there(journey):
    page = journey.browser("hub").client.get("/recommendations/new/", {"figure": "quoracy:1999:1"})
    assert "That figure cannot be cited any more" in page.text
    assert "Where it comes from" in page.text


def test_with_nothing_said_every_mistake_is_named_at_once(journey):
    browser = journey.browser("hub")
    page = browser.send(browser.client.get("/recommendations/new/"))
    for wanted in (
        "Say in a few words what should be different",
        "Enter what the source says, word for word",
        "Select who it is addressed to",
    ):
        assert page.text.count(wanted) == 2, wanted  # in the summary and at the field


@pytest.fixture
def done(journey, world):
    """Raised from a figure, accepted, planned and in use: each by whoever would do it, on their own page."""
    case = raised_from_figure(journey)
    sent(journey, "hub", case, "accept", response="We agree", accepted_where="Executive group, 4 November")
    by = boxes("impact_by", calendar.today() + timedelta(days=120))
    sent(journey, "hub", case, "agree_plan", success_test="More are quorate", **by, **action(world))
    ended = {"finished_actions-0-evidence": "The rota has run for a month"}
    sent(journey, "police_lead", case, "record_progress", progress="The rota is agreed", **ended)
    in_use = boxes("delivered_on", calendar.today() - timedelta(days=5))
    sent(journey, "hub", case, "deliver", output="A rota of three agencies", **in_use)
    return case


@pytest.fixture
def closed(journey, done):
    """The same, shown by an audit a month later, signed by all three and closed; the day of closing with it."""
    with calendar.frozen(calendar.now() + timedelta(days=30)):
        sent(journey, "hub", done, "review_evidence", evidence_review="The rota is kept", confidence="low")
        audit = shown("audit", "outcome", 2, "18 of 20 were quorate and no child waited")
        sent(journey, "hub", done, "ask_sign_off", impact_statement="More are quorate", **audit)
        for chief in ("council_chief", "police_chief", "nhs_chief"):
            sent(journey, chief, done, "sign")
        sent(journey, "hub", done, "close_it")
        return done, calendar.today()


def test_what_is_received_says_what_the_figure_was_and_when_a_plan_is_due(journey):
    page = journey.browser("hub").case(raised_from_figure(journey)).text
    assert FIGURE.words in page
    assert "Received" in page
    assert "plan is agreed for a recommendation" in page


def test_no_plan_is_agreed_without_an_action(journey):
    case = raised_from_figure(journey)
    accepted = sent(journey, "hub", case, "accept", response="We agree", accepted_where="Executive group, 4 November")
    assert "Executive group, 4 November" in accepted.text
    by = boxes("impact_by", calendar.today() + timedelta(days=120))
    refused = sent(journey, "hub", case, "agree_plan", success_test="More are quorate", **by)
    assert "Add at least one action" in refused.text


def test_what_is_done_is_not_called_a_difference(journey, done):
    page = journey.browser("hub").case(done).text
    assert "Done, impact not yet shown" in page
    assert "Not yet: needs evidence of a difference for children dated after" in page
    assert "Add evidence of impact" in page


def test_a_document_does_not_close_it_and_the_page_says_why(journey, done):
    with calendar.frozen(calendar.now() + timedelta(days=30)):
        review = {"evidence_review": "The guide was read", "confidence": "low"}
        sent(journey, "hub", done, "review_evidence", **review, **shown("document", "outcome", 1))
        held = sent(journey, "hub", done, "ask_sign_off", impact_statement="More are quorate")
        assert "You cannot close this. It needs evidence of a difference for children" in held.text
        assert "does not show a difference by itself" in held.text
        assert journey.stage(done) == "reviewed"


def test_each_partner_signs_on_their_own_before_it_is_closed(journey):
    case = journey.asked(to=[{"to": "partnership"}])
    page = journey.browser("hub").case(case).text
    assert "Impact shown, waiting for sign-off" in page
    assert "Council: not yet signed" in page
    for chief in ("council_chief", "police_chief"):
        sent(journey, chief, case, "sign")
    waiting = journey.browser("hub").step(case, "close_it")
    assert waiting.status_code == 403
    assert "Not yet signed by: NHS" in waiting.text
    sent(journey, "nhs_chief", case, "sign")
    page = sent(journey, "hub", case, "close_it").text
    assert "NHS: signed by Sal Munro" in page
    assert "To be checked at 6 months: by" in page


def test_it_is_looked_at_again_and_reopened_when_it_is_no_longer_true(journey, closed):
    case, day = closed
    six, twelve = (calendar.start_of_day(calendar.add_months(day, months)) for months in (6, 12))
    with calendar.frozen(six + timedelta(hours=10)):
        still = sent(journey, "hub", case, "check_at_6", **shown("voice", "outcome", 3, "Families say it is so"))
        assert "Still true at 6 months: checked" in still.text
    with calendar.frozen(twelve + timedelta(hours=10)):
        nothing_new = sent(journey, "hub", case, "check_at_12", **shown("audit", "outcome", 300))
        assert "You cannot say that it is still true" in nothing_new.text
        again = sent(journey, "analyst", case, "reopen", reopened_because="Half were not quorate in March")
        assert "Half were not quorate in March" in again.text
    assert journey.stage(case) == "reopened"


def test_the_scrutineer_s_view_stands_on_the_page_and_no_decision_is_theirs(journey):
    case = journey.asked()
    purpose_said(journey.world, case)
    page = sent(journey, "scrutineer", case, "scrutinise", scrutineer_view="Two of the meetings I saw had no nurse")
    assert "The scrutineer’s view" in page.text
    assert "Two of the meetings I saw had no nurse" in page.text
    for step in ("sign", "close_it", "send_back", "accept"):
        assert journey.browser("scrutineer").step(case, step).status_code == 403, step


def test_an_addressed_agency_works_on_its_own_action_and_on_no_other(journey, world):
    case = journey.planned(None, journey.action(), journey.action("ardenvale-council"))
    browser = journey.browser("police_lead")
    page = browser.case(case)
    assert "You can see this because your agency has a part in it." in page.text
    assert "Quorate strategy discussions" in page.text
    rows = form_of(browser.step(case, "record_progress"))[1]
    with journey.acting(world.hub):
        council = case.actions.get(agency=world.agency("ardenvale-council"))
    (theirs,) = [name.split("-")[1] for name, value in rows.items() if value == str(council.pk)]
    done = {f"finished_actions-{theirs}-evidence": "Done by somebody else"}
    refused = sent(journey, "police_lead", case, "record_progress", progress="Some", **done)
    assert "is Ardenvale Council&#39;s to end" in refused.text
    assert browser.step(case, "close_it").status_code == 403
    assert journey.browser("other_school").case(case).status_code == 404


def test_the_register_fails_in_sight_where_one_is_missing(journey):
    council = journey.to("ardenvale-council")
    document = journey.document({**council, "count": 2}, {"to": "partnership", "count": 1})
    journey.raised(source=document)
    journey.raised(source=document)
    page = journey.browser("hub").client.get("/recommendations/").text
    assert "Commissioner 2023: 3 expected, 2 entered. 1 for the partnership is missing." in page
    assert "app-count-check--differs" in page
    on_document = journey.browser("hub").case(document).text
    assert "1 for the partnership is missing." in on_document
    assert "%" not in on_document.split("<main")[1].split("</main>")[0]


def test_the_register_is_narrowed_in_its_address(journey):
    done = journey.reviewed(title="Done and not shown")
    journey.planned(None, journey.action(days=-3), title="Late with an action")
    client = journey.browser("council_partner").client
    late = client.get("/recommendations/", {"show": "overdue"}).text
    assert "Late with an action" in late
    assert "Done and not shown" not in late
    stands = client.get("/recommendations/", {"stands": "done"}).text
    assert "Done and not shown" in stands
    assert "Late with an action" not in stands
    with journey.acting(journey.world.hub):
        source = done.recommendationrecord.source_id
    of_source = client.get("/recommendations/", {"source": str(source)}).text
    assert "Done and not shown" in of_source
    assert "Late with an action" not in of_source
    neither = client.get("/recommendations/", {"stands": "done", "show": "overdue"}).text
    assert "No recommendation matches these filters. There are 2." in neither


def test_an_agency_s_register_has_its_own_and_no_counts(journey):
    journey.raised(to=[journey.to("millbrook-school")], title="For the school")
    journey.raised(title="For the council")
    page = journey.browser("school").client.get("/recommendations/").text
    assert "For the school" in page
    assert "For the council" not in page
    assert "Is everything entered?" not in page


def test_a_front_door_worker_has_no_register(journey):
    answer = journey.browser("worker").client.get("/recommendations/")
    assert answer.status_code == 403
    assert "for those who run, govern or scrutinise the partnership" in answer.text


def test_the_chain_leads_from_finding_to_recommendation_and_back(journey):
    document = journey.document()
    case = journey.raised(source=document)
    other = journey.raised(source=journey.document(title="Panel 2022"), title="The panel said so too")
    sent(journey, "hub", case, "link_duplicate", same_as=other.reference)
    browser = journey.browser("hub")
    assert page_of(document) in browser.case(case).text
    assert page_of(case) in browser.case(document).text
    assert page_of(other) in browser.case(case).text
    assert page_of(case) in browser.case(other).text
    assert "counted separately" in browser.case(other).text


def test_the_chain_leads_to_the_measure_s_own_page(journey):
    case = raised_from_figure(journey)
    assert f'href="/scorecard/{QUORACY}/"' in journey.browser("hub").case(case).text


def test_a_partner_who_is_not_addressed_is_not_asked_and_told_who_signs(journey):
    case = journey.asked()
    browser = journey.browser("police_chief")
    assert "/do/sign/" not in browser.case(case).text
    refused = browser.step(case, "sign")
    assert refused.status_code == 403
    assert "It is signed by: Council." in refused.text


def test_whoever_has_signed_is_not_asked_again(journey):
    case = journey.asked(to=[{"to": "partnership"}])
    browser = journey.browser("council_chief")
    assert "/do/sign/" in browser.case(case).text
    sent(journey, "council_chief", case, "sign")
    assert "/do/sign/" not in browser.case(case).text
    assert "It is already signed for: Council." in browser.step(case, "sign").text
    assert "/do/sign/" in journey.browser("nhs_chief").case(case).text


def test_the_words_of_the_source_are_nobody_s_to_correct(journey):
    case = journey.raised()
    page = journey.browser("hub").client.get(f"/cases/{case.pk}/timeline/1/correct/")
    assert "paragraph" in form_of(page)[1]
    assert "exact_words" not in form_of(page)[1]


def test_nobody_reads_that_anything_is_complete(journey):
    journey.closed()
    journey.reviewed()
    browser = journey.browser("hub")
    page = browser.client.get("/recommendations/").text.lower()
    assert "complete" not in page.split("<main")[1].split("</main>")[0]


def test_a_document_s_day_is_not_in_the_future(journey):
    browser = journey.browser("hub")
    page = browser.client.get("/start/source-document/")
    tomorrow = boxes("published_on", calendar.today() + timedelta(days=1))
    told = {"title": "Review", "kind": "review", "publisher": "The panel", **tomorrow}
    assert "The day must be today or in the past" in browser.send(page, **told).text
    told |= boxes("published_on", date(2024, 2, 1))
    told |= {"expected-0-to": "partnership", "expected-0-count": "4"}
    assert "4 expected, 0 entered" in browser.send(page, **told).text
