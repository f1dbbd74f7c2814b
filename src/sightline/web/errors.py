"""Pages for when something is refused, missing or broken. They are drawn without asking the database anything."""

import sys
from typing import Any
from urllib.parse import urlencode

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from sightline.access.door import AtTheDoor
from sightline.web.components.shell import Site, shell


class NotForYou(Exception):  # noqa: N818 - it is an answer, not a fault
    """Raised by a page when somebody may not do what they asked.

    what: "endorse this decision"; why: a whole sentence; who_can: names or roles that can, as a sentence or empty.
    """

    def __init__(self, what: str, why: str, who_can: str = "") -> None:
        super().__init__(f"You cannot {what}. {why}")
        self.what, self.why, self.who_can = what, why, who_can


class CaseClosedToYou(NotForYou):
    """Raised where a record is there that somebody has no part in; `there` is what they may be told of it."""

    def __init__(self, there: AtTheDoor) -> None:
        super().__init__("see this record", "It is there, and you have no part in it.", there.ask)
        self.there = there


def _page(
    request: HttpRequest, template: str, heading: str, status: int, *, offline: bool = False, **context: Any
) -> HttpResponse:
    request.sightline_site = Site(request, offline=offline or status >= 500)  # type: ignore[attr-defined]
    return render(request, f"errors/{template}.jinja", {**shell(request, heading), **context}, status=status)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return _page(request, "not_understood", "We could not read what was sent", 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403. Says what cannot be done, why, and who can."""
    if isinstance(exception, CaseClosedToYou):
        there = exception.there
        said: dict[str, Any] = {"there": there, "why": exception.why, "who_can": exception.who_can}
        return _page(request, "closed_to_you", "You cannot see this record", 403, **said)
    refused = exception if isinstance(exception, NotForYou) else NotForYou("see this page", _reason(exception))
    return _page(request, "not_allowed", f"You cannot {refused.what}", 403, why=refused.why, who_can=refused.who_can)


def _reason(exception: Exception | None) -> str:
    return str(exception or "") or "Your role does not include it."


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404. The same words for sealed, missing and never there, so that nothing is given away."""
    return _page(request, "not_found", "Page not found", 404)


def too_large(request: HttpRequest, most: int) -> HttpResponse:
    """413, of a request that holds more than so many bytes or does not say how many. Nothing of it has been read."""
    # Drawn before anybody is known, as where the database is away.
    return _page(request, "too_large", "What was sent is too large", 413, offline=True, most=most // 1_000_000)


DRAWN_AGAIN = {"account_login": "account_login", "account_logout": "account_logout", "sign_out_everywhere": "mfa_index"}
"""Forms that hold nothing to lose, and the page that draws each anew: an old one's button keeps nobody signed in."""


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came without our own proof: an old tab, cookies switched off, or somebody else's page."""
    name = request.resolver_match.url_name if request.resolver_match else ""
    if name in DRAWN_AGAIN and request.user.is_authenticated:
        onward = urlencode({"next": wanted}) if (wanted := request.POST.get("next")) else ""
        return HttpResponseRedirect(f"{reverse(DRAWN_AGAIN[name])}?{onward}".rstrip("?"))
    request.sightline_form_expired = True  # type: ignore[attr-defined]
    return _page(request, "form_expired", "This form has expired", 403)


def went_wrong(request: HttpRequest) -> HttpResponse:
    """500. Everything that the request had done is undone.

    A middleware that lost the database ends here too, for Django answers for it before `UnitOfWork` hears: that is 503.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return unavailable(request)
    return _page(request, "service", "There is a problem with the service", 500, saved=False)


def unavailable(request: HttpRequest) -> HttpResponse:
    """503: the database is away."""
    response = _page(request, "service", "There is a problem with the service", 503, saved=False)
    response["Retry-After"] = "60"
    return response
