"""A worker who reads children's records says who they and their family are, before any other page opens."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from sightline.web.components.shell import actor_of
from sightline.web.middleware import Respond

STAYS_OPEN = ("/sign-", "/leave", "/your-account", "/work-account", "/static", "/health")
"""Signing in and out, one's own account, and what asks nobody in."""


class OwnDetailsFirst:
    """Leads to "Your own details" until it is answered, or put off for the day.

    Only where a page is asked for: what was typed and is sent is never lost to it.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        from sightline.access.own_name import to_answer

        asks = request.method in ("GET", "HEAD") and not request.path.startswith(STAYS_OPEN)
        if not asks or getattr(view, "without_database", False):
            return None
        actor = actor_of(request)
        if actor is None or not to_answer(actor):
            return None
        return redirect(f"{reverse('own-details')}?{urlencode({'next': request.get_full_path()})}")
