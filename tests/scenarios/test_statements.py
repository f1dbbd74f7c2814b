"""A position statement: put together, signed by three different people on one content, published, taken away."""

import re
from contextlib import nullcontext
from io import BytesIO

import pytest
from pypdf import PdfReader

from sightline.cli import database
from sightline.cli.main import main
from sightline.engine.models import Case
from sightline.platform.audit.models import AuditRow
from tests.independent import purpose_said
from tests.journey import Journey

WORDS = {
    "publication": "position-statement",
    "name": "Position statement, autumn 2026",
    "introduction": "What inspectors asked of us, and what has changed.\n\nWe say plainly what has not.",
    "assurance": "We are not yet assured that meetings are held on time.",
}
SIGNERS = ("council_chief", "police_chief", "nhs_chief")


@pytest.fixture
def journey(world, acting):
    return Journey(world, acting)


def put_together(journey, **changed):
    browser = journey.browser("hub")
    page = browser.send(browser.client.get("/start/statement/"), **{**WORDS, **changed})
    assert page.status_code == 200, page.text
    with journey.acting(journey.world.hub):
        return Case.visible_to(journey.world.hub).get(process="statement")


def offered(journey):
    case = put_together(journey)
    browser = journey.browser("hub")
    browser.send(browser.step(case, "offer"))
    return case


def sign(journey, case, who):
    browser = journey.browser(who)
    return browser.send(browser.step(case, "sign"), has_read="True")


def read(journey, case, who="hub"):
    return journey.browser(who).client.get(f"/statements/{case.pk}/").text


def signed_by_all(journey):
    case = offered(journey)
    for who in SIGNERS:
        sign(journey, case, who)
    return case


def test_it_is_put_together_from_the_records_with_the_editor_s_own_words(journey):
    page = read(journey, put_together(journey))
    assert "We say plainly what has not." in page
    assert "1. Introduction" in page
    assert "No recommendation has been entered." in page
    assert "Draft, edition 1" in page


def test_it_goes_to_be_signed_only_when_it_says_what_the_partners_conclude(journey):
    case = put_together(journey, assurance="")
    refused = journey.browser("hub").step(case, "offer")
    assert refused.status_code == 403
    assert "It does not say yet: what the partners conclude." in refused.text


def test_three_different_partners_sign_and_the_hub_publishes(journey):
    case = signed_by_all(journey)
    page = read(journey, case)
    for name in ("Bea Wold for Ardenvale Council", "Ken Ivory for Ardenvale Police", "Sal Munro for NHS Ardenvale"):
        assert f"Signed by {name}" in page
    browser = journey.browser("hub")
    browser.send(browser.step(case, "publish"))
    assert re.search(r"Published \d+ \w+ 20\d\d, edition 1", read(journey, case))


def test_it_is_not_published_while_a_partner_has_not_signed(journey):
    case = offered(journey)
    sign(journey, case, "council_chief")
    sign(journey, case, "police_chief")
    refused = journey.browser("hub").step(case, "publish")
    assert refused.status_code == 403
    assert "Not yet signed by: the NHS." in refused.text


def test_a_second_person_of_the_same_partner_cannot_sign_again(journey):
    case = offered(journey)
    sign(journey, case, "council_chief")
    assert "It is already signed for the council." in sign(journey, case, "council_partner").text
    assert "Signed by Hel Stur" not in read(journey, case)


def test_a_signature_needs_the_signer_to_say_that_it_was_read(journey):
    case = offered(journey)
    browser = journey.browser("nhs_chief")
    refused = browser.send(browser.step(case, "sign"))
    assert "Confirm that you have read this edition" in refused.text
    assert "Signed by Sal Munro" not in read(journey, case)


def test_any_edit_cancels_every_signature(journey):
    case = offered(journey)
    sign(journey, case, "council_chief")
    sign(journey, case, "police_chief")
    browser = journey.browser("hub")
    browser.send(browser.step(case, "rewrite"), introduction="Something else altogether.")
    page = read(journey, case)
    assert "Draft, edition 2" in page
    assert "Signed by" not in page
    browser.send(browser.step(case, "offer"))
    sign(journey, case, "nhs_chief")
    assert "Not yet signed by: the council, the police." in browser.step(case, "publish").text


def test_an_earlier_edition_stays_readable_with_who_signed_it(journey):
    case = offered(journey)
    sign(journey, case, "council_chief")
    browser = journey.browser("hub")
    browser.send(browser.step(case, "rewrite"), introduction="Something else altogether.")
    earlier = browser.client.get(f"/statements/{case.pk}/editions/1/").text
    assert "We say plainly what has not." in earlier
    assert "Signed by Bea Wold" in earlier
    assert "since replaced" in earlier


def test_a_partner_who_had_it_open_while_it_was_edited_does_not_sign_what_they_have_not_read(journey):
    case = offered(journey)
    partner, hub = journey.browser("nhs_chief"), journey.browser("hub")
    opened = partner.step(case, "sign")
    hub.send(hub.step(case, "rewrite"), introduction="Something else altogether.")
    hub.send(hub.step(case, "offer"))
    partner.send(opened, has_read="True")
    assert "Signed by Sal Munro" not in read(journey, case)


def test_a_partner_who_does_not_sign_says_why_and_it_goes_back(journey):
    case = offered(journey)
    browser = journey.browser("police_chief")
    browser.send(browser.step(case, "refuse"), refusal="It claims more than the evidence shows")
    page = journey.browser("hub").case(case).text
    assert "It claims more than the evidence shows" in page
    assert "Drafting" in page


@pytest.mark.parametrize("who", ["scrutineer", "hub", "chair", "analyst"])
def test_nobody_but_the_partners_signs(journey, who):
    case = offered(journey)
    purpose_said(journey.world, case, who)
    assert journey.browser(who).step(case, "sign").status_code == 403


@pytest.mark.parametrize("who", ["worker", "school", "council_lead"])
def test_it_is_not_there_for_those_who_do_not_govern(journey, who):
    case = offered(journey)
    assert journey.browser(who).client.get(f"/statements/{case.pk}/").status_code == 404
    assert journey.browser(who).client.get("/statements/").status_code == 403


def test_the_list_says_where_each_stands_and_who_has_signed(journey):
    case = offered(journey)
    sign(journey, case, "council_chief")
    purpose_said(journey.world)
    page = journey.browser("scrutineer").client.get("/statements/").text
    assert "Position statement, autumn 2026" in page
    assert "Being signed" in page
    assert "the council" in page


@pytest.mark.parametrize(
    ("key", "kind"), [("html", "text/html"), ("pdf", "application/pdf"), ("docx", "officedocument")]
)
def test_it_is_taken_away_in_three_formats_and_that_is_recorded(journey, key, kind):
    case = signed_by_all(journey)
    answer = journey.browser("council_chief").client.get(f"/statements/{case.pk}/editions/1/{key}")
    assert kind in answer["Content-Type"]
    assert f'filename="position-statement-autumn-2026-draft.{key}"' in answer["Content-Disposition"]
    taken = AuditRow.objects.filter(action="took a statement away").latest("at")
    assert taken.detail["format"] == key
    if key == "pdf":
        text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
        assert "Signed by Sal Munro" in text.replace("\n", " ")


def test_a_published_statement_is_opened_again_and_what_was_published_stays(journey):
    case = signed_by_all(journey)
    browser = journey.browser("hub")
    browser.send(browser.step(case, "publish"))
    browser.send(browser.step(case, "open_again"), returned_because="A recommendation has closed since")
    assert "Draft, edition 2" in read(journey, case)
    assert "Published" in browser.client.get(f"/statements/{case.pk}/editions/1/").text


def test_the_command_line_writes_the_published_edition_in_every_format(journey, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(database, "database_ready", lambda: nullcontext())
    case = signed_by_all(journey)
    command = ["publish", "position-statement", "--as", "hub", "--out", str(tmp_path)]
    assert main(command) == 1
    assert "hub sees no published edition of position statement." in capsys.readouterr().err
    browser = journey.browser("hub")
    browser.send(browser.step(case, "publish"))
    assert main(command) == 0
    assert sorted(file.suffix for file in tmp_path.iterdir()) == [".docx", ".html", ".pdf"]
    file = next(tmp_path.iterdir())
    assert main([*command[:-1], str(file)]) == 1
    assert f"Nothing has been written. {file} cannot be written to: File exists." in capsys.readouterr().err


def test_the_command_line_gives_nothing_to_somebody_who_does_not_see_the_statement(
    journey, monkeypatch, tmp_path, capsys
):
    monkeypatch.setattr(database, "database_ready", lambda: nullcontext())
    offered(journey)
    assert main(["publish", "position-statement", "--as", "school", "--out", str(tmp_path), "--draft"]) == 1
    assert "school sees no edition" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_nobody_s_signature_is_filled_in_by_the_one_before(journey):
    case = offered(journey)
    sign(journey, case, "council_chief")
    browser = journey.browser("nhs_chief")
    page = browser.step(case, "sign")
    assert "Read this edition" in page.text
    assert "Confirm that you have read this edition" in browser.send(page).text
    assert "Signed by Sal Munro" not in read(journey, case)


def test_whoever_has_signed_is_not_asked_again_and_others_still_are(journey):
    case = offered(journey)
    pages = (f"/statements/{case.pk}/", f"/cases/{case.pk}/")
    asked = {who: journey.browser(who).client for who in ("council_chief", "police_chief")}
    assert all("/do/sign/" in client.get(page).text for client in asked.values() for page in pages)
    sign(journey, case, "council_chief")
    assert not any("/do/sign/" in asked["council_chief"].get(page).text for page in pages)
    assert all("/do/sign/" in asked["police_chief"].get(page).text for page in pages)


def test_a_signature_is_not_filled_in_before_anybody_gives_it(journey):
    case = offered(journey)
    form = journey.browser("nhs_chief").step(case, "sign").text
    radios = [tag for tag in re.findall(r"<input[^>]*>", form) if 'name="has_read"' in tag]
    assert len(radios) == 2
    assert not any("checked" in tag for tag in radios)


def test_without_a_recommendation_the_statement_does_not_praise_the_evidence(journey):
    page = journey.browser("hub").client.get(f"/statements/{offered(journey).pk}/").text
    assert "Every accepted recommendation has evidence" not in page
    assert "No recommendation has been accepted yet." in page
