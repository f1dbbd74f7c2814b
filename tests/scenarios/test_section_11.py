"""Section 11 through the pages: asked, answered, refused, signed, sent, clarified, moderated, mapped and taken away."""

import html
import re
from datetime import timedelta

import pytest
from contacts import signed_in
from django.core.files.uploadedfile import SimpleUploadedFile
from independent import purpose_said
from section_11 import (
    a_cycle,
    add_thornmere,
    add_worker,
    answer_all,
    home,
    question,
    return_of,
    send,
    sign_and_send,
)

from sightline.engine.models import CaseStep
from sightline.instruments.models import Answer, Moderation
from sightline.platform import calendar
from sightline.platform.audit.models import AuditRow
from sightline.web.models import Draft
from tests import files
from tests.journey import form_of

DAY = calendar.today() - timedelta(days=60)
EVIDENCE = {
    "item_evidence-TOTAL_FORMS": "1",
    "item_evidence-INITIAL_FORMS": "0",
    "item_evidence-0-kind": "voice",
    "item_evidence-0-grade": "outcome",
    "item_evidence-0-says": "Eight young people said that they were listened to",
    "item_evidence-0-dated_on-day": str(DAY.day),
    "item_evidence-0-dated_on-month": str(DAY.month),
    "item_evidence-0-dated_on-year": str(DAY.year),
    "item_evidence-0-where": "Report of the youth panel",
}


@pytest.fixture
def cycle(world, acting):
    return a_cycle(world, acting, "ardenvale-council", "ardenvale-police", "ardenvale-icb")


@pytest.fixture
def police(world, acting, cycle):
    return return_of(world, acting, cycle, "ardenvale-police")


def text_of(page) -> str:
    """The words of the page's main part, spaces as one."""
    main = re.search(r"<main.*?</main>", page.content.decode(), re.S)
    said = re.sub(r"<[^>]+>", " ", main.group(0) if main else page.content.decode())
    return re.sub(r"\s+", " ", said.replace("&#39;", "'").replace("&#34;", '"'))


def test_the_hub_starts_a_cycle_and_asks_the_agencies_of_the_register(world):
    hub = signed_in(world, "hub")
    opens, closes = calendar.today(), calendar.today() + timedelta(weeks=9)
    days = {
        f"{name}-{part}": str(getattr(day, part))
        for name, day in (("opens_on", opens), ("closes_on", closes))
        for part in ("day", "month", "year")
    }
    sent = send(hub, "/start/section-11-cycle/", title="Section 11 2026", **days)
    assert sent.status_code == 302, text_of(sent)
    page = hub.get("/section-11/")
    assert "Section 11 2026" in text_of(page)
    address = re.search(r'href="(/section-11/[0-9a-f-]{36}/)"', page.content.decode()).group(1)
    assert "Nobody is asked yet" in text_of(hub.get(address))
    step = address.replace("/section-11/", "/cases/") + "do/issue/"
    form = hub.get(step)
    shown = text_of(form)
    assert "Ardenvale Police" in shown
    assert "The chief officer of police: section 11(1)" in shown
    assert "Millbrook School" not in shown
    rows = re.findall(r'name="(bodies-\d+)-body" value="([0-9a-f-]+)"', form.content.decode())
    assert len(rows) == 3
    answers = {"bodies-TOTAL_FORMS": "3", "bodies-INITIAL_FORMS": "3"}
    for prefix, body in rows:
        answers |= {f"{prefix}-body": body, f"{prefix}-invited": "yes"}
    answers["bodies-1-invited"] = "no"
    refused = send(hub, step, version="1", **answers)
    assert "is bound by section 11: say why it is not asked" in text_of(refused)
    answers["bodies-1-reason"] = "Answered in the national return this year"
    done = send(hub, step, version="1", **answers)
    assert done.url == address
    shown = text_of(hub.get(address))
    assert "0 of 2 sent" in shown
    assert "Answered in the national return this year" in shown
    assert "Schools and colleges are not section 11 bodies" in shown


def test_a_return_starts_empty_and_is_answered_question_by_question(world, police):
    lead = signed_in(world, "police_lead")
    page = text_of(lead.get(home(police)))
    assert "Not started. It takes about 3 hours; you can stop at any time." in page
    assert page.count("Not yet started") == 13
    saved = send(lead, question(police, "1.1"), score="2", difference="Staff can say who answers to whom")
    assert saved.url == question(police, "1.2")
    assert "1.1 saved at" in text_of(lead.get(saved.url))
    page = text_of(lead.get(home(police)))
    assert "1 of 27 questions answered" in page
    assert "You: 2 · Evidence: none In progress" in page
    for colour in ("red", "amber", "green"):
        assert not re.search(rf"\b{colour}\b", text_of(lead.get(question(police, "1.1"))).lower())


def test_what_is_typed_is_kept_as_a_draft_and_not_in_the_audit(world, police, acting):
    lead = signed_in(world, "police_lead")
    before = AuditRow.objects.filter(action="step").count()
    assert lead.post(f"{question(police, '4.2')}draft", {"difference": "Half a sent"}).json()["saved"]
    send(lead, question(police, "4.2"), score="3", difference="Half a sentence", draft="1")
    assert AuditRow.objects.filter(action="step").count() == before
    with acting(world.police_lead):
        assert Draft.objects.get().step == "answer/4.2"
    assert "Half a sentence" in lead.get(question(police, "4.2")).content.decode()
    assert "In progress" in text_of(lead.get(home(police)))


def test_a_three_without_evidence_is_refused_and_nothing_typed_is_lost(world, police, acting):
    lead = signed_in(world, "police_lead")
    refused = send(lead, question(police, "4.2"), score="3", difference="A survey of staff")
    shown = text_of(refused)
    assert "3 Met and evidenced needs evidence dated in the last 24 months" in shown
    assert "A survey of staff" in refused.content.decode()
    assert "<title>Error: 4.2" in refused.content.decode()
    saved = send(lead, question(police, "4.2"), score="3", difference="A survey of staff", **EVIDENCE)
    assert saved.status_code == 302
    assert "You: 3 · Evidence: 1" in text_of(lead.get(home(police)))
    with acting(world.police_lead):
        assert Answer.objects.get(case=police).difference == "A survey of staff"


def test_not_applicable_without_a_reason_is_refused(world, police):
    lead = signed_in(world, "police_lead")
    assert "Say why it does not apply to you" in text_of(send(lead, question(police, "12.1"), score="na"))
    send(lead, question(police, "12.1"), score="na", reason="We commission nothing for children")
    assert "This question does not apply" in text_of(lead.get(question(police, "12.2")))


def test_two_people_answering_the_same_question_both_keep_their_words(world, police, acting):
    add_worker(world, "second_lead", "Ida Both", "ardenvale-police", "agency-lead")
    first, second = signed_in(world, "police_lead"), signed_in(world, "second_lead")
    send(first, question(police, "1.1"), score="1", difference="First", answer_version="0")
    meanwhile = send(second, question(police, "1.1"), score="2", difference="Second", answer_version="0")
    assert meanwhile.status_code == 409
    assert "Someone answered this while you were writing: 1 Planned. First" in text_of(meanwhile)
    assert "Second" in meanwhile.content.decode()
    assert send(second, question(police, "1.1"), score="2", difference="Second", answer_version="1").status_code == 302
    with acting(world.police_lead):
        assert list(Answer.objects.filter(case=police).values_list("difference", flat=True)) == ["First", "Second"]


def test_the_same_person_cannot_sign_and_is_told_who_can(world, police, acting):
    both = add_worker(world, "both", "Ida Both", "ardenvale-police", "agency-lead", "agency-signatory")
    answer_all(police, both, acting)
    client = signed_in(world, "both")
    assert "You answered this, so someone else has to sign it: Art Voss." in text_of(client.get(home(police)))
    for refused in (client.get(f"{home(police)}sign/"), send(client, f"{home(police)}sign/")):
        assert refused.status_code == 403
        assert "You answered this, so someone else has to sign it: Art Voss." in text_of(refused)
    assert not CaseStep.objects.filter(step="sign_off").exists()


def test_a_return_is_signed_by_a_second_person_sent_and_then_stays(world, police, acting):
    answer_all(police, world.police_lead, acting, {"3.1": 3})
    signatory, lead = signed_in(world, "police_signatory"), signed_in(world, "police_lead")
    assert lead.get(f"{home(police)}sign/").status_code == 403
    page = text_of(signatory.get(f"{home(police)}sign/"))
    assert "3 Met and evidenced" in page
    assert "Eight young people said that they were listened to" in page
    assert send(signatory, f"{home(police)}sign/", statement="").url == home(police)
    assert send(lead, f"/cases/{police.pk}/do/submit/").url == home(police)
    late = send(lead, question(police, "1.1"), score="3", **EVIDENCE)
    assert late.status_code == 403
    assert "at the stage 'sent'" in text_of(late)
    assert "Answer 2 Partly" in text_of(lead.get(question(police, "1.1")))


def test_a_clarification_keeps_both_versions_in_sight(world, police, acting):
    answer_all(police, world.police_lead, acting)
    sign_and_send(police, world.police_lead, world.police_signatory, acting)
    moderator, lead = signed_in(world, "moderator"), signed_in(world, "police_lead")
    send(moderator, f"/cases/{police.pk}/do/ask_to_clarify/", clarification="1.1: which board was it?")
    assert "1.1: which board was it?" in text_of(lead.get(home(police)))
    send(lead, question(police, "1.1"), score="1", difference="The board of 2025")
    signatory = signed_in(world, "police_signatory")
    send(signatory, f"/cases/{police.pk}/do/send_clarified/", clarified="Which board")
    shown = text_of(moderator.get(question(police, "1.1")))
    assert "1 Planned The board of 2025" in shown
    assert "2 Partly (earlier version)" in shown
    assert "Self: 1 Planned (before clarification: 2 Partly)" in text_of(moderator.get(f"{home(police)}moderate/1/"))


def test_the_moderator_s_score_stands_beside_the_agency_s(world, police, acting):
    answer_all(police, world.police_lead, acting, {"3.1": 3})
    sign_and_send(police, world.police_lead, world.police_signatory, acting)
    moderator = signed_in(world, "moderator")
    address = f"{home(police)}moderate/3/"
    assert "Self: 3 Met and evidenced" in text_of(moderator.get(address))
    scores = {"q3-1-score": "2", "q3-2-score": "2"}
    refused = send(moderator, address, **scores)
    assert "Give the reason where your score differs from theirs" in text_of(refused)
    assert send(moderator, address, **scores, **{"q3-1-reason": "One panel only"}).url == f"{home(police)}moderate/4/"
    assert "Self: 3 Met and evidenced · Difference -1" in text_of(moderator.get(address))
    with acting(world.moderator):
        assert Moderation.objects.get(item="3.1").reason == "One panel only"
    assert signed_in(world, "police_lead").get(address).status_code == 403


def test_another_agency_and_a_school_find_nothing(world, police, cycle):
    for who in ("council_lead", "school", "health"):
        client = signed_in(world, who)
        for address in (
            home(police),
            question(police, "1.1"),
            f"{home(police)}answers/take/",
            f"/section-11/{cycle.pk}/",
        ):
            assert client.get(address).status_code == 404, (who, address)
    assert "Nothing is asked of your agency" in text_of(signed_in(world, "school").get("/section-11/"))


def test_the_police_answer_regional_questions_once_for_both_partnerships(world, police, acting):
    thornmere = add_thornmere(world)
    cycle = a_cycle(world, acting, "ardenvale-police", partnership=thornmere)
    there = return_of(world, acting, cycle, "ardenvale-police")
    answer_all(police, world.police_lead, acting, {"3.2": 3})
    lead = signed_in(world, "police_lead")
    page = text_of(lead.get(home(there)))
    assert "You have answered 21 regional questions for Ardenvale Safeguarding Children Partnership" in page
    assert "Questions 2.3, 5.1, 5.2, 6.2, 11.2, N.1 and N.2 are about Thornmere Children's Partnership alone" in page
    send(lead, f"{home(there)}shared/")
    page = text_of(lead.get(home(there)))
    assert "21 of 28 questions answered" in page
    assert "Use the answers you gave" not in page
    shown = text_of(lead.get(f"{home(there)}read/"))
    assert f"From the return for Ardenvale Safeguarding Children Partnership, {police.reference}" in shown
    hub = signed_in(world, "hub")
    assert hub.get(home(there)).status_code == 200


def test_the_cycle_page_names_who_is_late_and_for_how_long_it_has_been_so(world, acting):
    then = calendar.today() - timedelta(days=720)
    with calendar.frozen(then):
        a_cycle(world, acting, "ardenvale-police", "ardenvale-council", title="Section 11 2024", opens_on=then)
    opened = calendar.today() - timedelta(weeks=10)
    with calendar.frozen(opened):
        cycle = a_cycle(world, acting, "ardenvale-police", "ardenvale-icb", opens_on=opened)
    shown = text_of(signed_in(world, "hub").get(f"/section-11/{cycle.pk}/"))
    assert "0 of 2 sent , 2 late" in shown
    assert "Ardenvale Police Invited Late by 7 days" in shown
    assert "Late in 2 cycles in a row" in shown
    assert "Not late last time" in shown
    purpose_said(world, cycle)
    read = text_of(signed_in(world, "scrutineer").get(f"/section-11/{cycle.pk}/"))
    assert "0 of 2 sent , 2 late" in read
    assert "Late by" not in read
    assert "Ardenvale Police Invited Not sent yet" in read


def test_a_file_is_attached_to_the_evidence_of_an_answer_and_one_comes_back_to_the_question(
    world, police, settings, tmp_path
):
    settings.SIGHTLINE_HOME = tmp_path
    lead = signed_in(world, "police_lead")
    send(lead, question(police, "1.1"), score="2", difference="Staff can say who answers to whom", **EVIDENCE)
    (address,) = re.findall(r'href="([^"]+files/add[^"]+)"', lead.get(question(police, "1.1")).text)
    page = lead.get(html.unescape(address))
    assert "For the evidence: Eight young people said that they were listened to" in text_of(page)
    _, fields = form_of(page)
    upload = SimpleUploadedFile("panel.pdf", files.pdf())
    after = lead.post(html.unescape(address), {**fields, "file": upload}, follow=True)
    assert after.request["PATH_INFO"] == question(police, "1.1")
    assert "panel.pdf is attached." in text_of(after)
    assert re.search(r'<a class="govuk-link" href="[^"]+/files/[^"]+">panel.pdf</a>', after.text)
