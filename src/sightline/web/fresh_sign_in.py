"""Proving again who one is, before what is worth stealing a session for: glass, an export, a change of permission.

`@needs_fresh_sign_in` on a view: whoever proved it within `FRESH_SIGN_IN_AGE` goes on; everybody else is led to
"sign-in/again" and back, and what they had posted waits for them on the page.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from sightline.platform import calendar
from sightline.web import work_accounts
from sightline.web.held_text import PROVE_AGAIN, hold_posted

AGAIN = "account_reauthenticate"


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session's owner proved who they are within the minutes that count.

    Of a work account it is the identity provider's word that counts, not when the browser came back from it.
    """
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    proved = [float(record.get("at", 0)) for record in records if record.get("method") != "socialaccount"]
    latest = max([*proved, work_accounts.proved_at(request)])
    return calendar.now().timestamp() - latest < settings.FRESH_SIGN_IN_AGE


def needs_fresh_sign_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view opens only after a fresh proof; see the top of this file."""

    @login_required
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        came_from = request.get_full_path()
        if request.method == "POST":
            came_from = hold_posted(request, request.user, PROVE_AGAIN)
        return prove_again(came_from)

    return page


def prove_again(onward: str) -> HttpResponse:
    """To where one proves it, and on from there to a page; never to a file, beside which the password would stay."""
    return HttpResponseRedirect(f"{reverse(AGAIN)}?{urlencode({'next': onward})}")
