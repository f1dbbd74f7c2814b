"""A form posted after its writer was signed out is not lost: it waits for them, and comes back on the same page.

Every form drawn for somebody carries a sealed mark of whose it is, because by the time it is posted the browser may
have been told to forget the session. A post that is turned away to the sign-in page, or refused because its page is
older than the sign-in, is held for that account; its next visit to the page gives the text back, once.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from sightline.people import held_text
from sightline.people.accounts import live_account
from sightline.people.models import Account
from sightline.platform.sealed import NotOurs, seal, unseal
from sightline.web.components.inputs import govuk_widgets

IDLE = "You were signed out: nothing happened for 20 minutes, or you signed out in another window."
LONG_DAY = "You were signed out because you had been signed in for 10 hours."
ENDED = "You were signed out in another window, or by somebody who may sign you out."
PROVE_AGAIN = "We asked you to prove again who you are."
EARLIER = "This page was open from before you signed in."
WRITER = "written_by"
HELD_ONLY = "held_only"

_PAGES = "pages_held"
_MARK = "writer of a form"
_OF_SIGN_IN = ("account_", "mfa_", "socialaccount_", "openid_connect_", "sign_out_everywhere")
_UNSEEN = ("idempotency_key", "version", "draft", "ask")


class HoldPostedText:
    """Keeps what is posted by somebody whose session has ended, and sends them to sign in and come back to it."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _only_to_be_held(request):
            return self._hold(request)
        response = self.respond(request)
        if request.method != "POST" or not _may_be_held(request, response):
            return response
        writer = _writer(request)
        if writer is None or request.user.is_authenticated and request.user != writer:
            return response
        page = hold_posted(request, writer, _why(request))
        if request.user.is_authenticated:
            return HttpResponseRedirect(page)
        return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': page, 'held': 1})}")

    def _hold(self, request: HttpRequest) -> HttpResponse:
        if _writer(request) == request.user:
            return HttpResponseRedirect(hold_posted(request, request.user, IDLE))
        return HttpResponseRedirect(_page_of_form(request))


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


def hold_posted(request: HttpRequest, writer: Any, why: str) -> str:
    """Keep what was posted for this account until it comes back to the page; gives the page's address."""
    page = _page_of_form(request)
    held_text.hold(writer, urlsplit(page).path, _written(request.POST), why)
    if request.user.is_authenticated:
        remember_pages(request, writer)
    return page


def remember_pages(request: HttpRequest, account: Account) -> None:
    """At sign-in: note on the session for which pages something is held, so that no other page asks the database."""
    if pages := held_text.pages_held(account):
        request.session[_PAGES] = pages


def returned(request: HttpRequest) -> Returned | None:
    """What this person wrote on this page before they were signed out; it is given back once."""
    if not hasattr(request, "sightline_returned"):
        request.sightline_returned = _give_back(request)  # type: ignore[attr-defined]
    return request.sightline_returned  # type: ignore[attr-defined]


def as_typed[F: BaseForm](make: Callable[..., F], request: HttpRequest) -> F:
    """A form in our own widgets as it is posted; else as it is made, with what was held of it for its writer."""
    form = govuk_widgets(make(request.POST if request.method == "POST" else None))
    if not form.is_bound and (text := returned(request)):
        typed = text.fields()
        for name, field in form.fields.items():
            form.initial[name] = field.widget.value_from_datadict(typed, MultiValueDict(), form.add_prefix(name))
    return form


def _give_back(request: HttpRequest) -> Returned | None:
    session = getattr(request, "session", None)
    pages = session.get(_PAGES, []) if session else []
    if session is None or request.method != "GET" or request.path not in pages:
        return None
    session[_PAGES] = [page for page in pages if page != request.path]
    given = held_text.give_back(request.user, request.path)  # type: ignore[arg-type]
    return Returned(given) if given else None


def writers_mark(request: HttpRequest) -> str:
    """For a hidden input: whose form this is, readable only here. Empty where nobody is signed in."""
    user = getattr(request, "user", None)
    return seal(str(user.pk), _MARK) if user is not None and user.is_authenticated else ""


def _writer(request: HttpRequest) -> Account | None:
    try:
        return live_account(unseal(request.POST.get(WRITER, ""), _MARK))
    except NotOurs:
        return None


def _only_to_be_held(request: HttpRequest) -> bool:
    """Sent by a page that took its time for over, when another had put it off: kept, and nothing of it is done."""
    plain = request.method == "POST" and request.content_type == "application/x-www-form-urlencoded"
    return plain and HELD_ONLY in request.POST and request.user.is_authenticated


def _may_be_held(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a form of ours, and not a script's or the sign-in's, was answered with "sign in first" or "too old"."""
    name = request.resolver_match.url_name or "" if request.resolver_match else ""
    if name.startswith(_OF_SIGN_IN) or request.headers.get("Sec-Fetch-Dest", "document") != "document":
        return False
    if response.status_code == 302:
        return urlsplit(response["Location"]).path == reverse(settings.LOGIN_URL)
    return hasattr(request, "sightline_form_expired") and _from_our_own_page(request)


def _from_our_own_page(request: HttpRequest) -> bool:
    """The browser's word for it, without which a form lacking our proof may be anybody's."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _why(request: HttpRequest) -> str:
    if request.user.is_authenticated:
        return EARLIER
    return str(getattr(request, "sightline_signed_out", IDLE))


def _page_of_form(request: HttpRequest) -> str:
    """Where the form stood: forms may post to another address than their page's."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc == request.get_host():
        return came_from._replace(scheme="", netloc="", fragment="").geturl()
    return request.get_full_path()


def _written(posted: QueryDict) -> dict[str, list[str]]:
    kept = {name: values for name, values in posted.lists() if "password" not in name.lower()}
    return {name: values for name, values in kept.items() if name not in ("csrfmiddlewaretoken", WRITER, HELD_ONLY)}
