"""What everybody may read without signing in: whose site this is, how to report a concern, what matters here."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from sightline.people.hosted import hosted_partnerships
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
        "priorities": list(texts.get("priorities", [])),
        "thresholds": list(texts.get("thresholds", [])),
    }
    return render(request, "pages/partnership.jinja", context)


def published_texts(key: str) -> dict[str, Any]:
    """What the partnership with this key publishes about itself: "about", "priorities", "thresholds"."""
    return next((dict(row.published_texts) for row in hosted_partnerships() if row.key == key), {})
