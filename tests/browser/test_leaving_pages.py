"""Asking to take a file away, a second person's answer, and the file taken."""

from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import Page

from sightline.datasets.faults import Checked, Fault
from sightline.datasets.refusals import keep_faults
from tests.browser.seen import looked_at
from tests.browser.town import fill, open_row, press, proven
from tests.contacts import bound
from tests.world import World

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def large(world: World) -> str:
    """The address of a file of faults about more people than one person may take away alone."""
    faults = [
        Fault("value.date", "error", "children", ("date_of_birth",), f"C{n:04}", n, "2031-02-30", "Not a date")
        for n in range(201)
    ]
    with transaction.atomic(), bound(world.analyst):
        found = keep_faults(world.analyst.account.pk, Checked("cin.xml", "0" * 64, "cin_census", faults=faults))
    return f"/exports/faults/{found}/"


def test_a_large_file_is_asked_for_agreed_to_and_taken(at: Callable[..., Page], large: str) -> None:
    page = proven(at, "analyst", large)
    looked_at(page, "ask")
    fill(page, purpose="To correct dates of birth with the council")
    press(page, "Ask a second person")
    looked_at(page, "waits")
    second = proven(at, "hub", "/exports/")
    looked_at(second, "list")
    open_row(second, "What is wrong with cin.xml")
    press(second, "Save the answer")
    looked_at(second, "decide-mistakes")
    second.get_by_label("Yes").check()
    second.get_by_label("Why?").fill("The council asked for it")
    press(second, "Save the answer")
    page.reload()
    looked_at(page, "ready")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Take the file (CSV)").click()
    assert "Taken by Bo Tarn" in downloading.value.path().read_text(encoding="utf-8")
