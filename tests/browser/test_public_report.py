"""The public form on a telephone, without JavaScript and by keyboard alone; and the professionals' pages at a desk."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from sightline.engine.models import Case
from sightline.people.actor import actor_for
from sightline.people.models import Account
from sightline.platform import audit
from sightline.platform.database import as_account
from sightline.web.components import contact_details
from tests.browser.conftest import axe, scrolls_sideways, shot
from tests.world import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONES = (320, 375)
WORRY = "Shouting every night through the wall"


@pytest.fixture
def site(running_site: str, settings: Any, tmp_path: Any) -> Iterator[tuple[str, World]]:
    settings.SIGHTLINE_HOME = tmp_path
    contact_details.forget()
    world = make_world()
    world.partnership.front_door_phone, world.partnership.out_of_hours_phone = "01632 960100", "01632 960101"
    world.partnership.save()
    yield running_site, world
    contact_details.forget()


def signed_in(settings: Any, account: Account, address: str) -> list[dict[str, str]]:
    client = Client()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": address}]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def looked_at(page: Page, name: str) -> None:
    """A picture to look at; no violation; no sideways scroll; help on the page; one h1."""
    shot(page, name)
    if not name.endswith("plain"):  # axe is itself a script; the page is the same
        assert axe(page) == []
    assert not scrolls_sideways(page)
    assert page.locator("h1").count() == 1
    assert page.get_by_text("01632 960100").last.is_visible()


def begin(page: Page, address: str) -> None:
    page.goto(f"{address}/report/")
    page.get_by_role("button", name="Start now").click()
    press(page, "Continue")


@pytest.mark.parametrize("width", [*PHONES, 1280])
@pytest.mark.parametrize("scripts", [True, False], ids=["script", "no-script"])
def test_every_page_of_the_form_is_usable(
    site: tuple[str, World], open_page: Callable[..., Page], width: int, scripts: bool
) -> None:
    page, kind = open_page(width, scripts=scripts), f"{width}-{'script' if scripts else 'plain'}"
    page.goto(f"{site[0]}/report/")
    looked_at(page, f"report-start-{kind}")
    page.get_by_role("button", name="Start now").click()
    looked_at(page, f"report-before-{kind}")
    press(page, "Continue")
    press(page, "Continue")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Select whether the child is in danger now")
    looked_at(page, f"report-danger-error-{kind}")
    page.get_by_label("Yes").check()
    press(page, "Continue")
    looked_at(page, f"report-999-{kind}")
    press(page, "I have called 999, continue")
    press(page, "Continue")
    looked_at(page, f"report-who-error-{kind}")
    page.get_by_label("First name, if you know it").fill("Maya")
    page.get_by_label("Not known").check()
    press(page, "Continue")
    page.get_by_label("What has happened?").fill(WORRY)
    looked_at(page, f"report-what-{kind}")
    for _ in range(5):
        press(page, "Continue")
    looked_at(page, f"report-contact-{kind}")
    page.get_by_label("Yes").first.check()
    press(page, "Continue")
    looked_at(page, f"report-contact-error-{kind}")
    page.get_by_label("How can we reach you?").fill("07700 900001")
    press(page, "Continue")
    looked_at(page, f"report-check-{kind}")
    press(page, "Send to the front door")
    expect(page.locator("h1")).to_have_text("Sent")
    looked_at(page, f"report-sent-{kind}")
    page.get_by_role("link", name="see whether it has been read").click()
    looked_at(page, f"report-status-{kind}")


def test_the_browsers_back_button_keeps_what_was_typed(site: tuple[str, World], open_page: Callable[..., Page]) -> None:
    page = open_page(375, scripts=False)
    begin(page, site[0])
    page.get_by_label("No", exact=True).check()
    press(page, "Continue")
    page.get_by_label("First name, if you know it").fill("Maya")
    page.get_by_label("Not known").check()
    press(page, "Continue")
    expect(page.get_by_label("What has happened?")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("First name, if you know it")).to_have_value("Maya")
    press(page, "Continue")
    expect(page.get_by_label("What has happened?")).to_be_visible()


def test_the_keyboard_alone_answers_and_enter_goes_on(site: tuple[str, World], open_page: Callable[..., Page]) -> None:
    page = open_page(320)
    begin(page, site[0])
    page.locator("#in_danger").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Who is the child?")
    page.get_by_label("First name, if you know it").focus()
    page.keyboard.type("Maya")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What has happened?")).to_be_visible()


def test_exit_this_page_leaves_for_somewhere_neutral_and_nothing_stays(
    site: tuple[str, World], open_page: Callable[..., Page], settings: Any
) -> None:
    settings.QUICK_EXIT_ADDRESS = f"{site[0]}/healthz"
    page = open_page(375, scripts=False)
    begin(page, site[0])
    page.locator("a.govuk-exit-this-page__button").click()
    page.wait_for_url("**/healthz")
    assert page.context.cookies() == []
    assert page.context.storage_state()["origins"] == []


def test_without_a_script_a_concern_arrives(site: tuple[str, World], open_page: Callable[..., Page]) -> None:
    page = open_page(320, scripts=False)
    begin(page, site[0])
    page.get_by_label("No", exact=True).check()
    press(page, "Continue")
    page.get_by_label("First name, if you know it").fill("Maya")
    page.get_by_label("Not known").check()
    press(page, "Add another child")
    expect(page.get_by_label("First name, if you know it").first).to_have_value("Maya")
    press(page, "Continue")
    page.get_by_label("What has happened?").fill(WORRY)
    for _ in range(5):
        press(page, "Continue")
    page.locator("#may_contact-2").check()
    press(page, "Continue")
    press(page, "Send to the front door")
    reference = page.locator(".govuk-panel__body strong").inner_text()
    worker = actor_for(Account.objects.get(username="worker"))
    with as_account(worker.account.pk), audit.request(account_id=worker.account.pk):
        assert Case.visible_to(worker).get().reference == reference


@pytest.mark.parametrize("width", [320, 1280])
def test_the_professional_form_and_what_was_sent(
    site: tuple[str, World], open_page: Callable[..., Page], settings: Any, width: int
) -> None:
    address, world = site
    page = open_page(width, cookies=signed_in(settings, world.accounts["school"], address))
    page.goto(f"{address}/sent/")
    looked_at(page, f"sent-empty-{width}")
    page.goto(f"{address}/tell/")
    looked_at(page, f"tell-{width}")
    press(page, "Send now, the rest to follow")
    looked_at(page, f"tell-error-{width}")
    page.get_by_role("link", name="The child or children").click()
    page.get_by_label("Given names").fill("Maya")
    page.get_by_label("Day").first.fill("31")
    press(page, "Save and continue")
    looked_at(page, f"tell-section-1-error-{width}")
    page.get_by_label("Day").first.fill("")
    press(page, "Save and continue")
    page.goto(f"{address}/tell/section/2")
    page.get_by_label("What has happened?").fill("A bruise on the cheek")
    page.get_by_label("What has happened?").blur()
    expect(page.locator(".app-save-line")).to_contain_text("Saved")
    looked_at(page, f"tell-section-2-{width}")
    press(page, "Save and continue")
    for number in range(3, 8):
        page.goto(f"{address}/tell/section/{number}")
        looked_at(page, f"tell-section-{number}-{width}")
    page.goto(f"{address}/tell/")
    looked_at(page, f"tell-begun-{width}")
    page.goto(f"{address}/tell/check")
    looked_at(page, f"tell-check-{width}")
    press(page, "Send to the front door")
    looked_at(page, f"sent-now-{width}")
    page.get_by_role("link", name="See what you sent").click()
    looked_at(page, f"sent-one-{width}")
    page.goto(f"{address}/sent/")
    looked_at(page, f"sent-list-{width}")
