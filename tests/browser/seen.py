"""What a machine can say is wrong with a page as it stands: the mechanical part of the review of every screen."""

import re

from playwright.sync_api import Page

from tests.browser.conftest import axe, scrolls_sideways, shot

NAMES = re.compile(
    r"\b(maya|reuben|isla|leanne|craig|ormerod|vale|bhogle|tattersfield|millbrook|tanyard)\b", re.IGNORECASE
)
"""People, a school and a street of the walk-through's family: none may stand in a title or an address."""

PHONE = 320
GREEN = """() => [...document.querySelectorAll("main .govuk-button")].filter(button => {
  const box = button.getBoundingClientRect();
  return button.checkVisibility() && box.width > 2 && box.height > 2
    && !/--(secondary|warning|inverse)/.test(button.className);
}).map(button => button.innerText)"""


def looked_at(page: Page, name: str, *, child: bool = False, scripts: bool = True) -> None:
    """Fails with every fault of the page at a desk and on a telephone, pictures of both kept.

    child: the page is about a child, for somebody who may act for them: acts that protect stand at its top.
    scripts: whether the page may run any; axe is one, and a page without them is the same page.
    """
    width = page.viewport_size or {"width": 1280, "height": 900}
    found = [*_of_its_words(page), *(_of_protection(page) if child else [])]
    for wide in dict.fromkeys((width["width"], PHONE)):
        page.set_viewport_size({"width": wide, "height": width["height"]})
        shot(page, f"walk-{name}-{wide}")
        found += [f"at {wide}: scrolls sideways"] * scrolls_sideways(page)
        found += [f"at {wide}: {fault}" for fault in (axe(page) if scripts else ())]
    page.set_viewport_size(width)
    assert not found, f"{name}: {found}"


def _of_its_words(page: Page) -> list[str]:
    title, headings, green = page.title(), page.locator("h1").count(), page.evaluate(GREEN)
    mistakes = page.locator(".govuk-error-summary").count() > 0
    rules = {
        f"{headings} first headings": headings == 1,
        f"title “{title}”": title.endswith(", Sightline"),
        f"a name in the title “{title}”": not NAMES.search(title),
        f"a name in the address {page.url}": not NAMES.search(page.url),
        f"title “{title}” with {mistakes=}": title.startswith("Error: ") is mistakes,
        f"green buttons {green}": len(green) <= 1,
        "no telephone number at the foot": page.locator("footer a[href^='tel:0']").count() > 0,
        "not marked as invented": page.get_by_text("is invented").first.is_visible(),
    }
    return [*(said for said, kept in rules.items() if not kept), *_on_paper(page)]


def _on_paper(page: Page) -> list[str]:
    """Printed, the page is still marked, says who printed it, and has no navigation."""
    page.emulate_media(media="print")
    rules = {
        "on paper: not marked as invented": page.get_by_text("is invented").first.is_visible(),
        "on paper: not said when it was printed": page.get_by_text("Destroy when finished with").is_visible(),
        "on paper: navigation": not page.locator(".govuk-service-navigation").first.is_visible(),
    }
    page.emulate_media(media="screen")
    return [said for said, kept in rules.items() if not kept]


def _of_protection(page: Page) -> list[str]:
    acts = page.locator(".app-identity__actions a:visible")
    return [] if acts.count() else ["no act that protects"]
