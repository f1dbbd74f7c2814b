"""A file with children in it is asked for with a purpose, marked, ends after a day, and has a second person's yes."""

import csv
import io
import re
import zipfile
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core import mail

from sightline.datasets.faults import Checked, Fault
from sightline.datasets.models import RefusedFile
from sightline.datasets.refusals import keep_faults
from sightline.outgoing.models import Export
from sightline.platform import calendar
from sightline.platform.audit.models import AuditRow
from sightline.platform.jobs.acting import clockwork
from sightline.platform.notices import send_waiting
from tests.contacts import signed_in, text_of
from tests.taking import PURPOSE, asked_for, freshly, proved


@pytest.fixture
def asked(world, acting):
    """An analyst's refused census with faults of so many children; its page for asking."""

    def of(children, value="2031-02-30"):
        faults = [
            Fault("value.date", "error", "children", ("date_of_birth",), f"C{n:04}", n, value, "Not a date")
            for n in range(children)
        ]
        with acting(world.analyst):
            found = keep_faults(world.analyst.account.pk, Checked("cin.xml", "0" * 64, "cin_census", faults=faults))
        return f"/exports/faults/{found}/"

    return of


def request_of(world, address, **changed):
    analyst = signed_in(world, "analyst")
    return analyst, *asked_for(analyst, address, **changed)


def test_faults_of_children_are_not_downloaded_without_a_purpose(world, asked, acting):
    address = asked(3)
    analyst = signed_in(world, "analyst")
    straight = analyst.get(address.replace("exports/faults", "returns/refused") + "faults.csv")
    assert straight.status_code == 302
    assert straight["Location"] == address
    _, page, _ = request_of(world, address, purpose="")
    assert "Say what the file is for" in text_of(page.text)
    with acting(world.analyst):
        assert not Export.objects.exists()


def test_the_file_says_who_took_it_when_and_what_for(world, asked):
    analyst, page, at = request_of(world, asked(3))
    assert "It can be taken until" in text_of(page.text)
    file = analyst.get(f"{at}file")
    rows = list(csv.reader(io.StringIO(file.content.decode())))
    assert len(rows) == 5
    assert re.search(
        rf"^Taken by Bo Tarn on \d+ \w+ 20\d\d at (midday|midnight|[\d:]+[ap]m) for: {PURPOSE}", rows[-1][0]
    )
    taken = AuditRow.objects.filter(action="took a file away").latest("at")
    assert (taken.detail["people"], taken.detail["kind"]) == (3, "file-faults")
    assert len(taken.object_ids) == 1


def test_proving_again_who_one_is_leads_to_the_page_of_a_file_beside_which_no_password_stays(world, asked):
    _, _, at = request_of(world, asked(3))
    assert signed_in(world, "analyst").get(f"{at}file")["Location"] == f"/sign-in/again?{urlencode({'next': at})}"


def test_an_excel_file_has_every_cell_as_text(world, asked):
    analyst, _, at = request_of(world, asked(2, value="=HYPERLINK(1)"), file_format="xlsx")
    book = zipfile.ZipFile(io.BytesIO(analyst.get(f"{at}file").content))
    sheet = book.read("sheet.xml").decode()
    assert "<f>" not in sheet
    assert set(re.findall(r'<c t="(\w+)"', sheet)) == {"inlineStr"}
    assert "'=HYPERLINK(1)" in sheet


def test_it_ends_after_a_day(world, asked, settings):
    settings.FRESH_SIGN_IN_AGE = 25 * 60 * 60  # signing in again goes by the machine's clock
    analyst, _, at = request_of(world, asked(3))
    with calendar.frozen(calendar.now() + timedelta(hours=24, minutes=1)):
        again = freshly(world, "analyst").get(f"{at}file")
    assert again.status_code in (403, 404)


def test_nobody_else_takes_it(world, asked):
    _, _, at = request_of(world, asked(3))
    assert freshly(world, "hub").get(f"{at}file").status_code == 404
    assert signed_in(world, "worker").get(at).status_code == 404


def test_more_than_two_hundred_children_wait_for_a_second_person(world, asked):
    analyst, page, at = request_of(world, asked(201))
    words = text_of(page.text)
    assert "It waits for a second person." in words
    assert "It has 201 people in it, more than the 200 that one person may take alone" in words
    assert analyst.get(f"{at}file").status_code == 403
    assert "May this file be taken away?" not in words
    hub = freshly(world, "hub")
    assert "What is wrong with cin.xml" in text_of(hub.get("/exports/").text)
    assert "Select whether it may be taken away" in text_of(hub.post(at, {"words": "x"}).text)
    agreed = hub.post(at, {"agreed": "yes", "words": "The council asked for it"}, follow=True)
    assert "Agreed by" in text_of(agreed.text)
    assert analyst.get(f"{at}file").status_code == 200
    assert hub.get(f"{at}file").status_code == 404


def test_whoever_asked_cannot_be_the_second_person(world, asked, acting):
    analyst, _, at = request_of(world, asked(201))
    analyst.post(at, {"agreed": "yes", "words": "Fine"})
    with acting(world.analyst):
        assert Export.objects.get().agreed is None


def test_a_refused_file_says_why_and_is_not_taken(world, asked):
    analyst, _, at = request_of(world, asked(201))
    freshly(world, "hub").post(at, {"agreed": "no", "words": "Take fewer columns"})
    assert "Refused by" in text_of(analyst.get(at).text)
    assert "Take fewer columns" in text_of(analyst.get(at).text)
    assert analyst.get(f"{at}file").status_code == 403


def notices_of(world, who):
    return text_of(signed_in(world, who).get("/notices").text)


def test_the_second_person_is_told_that_a_file_waits_and_whoever_asked_is_told_the_answer(world, asked):
    analyst, page, at = request_of(world, asked(201))
    assert "Who may agree" in text_of(page.text)
    hub = signed_in(world, "hub")
    waiting = hub.get("/notices").text
    assert "A file waits for a second person: may it be taken away?" in text_of(waiting)
    assert f'href="{at}"' in waiting
    for nobody in ("analyst", "worker", "police"):
        assert "A file waits" not in notices_of(world, nobody), nobody
    proved(hub).post(at, {"agreed": "yes", "words": "The council asked for it"})
    assert "A second person has agreed: you can take the file that you asked for" in text_of(
        analyst.get("/notices").text
    )


def test_whoever_asked_is_told_of_a_refusal(world, asked):
    analyst, _, at = request_of(world, asked(201))
    freshly(world, "hub").post(at, {"agreed": "no", "words": "Take fewer columns"})
    assert "A second person has refused the file that you asked for" in text_of(analyst.get("/notices").text)


def test_a_file_that_needs_nobody_else_tells_nobody(world, asked):
    request_of(world, asked(3))
    assert "A file waits" not in notices_of(world, "hub")


def test_the_notice_goes_by_email_and_says_nothing_of_what_is_in_the_file(world, asked):
    request_of(world, asked(201))
    with clockwork():
        world.hub.worker.accounts.update(email="hub@ardenvale.example")
    send_waiting()
    (said,) = [message for message in mail.outbox if message.to == ["hub@ardenvale.example"]]
    assert "A file waits for a second person" in said.body
    assert "cin.xml" not in said.subject + said.body


LEAVES_AGAIN = "/sign-in/again"


def test_a_second_person_s_yes_needs_a_fresh_sign_in_and_loses_nothing_typed(world, asked, acting):
    _, _, at = request_of(world, asked(201))
    hub = signed_in(world, "hub")
    turned = hub.post(at, {"agreed": "yes", "words": "The council asked for it"})
    assert turned["Location"].startswith(LEAVES_AGAIN)
    with acting(world.hub):
        assert Export.objects.get().agreed is None
    back = proved(hub).get(at).text
    assert 'value="The council asked for it"' in back
    assert re.search(r'value="yes"[^>]*checked', back)
    assert "Agreed by" in text_of(hub.post(at, {"agreed": "yes", "words": "It is right"}, follow=True).text)


def test_a_file_is_taken_after_a_fresh_sign_in_alone(world, asked):
    _, _, at = request_of(world, asked(3))
    later = signed_in(world, "analyst")
    turned = later.get(f"{at}file")
    assert turned.status_code == 302
    assert turned["Location"].startswith(LEAVES_AGAIN)
    assert proved(later).get(f"{at}file").status_code == 200


@pytest.fixture
def grown(asked):
    """What was asked about with some children has others in it when it is taken."""

    def to(address, children):
        other = asked(children).rpartition("/faults/")[2].strip("/")
        held = RefusedFile.objects.filter(pk=address.rpartition("/faults/")[2].strip("/"))
        held.update(sealed=RefusedFile.objects.get(pk=other).sealed)

    return to


def test_a_file_that_has_grown_since_is_not_taken_alone_and_is_asked_for_again(world, asked, grown, acting):
    address = asked(150)
    analyst, _, at = request_of(world, address)
    grown(address, 201)
    refused = analyst.get(f"{at}file")
    assert refused.status_code == 409
    assert "Content-Disposition" not in refused
    assert "It has 201 people in it now, and had 150 when it was asked for. Ask for it again." in text_of(refused.text)
    assert f'href="{address}"' in refused.text
    with acting(world.analyst):
        row = AuditRow.objects.get(action="took a file away")
        assert (row.outcome, row.detail) == ("refused", {"people": 150, "people_now": 201})
        assert Export.objects.get().taken == 0
    page = analyst.post(address, {"purpose": PURPOSE, "file_format": "csv"}, follow=True)
    assert "It waits for a second person." in text_of(page.text)


def test_a_file_that_has_grown_since_a_second_person_agreed_is_not_taken(world, asked, grown):
    address = asked(201)
    analyst, _, at = request_of(world, address)
    freshly(world, "hub").post(at, {"agreed": "yes", "words": "The council asked for it"})
    grown(address, 202)
    assert analyst.get(f"{at}file").status_code == 409


def test_a_file_with_fewer_people_than_were_asked_for_is_taken(world, asked, grown):
    address = asked(150)
    analyst, _, at = request_of(world, address)
    grown(address, 149)
    assert analyst.get(f"{at}file").status_code == 200
