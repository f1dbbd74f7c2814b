"""From a concern to an endorsed decision, through the pages: nothing typed is lost, and every refusal says why."""

from datetime import date

import pytest

from tests.journey import CHILD, STEP_BACK, Journey, form_of, page_of

POLICE = "ardenvale-police"


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


def stage(journey, case):
    return journey.now(case).stage


@pytest.mark.parametrize(
    ("who", "step"),
    [
        ("worker", "add_information"),
        ("worker", "ask_agencies"),
        ("worker", "propose"),
        ("worker", "hold_strategy_now"),
        ("worker", "raise_priority"),
        ("worker", "propose_lower_priority"),
        ("worker", "route_to_known_worker"),
        ("manager", "allocate"),
    ],
)
def test_every_step_of_a_contact_with_a_priority_has_its_page(who, step, journey):
    answer = journey.browser(who).step(journey.logged(), step)
    assert answer.status_code == 200
    assert "Maya DUNNE" in answer.text
    assert 'name="idempotency_key"' in answer.text
    assert 'name="version"' in answer.text
    assert "Save draft" in answer.text


def test_a_step_that_is_not_declared_or_opens_the_case_has_no_page(journey):
    contact, browser = journey.contact(), journey.browser("worker")
    assert browser.step(contact, "no_such_step").status_code == 404
    assert browser.step(contact, "tell").status_code == 404


def test_logging_asks_who_each_person_is_with_nothing_chosen_beforehand(journey):
    contact, browser = journey.contact(), journey.browser("officer")
    page = browser.step(contact, "log")
    assert "No one matches. We will make a new record." in page.text
    refused = browser.send(page, source="2A")
    assert "Say whether Maya Dunne is already known" in refused.text
    assert refused.text.count("Say whether Maya Dunne is already known") == 2, "summary and inline, same words"
    assert "<title>Error: Log this contact" in refused.text
    done = browser.send(refused, identified__0__is_person="new", identified__1__is_person="new")
    assert "Logged the contact at" in done.text
    assert stage(journey, contact) == "logged"


def test_a_child_already_known_is_shown_on_a_card_in_words_and_never_as_a_percentage(journey):
    first = journey.logged()
    again, browser = journey.contact(people=[{**CHILD, "family_name": "Dunn"}]), journey.browser("officer")
    page = browser.step(again, "log")
    assert "Maya DUNNE" in page.text
    assert "Very close" in page.text
    assert "%" not in page.text.split("app-matches")[1].split("</ul>")[0]
    assert "None of these: make a new record" in page.text
    assert "Not sure: make a new record and ask the records team" in page.text
    with journey.acting(journey.world.officer):
        known = first.subjects.get(kind="child").person_id
    browser.send(page, identified__0__is_person=str(known))
    with journey.acting(journey.world.officer):
        assert again.subjects.get().person_id == known


def test_only_somebody_who_was_offered_can_be_chosen(journey):
    contact, browser = journey.contact(), journey.browser("officer")
    page = browser.step(contact, "log")
    stranger = "11111111-1111-4111-8111-111111111111"
    refused = browser.send(page, source="2A", identified__0__is_person=stranger, identified__1__is_person="new")
    assert "There is a problem" in refused.text
    assert stage(journey, contact) == "new"


def test_agencies_are_asked_with_another_row_added_without_javascript(journey, world):
    contact, browser = journey.logged(), journey.browser("worker")
    page = browser.step(contact, "ask_agencies")
    more = browser.send(page, "add:agencies", agencies__0__agency=str(world.agency(POLICE).pk))
    assert "There is a problem" not in more.text
    assert form_of(more)[1]["agencies-TOTAL_FORMS"] == "2"
    done = browser.send(more, agencies__1__agency=str(world.agency("ardenvale-icb").pk))
    assert "Asked agencies what they know at" in done.text
    assert "Ardenvale Police" in done.text


def test_the_decision_names_the_child_shows_history_and_lists_who_has_not_replied(journey):
    earlier = journey.logged()
    journey.take(earlier, "worker", "propose", **STEP_BACK)
    journey.take(earlier, "officer", "add_information", source="1A", agreement="refused")
    with journey.acting(journey.world.officer):
        known = earlier.subjects.get(kind="child").person_id
    contact = journey.contact()
    with journey.acting(journey.world.officer):
        rows = [{"subject": s.pk, "is_person": str(known) if s.is_child else "new"} for s in contact.subjects.all()]
    journey.take(contact, "officer", "log", source="2A", identified=rows)
    page = journey.browser("worker").step(contact, "propose").text
    assert "1 earlier contact in 24 months: 1 no further action." in page
    assert "From the family themselves: 1. Help was refused in 1." in page
    assert "Propose this decision for Maya Dunne" in page
    assert "“I don&#39;t like Saturdays”" in page
    radios = [part.split(">")[0] for part in page.split('type="radio"')[1:]]
    assert not [radio for radio in radios if 'name="decision"' in radio and "checked" in radio]


def test_a_protective_decision_goes_ahead_with_everything_else_blank(journey):
    contact, browser = journey.logged(), journey.browser("worker")
    done = browser.send(browser.step(contact, "propose"), decision="assessment")
    assert "You can add the rest later: " in done.text
    assert "things are still to do" in done.text
    assert "Still to do" in done.text
    assert stage(journey, contact) == "decision_proposed"


def test_stepping_back_lists_every_missing_answer_and_keeps_what_was_written(journey):
    contact, browser = journey.logged(), journey.browser("worker")
    refused = browser.send(browser.step(contact, "propose"), decision="nfa", rationale="Seen and explained")
    for said in ("Say what the history tells you", "Say what life is like for this child"):
        assert refused.text.count(said) == 2, said
    assert "Seen and explained" in refused.text
    assert stage(journey, contact) == "priority_set"


def test_a_date_that_cannot_be_read_is_refused_in_the_words_of_the_page(journey):
    contact, browser = journey.logged(), journey.browser("worker")
    page = browser.step(contact, "add_information")
    refused = browser.send(page, **{"incident_on-day": "31", "incident_on-month": "2", "incident_on-year": "2026"})
    assert "There is a problem" in refused.text
    assert 'value="31"' in refused.text


def test_unmet_conditions_are_sentences_and_a_manager_may_override_one(journey):
    contact, browser = journey.asked(POLICE), journey.browser("worker")
    page = browser.step(contact, "propose")
    refused = browser.send(page, **{**STEP_BACK, "voice_effect": ""})
    assert "Ardenvale Police has not replied" in refused.text
    assert "how the child&#39;s view affected this" in refused.text.replace("’", "&#39;")
    assert "Ask a manager to override" in refused.text
    assert "Settled at home" in refused.text
    asked = browser.send(refused, ask="agencies-answered")
    assert "Asked. Your draft is saved." in asked.text
    assert "Priya Shah" in asked.text
    manager = journey.browser("manager")
    assert "Override a condition" in manager.case(contact).text
    form = manager.case(contact, "do", "propose", "override")
    assert "Say why this may go ahead" in manager.send(form, gate="agencies-answered").text
    done = manager.send(form, gate="agencies-answered", reason="Police systems are down")
    assert "Condition overridden" in done.text
    again = browser.step(contact, "propose")
    assert "This is your draft" in again.text
    assert "Overrode a condition" in again.text
    assert "Settled at home" in again.text
    assert "Proposed a decision at" in browser.send(again, voice_effect="Heard alone").text


def test_a_worker_cannot_override_and_is_told_who_can(journey):
    answer = journey.browser("worker").case(journey.logged(), "do", "propose", "override")
    assert answer.status_code == 403
    assert "Priya Shah" in answer.text


def test_deciding_without_an_agency_needs_a_reason_on_the_page(journey):
    contact, browser = journey.asked(POLICE), journey.browser("worker")
    done = browser.send(browser.step(contact, "propose"), **STEP_BACK, without_agencies="Police rang: nothing held")
    assert "Proposed a decision at" in done.text


def test_whoever_proposed_is_told_why_not_and_who_can(journey):
    contact = journey.logged()
    journey.take(contact, "manager", "propose", **STEP_BACK)
    answer = journey.browser("manager").step(contact, "endorse")
    assert answer.status_code == 403
    assert "You cannot endorse this decision" in answer.text
    assert "You proposed it" in answer.text
    assert "Edda Marsh or Tom Reid can do it" in answer.text


def test_endorsing_shows_the_proposal_has_a_check_page_and_names_the_child(journey):
    contact, browser = journey.logged(), journey.browser("manager")
    journey.take(contact, "worker", "propose", **STEP_BACK)
    page = browser.step(contact, "endorse")
    assert "Endorse this decision?" in page.text
    assert "Settled at home" in page.text
    for instead in ("return_with_question", "change_to_more_protective"):
        assert page_of(contact, "do", instead) in page.text
    check = browser.send(page, endorsement="Agreed")
    assert "Check before you go on" in check.text
    assert "Endorse this decision for Maya Dunne" in check.text
    assert "Agreed" in check.text
    assert stage(journey, contact) == "decision_proposed", "nothing is done until it is checked"
    done = browser.send(check)
    assert "Endorsed the decision at" in done.text
    assert stage(journey, contact) == "endorsed"


def test_a_more_protective_decision_is_never_held_up_by_a_check(journey):
    contact, browser = journey.logged(), journey.browser("manager")
    journey.take(contact, "worker", "propose", **STEP_BACK)
    page = browser.step(contact, "change_to_more_protective")
    assert "No further action</label>" not in page.text.replace("\n", "").replace("  ", "")
    done = browser.send(page, decision="assessment")
    assert "Changed the decision to a more protective one at" in done.text


def test_a_question_sends_the_decision_back(journey):
    contact, browser = journey.logged(), journey.browser("manager")
    journey.take(contact, "worker", "propose", **STEP_BACK)
    assert "Say what you want answered" in browser.send(browser.step(contact, "return_with_question")).text
    browser.send(browser.step(contact, "return_with_question"), question="Who saw her alone?")
    assert stage(journey, contact) == "being_checked"


def test_the_referrer_is_told_and_the_contact_closed_after_a_check(journey):
    contact, browser = journey.logged(), journey.browser("worker")
    journey.take(contact, "worker", "propose", **STEP_BACK)
    journey.take(contact, "manager", "endorse")
    page = browser.step(contact, "tell_referrer")
    assert "Select why there is no route to reply" in browser.send(page, told_route="no-route").text
    assert "Told the referrer at" in browser.send(page, told_route="phone", told_outcome="nfa").text
    check = browser.send(browser.step(contact, "close"), handed_to="School, with advice")
    assert "It ends this contact" in check.text
    closed = browser.send(check)
    assert "Nothing can be added except a correction" in closed.text


def test_the_same_form_sent_twice_is_recorded_once(journey):
    contact, browser = journey.logged(), journey.browser("worker")
    page = browser.step(contact, "raise_priority")
    assert "Raised the priority at" in browser.send(page, rag="red").text
    assert "Already recorded at" in browser.send(page, rag="red").text
    with journey.acting(journey.world.worker):
        assert contact.steps.filter(step="raise_priority").count() == 1


def test_a_change_meanwhile_shows_both_and_mine_goes_on_top(journey):
    contact, browser = journey.logged(), journey.browser("worker")
    page = browser.step(contact, "propose")
    journey.take(contact, "second_worker", "add_information", opinion="Something new")
    conflict = browser.send(page, **STEP_BACK)
    assert conflict.status_code == 409
    assert "Someone changed this while you were working" in conflict.text
    assert "What changed" in conflict.text
    assert "Added to what was told" in conflict.text
    assert "by Ivo Brand" in conflict.text
    assert "Settled at home" in conflict.text
    done = browser.send(conflict, lived_experience="Settled at home, seen today")
    assert "Proposed a decision at" in done.text
    assert journey.record(contact).lived_experience == "Settled at home, seen today"


def test_a_protective_step_never_conflicts(journey):
    contact, browser = journey.logged(), journey.browser("worker")
    page = browser.step(contact, "raise_priority")
    journey.take(contact, "second_worker", "add_information", opinion="Something new")
    assert "Raised the priority at" in browser.send(page, rag="red").text


def test_a_draft_is_kept_for_its_writer_and_its_existence_shown_to_the_team(journey):
    contact, browser = journey.logged(), journey.browser("worker")
    saved = browser.send(browser.step(contact, "propose"), "draft", lived_experience="Half a sentence")
    assert "Draft saved" in saved.text
    assert "Half a sentence" in saved.text
    seen = journey.browser("second_worker").case(contact).text
    assert "Kay Obi has an unfinished draft" in seen
    assert "Half a sentence" not in seen
    assert "Half a sentence" not in journey.browser("second_worker").step(contact, "propose").text
    assert "unfinished draft" not in journey.browser("school").case(contact).text
    browser.send(browser.step(contact, "propose"), decision="assessment")
    assert "unfinished draft" not in browser.case(contact).text


def test_what_was_typed_is_kept_as_a_draft_when_the_step_is_refused(journey):
    contact, browser = journey.logged(), journey.browser("worker")
    browser.send(browser.step(contact, "propose"), decision="nfa", rationale="Long and careful")
    assert "Long and careful" in browser.step(contact, "propose").text


def test_typing_is_saved_while_it_is_typed(journey):
    contact, browser = journey.logged(), journey.browser("worker")
    _, fields = form_of(browser.step(contact, "propose"))
    answer = browser.client.post(f"/cases/{contact.pk}/do/propose/draft", {**fields, "rationale": "Being written"})
    assert answer.json()["saved"]
    assert "Being written" in browser.step(contact, "propose").text
    assert browser.client.get(f"/cases/{contact.pk}/do/propose/draft").status_code == 405


def test_every_other_child_is_asked_about_by_name_before_stepping_back(journey, world, acting):
    from sightline.people.models import Person, PersonName, Relationship

    contact, browser = journey.logged(), journey.browser("worker")
    with acting(world.worker):
        mother = contact.subjects.get(kind="adult").person
        brother = Person.objects.create(kind="child", partnership=world.partnership, date_of_birth=date(2015, 1, 1))
        PersonName.objects.create(person=brother, given_names="Ayaan", family_name="Khan", kind="current")
        Relationship.objects.create(person_a=mother, person_b=brother, type="mother")
    refused = browser.send(browser.step(contact, "propose"), **STEP_BACK)
    wanted = "Say what happens for Ayaan Khan: included, own record or not affected"
    assert refused.text.count(wanted) == 2
    done = browser.send(refused, decision="nfa", **{"other_children-0-disposition": "included"})
    assert "Proposed a decision at" in done.text
    assert "Included here" in browser.case(contact).text or "included here" in browser.case(contact).text


def test_an_answer_is_corrected_and_both_values_stay_on_the_timeline(journey):
    contact, browser = journey.contact(place="The park"), journey.browser("worker")
    journey.logged(contact)
    page = browser.client.get(f"/cases/{contact.pk}/timeline/1/correct/")
    assert "The park" in page.text
    assert "Nothing is different" in browser.send(page, reason="Wrong place").text
    assert "Say why this is being corrected" in browser.send(page, place="The playground").text
    done = browser.send(page, place="The playground", reason="Wrong place")
    assert "Both values are kept on the timeline" in done.text
    assert "The park, now The playground" in browser.client.get(f"/cases/{contact.pk}/timeline").text


def test_an_agency_replies_that_nothing_is_held_after_saying_who_searched(journey):
    contact, browser = journey.asked(POLICE), journey.browser("police")
    enquiry = journey.enquiry(contact, POLICE)
    page = browser.step(enquiry, "reply_nothing_held")
    assert "You searched your records for everyone named here and found nothing" in page.text
    assert "Enter the name of the person who searched your records" in browser.send(page).text
    check = browser.send(page, searched_by="Rae Cox")
    assert "Reply that nothing is held about Maya Dunne" in check.text
    assert "Searched and found nothing held at" in browser.send(check).text
    assert "Nothing held" in journey.browser("worker").case(contact).text


def test_an_agency_replies_without_a_check_because_replying_protects(journey):
    contact, browser = journey.asked(POLICE), journey.browser("police")
    enquiry = journey.enquiry(contact, POLICE)
    answers = {"information": "Two call-outs", "sensitivity": "core", "view_of_risk": "some"}
    assert "Replied at" in browser.send(browser.step(enquiry, "reply"), **answers).text
    assert "Two call-outs" in journey.browser("worker").case(contact).text


def test_several_worries_can_be_chosen_and_none_is_lost(journey):
    contact, browser = journey.contact(), journey.browser("officer")
    page = browser.step(contact, "log")
    people = {f"identified-{n}-is_person": "new" for n in range(2)}
    browser.send(page, source="2A", concerns=["neglect", "physical"], **people)
    assert journey.record(contact).concerns == ["neglect", "physical"]


def test_an_asked_agency_reads_when_it_was_asked_why_it_may_answer_and_what_else_it_may_do(journey):
    contact = journey.asked(POLICE)
    page = journey.browser("police").step(journey.enquiry(contact, POLICE), "reply").text
    assert "Lawful basis for sharing: public task" in page
    for other in ("Reply that nothing is held", "Refuse to share", "Say that we are not the right people"):
        assert other in page, other
