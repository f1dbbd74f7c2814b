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
FACTS = """() => {
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility() && box.width > 2 && box.height > 2;
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const words = document.body.innerText;
  return {
    title: document.title,
    headings: all("h1").length,
    mistakes: all(".govuk-error-summary").length > 0,
    green: all("main .govuk-button").filter(
      (button) => seen(button) && !/--(secondary|warning|inverse)/.test(button.className)).length,
    telephone: all("footer a[href^='tel:0']").some(seen),
    protecting: all(".app-identity__actions a").some(seen),
    navigation: all(".govuk-service-navigation").some(seen),
    invented: words.includes("is invented"),
    printed: words.includes("Destroy when finished with"),
  };
}"""


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
    facts = page.evaluate(FACTS)
    rules = [*_of_every_page(page.url, **facts), (facts["protecting"] or not child, "no act that protects")]
    if not wall:
        rules += [(facts["telephone"], "no telephone number at the foot"), *_of_paper(page)]
    found = [fault for kept, fault in rules if not kept]
    for wide, asked in ({PHONE: BY_WIDTH} | {as_it_was["width"]: ()}).items():
        page.set_viewport_size({**as_it_was, "width": wide})
        shot(page, name)
        found += [f"at {wide}: scrolls sideways"] * scrolls_sideways(page)
        found += [f"at {wide}: {fault}" for fault in (axe(page, *asked) if scripts else ())]
    assert not found, f"{name}: {found}"


def _of_every_page(address: str, *, title: str, **facts: Any) -> list[tuple[bool, str]]:
    return [
        (facts["headings"] == 1, f"{facts['headings']} first headings"),
        (title.endswith(", Sightline"), f"title “{title}”"),
        (not NAMES.search(title), f"a name in the title “{title}”"),
        (not NAMES.search(address), f"a name in the address {address}"),
        (title.startswith("Error: ") is facts["mistakes"], f"title “{title}” with mistakes: {facts['mistakes']}"),
        (facts["green"] <= 1, f"{facts['green']} green buttons"),
        (facts["invented"], "not marked as invented"),
    ]


def _of_paper(page: Page) -> list[tuple[bool, str]]:
    """Printed, the page is still marked, says when it was, and has no navigation."""
    page.emulate_media(media="print")
    facts = page.evaluate(FACTS)
    page.emulate_media(media="screen")
    return [
        (facts["invented"], "on paper: not marked as invented"),
        (facts["printed"], "on paper: not said when it was printed"),
        (not facts["navigation"], "on paper: navigation"),
    ]
