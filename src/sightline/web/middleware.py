"""What happens around every page: one transaction in one person's name, the read log, request ids and headers."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from sightline.platform import audit, calendar
from sightline.web import errors
from sightline.web.components.shell import actor_of
from sightline.web.held_text import LONG_DAY
from sightline.web.sessions import keep_session, signed_out_meanwhile

type Respond = Callable[[HttpRequest], HttpResponse]

DENIED = (403, 404)
_REQUEST_ID = re.compile(r"^[A-Za-z0-9_-]{8,64}$")


def without_database[V: Callable[..., Any]](view: V) -> V:
    """Mark a view that works while the database is away: it gets no transaction and nobody's name is bound."""
    view.without_database = True  # type: ignore[attr-defined]
    return view


class RequestId:
    """A name for each request, which is made here and sent back, and which all its rows in the audit bear.

    One that came with it may be anybody's, so it stands in the rows' detail, to find the request by in a proxy's log.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        request_id, said = uuid4().hex, {"given_id": given} if _REQUEST_ID.match(given) else {}
        with audit.named(request_id, **said):
            response = self.respond(request)
        response["X-Request-Id"] = request_id
        return response


class SecurityHeaders:
    """Nothing of a page is kept by the browser or a proxy, framed, or told to anybody else."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        for name, value in settings.PAGE_HEADERS.items():
            response.setdefault(name, value)
        return response


class _Undone(Exception):  # noqa: N818 - carries an answer out of a transaction that is to be rolled back
    def __init__(self, response: HttpResponse) -> None:
        super().__init__(response.status_code)
        self.response = response


class UnitOfWork:
    """One transaction a page: what the view did, the log of what was shown and what the session keeps, or nothing.

    A page that ends in a server error is undone whole. When the database is away a page says so, with the numbers.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _needs_no_database(request):
            return self.respond(request)
        try:
            return self._while_signed_in(request)
        except (OperationalError, InterfaceError):
            return errors.unavailable(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Views raise inside Django's own handler, which would answer 500 before this middleware saw it."""
        if isinstance(exception, errors.NotForYou):
            return errors.not_allowed(request, exception)
        if isinstance(exception, OperationalError | InterfaceError):
            return errors.unavailable(request)
        return None

    def _while_signed_in(self, request: HttpRequest) -> HttpResponse:
        """The page, asked once more as nobody where its session was ended while it was made."""
        try:
            return self._in_one_transaction(request)
        except SessionInterrupted:
            signed_out_meanwhile(request)
            return self._in_one_transaction(request)

    def _in_one_transaction(self, request: HttpRequest) -> HttpResponse:
        from sightline.access.once_a_page import one_page
        from sightline.people.actor import bound
        from sightline.platform.database import as_account

        try:
            with transaction.atomic(), one_page():
                actor = actor_of(request)
                reader = as_account(actor.account.pk if actor else None, to_the_end=True)
                with reader, audit.request(**(bound(actor) if actor else {})) as who:
                    who.page, who.asked = _page_of(request)
                    response = self.respond(request)
                    if response.status_code in DENIED:
                        _note_denied(request, response.status_code)
                    if response.status_code >= 500:
                        raise _Undone(response)
                    keep_session(request, response)
                return response
        except _Undone as undone:
            return undone.response


def _page_of(request: HttpRequest) -> tuple[str, frozenset[UUID]]:
    """The name of the page that is asked for and the ids in its address, which say what was opened."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return "", frozenset()
    return match.url_name or "", frozenset(value for value in match.kwargs.values() if isinstance(value, UUID))


def _note_denied(request: HttpRequest, status: int) -> None:
    """Who was refused what page, with the ids in its address: a record that is not there is noted like a hidden one."""
    match = request.resolver_match
    page, ids = _page_of(request)
    if status == 404 and not ids:
        return
    detail: dict[str, Any] = {"page": page, "status": status}
    if match and "step_key" in match.kwargs:
        detail["step"] = match.kwargs["step_key"]
    audit.denied("open a page", subject=_subject(page, match), ids=sorted(ids), detail=detail)


def _subject(page: str, match: Any) -> str:
    if match and "case_id" in match.kwargs:
        return "engine.Case"
    return "people.Person" if page == "person" else ""


def _needs_no_database(request: HttpRequest) -> bool:
    if request.path.startswith(settings.STATIC_URL):
        return True
    try:
        return bool(getattr(resolve(request.path_info).func, "without_database", False))
    except Resolver404:
        return False


class SessionLimits:
    """Signed out a set time after signing in, however busy; each page puts off the idle limit, saved once a minute."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _needs_no_database(request) and request.user.is_authenticated:
            _limit(request)
        return self.respond(request)


def _limit(request: HttpRequest) -> None:
    from django.contrib.auth import logout

    now, session = calendar.now().timestamp(), request.session
    if now - session.setdefault("signed_in_at", now) > settings.SESSION_ABSOLUTE_AGE:
        request.sightline_signed_out = LONG_DAY  # type: ignore[attr-defined]
        logout(request)
        request.sightline_actor = None  # type: ignore[attr-defined]
    elif now - session.get("seen_at", 0) > 60:
        session["seen_at"] = now


class SecondFactor:
    """Outside the demonstration every person needs a second factor; without one, only its set-up opens."""

    _OPEN = ("account_logout", "account_reauthenticate", "leave", "health")

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        from allauth.mfa.utils import is_mfa_enabled
        from django.shortcuts import redirect

        from sightline.web.work_accounts import second_factor_trusted

        if settings.DEMONSTRATION_SIGN_IN or getattr(view, "without_database", False):
            return None
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        if not request.user.is_authenticated or name.startswith("mfa_") or name in self._OPEN:
            return None
        if second_factor_trusted(request) or is_mfa_enabled(request.user):
            return None
        return redirect("mfa_index")


class PurposeFirst:
    """A page waits until whoever is independent has said what for: once a day for each matter, and once for lists.

    Every page of no one matter counts as a list but those that show nobody's words: signing in, what anybody may
    read, and figures. So a new page waits until it is said that it need not.
    """

    _OPEN = frozenset(
        ("health", "leave", "still_here", "sign_out_everywhere", "purpose", "purpose-lists", "published-figures")
        + ("figure", "figure_csv", "scorecard", "measure", "measure_csv", "returns", "return", "return-send")
        + ("neighbour-sets", "neighbour-set")
    )
    _OPEN_FROM = ("account_", "mfa_", "socialaccount_", "openid_", "report")

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        from django.shortcuts import redirect
        from django.urls import reverse

        from sightline.access.oversight_purpose import purpose_needed

        if getattr(view, "without_database", False):
            return None
        case_id, actor = kwargs.get("case_id"), actor_of(request)
        name = request.resolver_match.url_name or "" if request.resolver_match else ""
        free = name in self._OPEN or name.startswith(self._OPEN_FROM)
        if actor is None or free or not purpose_needed(actor, case_id):
            return None
        page = reverse("purpose", args=[case_id]) if case_id else reverse("purpose-lists")
        return redirect(f"{page}?{urlencode({'next': request.get_full_path()})}")
