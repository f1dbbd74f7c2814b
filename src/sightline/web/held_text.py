"""A form posted after its writer was signed out is not lost: it waits for them, and comes back on the same page.

A post that is turned away to the sign-in page is held when its session cookie names a session that has ended by itself.
After the same account has signed in, opening the page gives the text back, once.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from sightline.people import held_text, sessions
from sightline.people.models import Account

IDLE = "You were signed out because nothing happened for 20 minutes."
LONG_DAY = "You were signed out because you had been signed in for 10 hours."

_PAGES = "pages_held"
_OF_SIGN_IN = ("account_", "mfa_", "socialaccount_", "openid_connect_")
_UNSEEN = ("idempotency_key", "version", "draft", "ask")


class HoldPostedText:
    """Keeps what is posted by somebody whose session has ended, and sends them to sign in and come back to it."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if request.method != "POST" or not _turned_away(request, response):
            return response
        account, why = _who_was_signed_out(request)
        if account is None:
            return response
        page = _page_of_form(request)
        held_text.hold(account, urlsplit(page).path, _written(request.POST), why)
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': page, 'held': 1})}")


class Returned:
    """Held text on the page that gives it back. A page whose form takes it in calls `fields()`; else it is shown."""

    def __init__(self, given: held_text.GivenBack) -> None:
        self.why = given.why
        self.in_form = False
        self._fields = given.fields

    def fields(self) -> QueryDict:
        """What was posted, for the page's own form."""
        self.in_form = True
        data = QueryDict(mutable=True)
        for name, values in self._fields.items():
            data.setlist(name, values)
        return data

    def texts(self) -> list[str]:
        """What was written, for somebody to copy where the page has no place for it."""
        shown = [name for name in self._fields if name not in _UNSEEN and not name.endswith("_FORMS")]
        return [value for name in shown for value in self._fields[name] if value.strip()]


def remember_pages(request: HttpRequest, account: Account) -> None:
    """At sign-in: note on the session for which pages something is held, so that no other page asks the database."""
    if pages := held_text.pages_held(account):
        request.session[_PAGES] = pages


def returned(request: HttpRequest) -> Returned | None:
    """What this person wrote on this page before they were signed out; it is given back once."""
    if not hasattr(request, "sightline_returned"):
        request.sightline_returned = _give_back(request)  # type: ignore[attr-defined]
    return request.sightline_returned  # type: ignore[attr-defined, no-any-return]


def _give_back(request: HttpRequest) -> Returned | None:
    session = getattr(request, "session", None)
    pages = session.get(_PAGES, []) if session else []
    if session is None or request.method != "GET" or request.path not in pages:
        return None
    session[_PAGES] = [page for page in pages if page != request.path]
    given = held_text.give_back(request.user, request.path)  # type: ignore[arg-type]
    return Returned(given) if given else None


def _turned_away(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a page's form, and not a script or the sign-in itself, was answered with "sign in first"."""
    if response.status_code != 302 or urlsplit(response["Location"]).path != reverse(settings.LOGIN_URL):
        return False
    name = request.resolver_match.url_name or "" if request.resolver_match else ""
    return not name.startswith(_OF_SIGN_IN) and request.headers.get("Sec-Fetch-Dest", "document") == "document"


def _who_was_signed_out(request: HttpRequest) -> tuple[Account | None, str]:
    ended_now: Any = getattr(request, "sightline_signed_out", None)
    if ended_now is not None:
        return ended_now, LONG_DAY
    return sessions.account_of_ended(request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")), IDLE


def _page_of_form(request: HttpRequest) -> str:
    """Where the form stood: forms may post to another address than their page's."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc == request.get_host():
        return came_from._replace(scheme="", netloc="", fragment="").geturl()
    return request.get_full_path()


def _written(posted: QueryDict) -> dict[str, list[str]]:
    kept = {name: values for name, values in posted.lists() if "password" not in name.lower()}
    kept.pop("csrfmiddlewaretoken", None)
    return kept
