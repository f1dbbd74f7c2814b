"""What the public learn with a reference and a code: received, or read and acted on. Never more, never by guessing."""

from html import unescape

import pytest
from django.test import Client
from teller import Teller

from sightline.engine.models import Case
from sightline.engine.perform import perform
from sightline.platform.settings.public_form import public_form_limits
from sightline.processes.front_door import intake

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.SIGHTLINE_HOME = tmp_path


@pytest.fixture
def receipt(world) -> tuple[str, str]:
    teller = Teller().answer_all()
    teller.send()
    return teller.receipt


def ask(reference: str, code: str, address: str = "192.0.2.1") -> str:
    response = Client(REMOTE_ADDR=address).post("/report/status", {"reference": reference, "code": code})
    return unescape(response.content.decode())


def main_of(page: str) -> str:
    return page[page.index('id="main-content"') :]


def test_a_receipt_says_received_until_somebody_acts_on_it(world, acting, receipt):
    assert "<strong>Received</strong>" in ask(*receipt)
    with acting(world.worker):
        case = Case.visible_to(world.worker).get()
        perform(case, "set_priority", by=world.worker, answers={"rag": "red", "rag_reason": "Now"})
    page = ask(*receipt)
    assert "<strong>Read and acted on</strong>" in page
    assert "Red" not in main_of(page)


def test_a_receipt_works_however_it_is_typed(world, receipt):
    reference, code = receipt
    assert "<strong>Received</strong>" in ask(reference.lower().replace("-", " "), code.lower().replace("-", ""))


def test_a_wrong_code_and_an_unknown_reference_look_the_same(world, receipt):
    wrong = ask(receipt[0], "2222-2222")
    unknown = ask("C-222222", "2222-2222")
    assert "We have nothing with that reference and that code together" in wrong
    assert main_of(wrong).replace(receipt[0], "") == main_of(unknown).replace("C-222222", "")


def test_a_concern_that_waits_on_the_disk_is_received(world, monkeypatch):
    from django.db import OperationalError

    from sightline.web.pages.report import sending

    def away(concern: object) -> None:
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(sending, "take_in", away)
        teller = Teller().answer_all()
        teller.send()
    assert "What you entered was saved at" in teller.page
    assert "<strong>Received</strong>" in ask(*teller.receipt)
    assert intake.take_in_spool() == 1
    assert "<strong>Received</strong>" in ask(*teller.receipt)


def test_guessing_is_slowed_down_and_says_what_to_do(world, receipt):
    for _ in range(public_form_limits().status_tries_from_one_address):
        ask("C-222222", "2222-2222", "192.0.2.66")
    page = ask(*receipt, "192.0.2.66")
    assert "Wait an hour" in page
    assert "<strong>Received</strong>" not in page
    assert "<strong>Received</strong>" in ask(*receipt, "192.0.2.67")


def test_an_empty_answer_is_asked_for_with_an_example(world):
    page = ask("", "")
    assert "Enter your reference, like C-7F3K2P" in page
    assert "Enter your receipt code, like K2PD-9RWX" in page
