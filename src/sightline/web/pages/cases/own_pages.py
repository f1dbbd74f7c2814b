"""Steps that are taken on a page of their own, and not on the form that every step has.

Whatever leads to a step (a worklist, a button, a notice) leads to its own page from here, so that nothing else knows.
"""

from django.urls import reverse

from sightline.engine.models import Case

OWN_PAGES: dict[tuple[str, str], str] = {
    ("section-11-return", "answer"): "section-11-return",
    ("section-11-return", "clarify"): "section-11-return",
    ("section-11-return", "confirm_last"): "section-11-return",
    ("section-11-return", "use_shared"): "section-11-return",
    ("section-11-return", "sign_off"): "section-11-sign",
    ("section-11-return", "moderate"): "section-11-return",
    ("section-11-return", "moderate_as_hub"): "section-11-return",
}
"""Name of the address, by process and step."""

HOMES = {"section-11-return": "section-11-return", "section-11-cycle": "section-11-cycle"}
"""Name of the address that shows a case of the process as its users know it, beside the case page that all have."""


def own_page(case: Case, step: str) -> str:
    """The address of the step's own page; empty where it has none."""
    name = OWN_PAGES.get((case.process, step))
    return reverse(name, args=[case.pk]) if name else ""


def home_of(case: Case) -> str:
    """The address of the process's own view of the case; empty where it has none."""
    name = HOMES.get(case.process)
    return reverse(name, args=[case.pk]) if name else ""
