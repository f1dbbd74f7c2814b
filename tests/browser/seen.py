"""What a machine can say is wrong with a page as it stands: the mechanical part of the review of every screen."""

import os
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
NAMES = re.compile(
    r"\b(maya|reuben|isla|leanne|craig|ormerod|vale|bhogle|tattersfield|millbrook|tanyard)\b", re.IGNORECASE
)
"""People, a school and a street of the walk-through's family: none may stand in a title or an address."""

PHONE = 320
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BY_WIDTH = [
    *("target-size", "scrollable-region-focusable", "link-in-text-block", "aria-hidden-focus", "button-name"),
    *("region", "landmark-one-main", "page-has-heading-one", "heading-order", "empty-table-header", "skip-link"),
]
"""What axe is asked again on a telephone: what depends on where things stand, whether they scroll, and which of them
are hidden. The words, colours, labels and roles of a page are the same at any width."""

AXE = """async asked => {
  const {violations} = await axe.run(document, {runOnly: asked, preload: false, resultTypes: ["violations"]});
  return violations.flatMap(({id, help, nodes}) => nodes.map(({html}) => `${id}: ${help}: ${html.slice(0, 160)}`));
}"""
GREEN = """() => [...document.querySelectorAll("main .govuk-button")].filter(button => {
  const box = button.getBoundingClientRect();
  return button.checkVisibility() && box.width > 2 && box.height > 2
    && !/--(secondary|warning|inverse)/.test(button.className);
}).map(button => button.innerText)"""


def axe(page: Page, *rules: str) -> list[str]:
    """What axe-core finds wrong on the page as it is now, one line a rule and element; by every rule or by some."""
    asked: dict[str, Any] = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARDS}
    found: list[str] = page.evaluate(AXE, asked)
    return found


def scrolls_sideways(page: Page) -> bool:
    """Whether the page itself, rather than a box inside it, is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def shot(page: Page, name: str) -> None:
    """A picture of the whole page in build/screenshots, to be looked at; only `make pictures` takes them."""
    if not os.environ.get("SIGHTLINE_PICTURES"):
        return
    looking = Path(os.environ["PYTEST_CURRENT_TEST"].partition("::")[0]).stem.removeprefix("test_")
    width = (page.viewport_size or {}).get("width")
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{looking}-{name}-{width}.png", full_page=True)


def looked_at(page: Page, name: str, *, child: bool = False, wall: bool = False, scripts: bool = True) -> None:
    """Fails with every fault of the page at the width it has and on a telephone, pictures of both kept.

    child: the page is about a child, for somebody who may act for them: acts that protect stand at its top.
    wall: the page hangs on a wall, where nobody telephones from its foot and nobody prints it.
    scripts: whether the page may run any; axe is one, and a page without them is the same page.
    """
    as_it_was = page.viewport_size or {"width": 1280, "height": 900}
    found = [*_of_its_words(page), *(_of_protection(page) if child else []), *([] if wall else _at_a_desk(page))]
    for wide, rules in ({PHONE: BY_WIDTH} | {as_it_was["width"]: ()}).items():
        page.set_viewport_size({**as_it_was, "width": wide})
        shot(page, name)
        found += [f"at {wide}: scrolls sideways"] * scrolls_sideways(page)
        found += [f"at {wide}: {fault}" for fault in (axe(page, *rules) if scripts else ())]
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
        "not marked as invented": page.get_by_text("is invented").first.is_visible(),
    }
    return [said for said, kept in rules.items() if not kept]


def _at_a_desk(page: Page) -> list[str]:
    """The foot has a telephone number. Printed, the page is still marked, says when, and has no navigation."""
    page.emulate_media(media="print")
    rules = {
        "no telephone number at the foot": page.locator("footer a[href^='tel:0']").count() > 0,
        "on paper: not marked as invented": page.get_by_text("is invented").first.is_visible(),
        "on paper: not said when it was printed": page.get_by_text("Destroy when finished with").is_visible(),
        "on paper: navigation": not page.locator(".govuk-service-navigation").first.is_visible(),
    }
    page.emulate_media(media="screen")
    return [said for said, kept in rules.items() if not kept]


def _of_protection(page: Page) -> list[str]:
    acts = page.locator(".app-identity__actions a:visible")
    return [] if acts.count() else ["no act that protects"]
