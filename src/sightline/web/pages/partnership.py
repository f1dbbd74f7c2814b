"""What everybody may read without signing in: whose site this is, how to report a concern, what matters here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.people.hosted import hosted_partnerships
from sightline.platform import calendar
from sightline.registers.priorities import priorities_in_force
from sightline.web.case_links import first_address
from sightline.web.components.contact_details import contact_details
from sightline.web.components.shell import shell


def front_page(request: HttpRequest) -> HttpResponse:
    """The page at / for somebody who is not signed in."""
    details = contact_details()
    texts = published_texts(details.key)
    context = {
        **shell(request, details.name),
        "details": details,
        "report": first_address("report"),
        "figures": first_address("published-figures"),
        "about": texts.get("about", ""),
        "priorities": priorities(details.key) or list(texts.get("priorities", [])),
        "thresholds": list(texts.get("thresholds", [])),
    }
    return render(request, "pages/partnership.jinja", context)


def priorities(key: str) -> list[dict[str, str]]:
    """The priorities in force, from the one list that there is; nothing for a partnership that keeps no register."""
    found = next((row for row in hosted_partnerships() if row.key == key), None)
    rows = priorities_in_force(found, calendar.today()) if found else []
    return [{"title": row.title, "text": row.outcome} for row in rows]


def published_texts(key: str) -> dict[str, Any]:
    """What the partnership with this key publishes about itself: "about", "priorities", "thresholds"."""
    return next((dict(row.published_texts) for row in hosted_partnerships() if row.key == key), {})
