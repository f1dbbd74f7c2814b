"""A request's session: what its page changed of it is kept with the page, in the page's one transaction."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse

from sightline.web.held_text import ENDED


class OpenSession(SessionMiddleware):
    """Opens it. Django would keep it here, too, when the page's own transaction has ended: see `keep_session`."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return response


def keep_session(request: HttpRequest, response: HttpResponse) -> None:
    """Write what was changed of the session, and its cookie.

    Raises SessionInterrupted where it was ended while the page was made. Django raises that for every fault of the
    database, one that went away among them: here those are raised as they were.
    """
    keeper = SessionMiddleware(lambda request: response)
    try:
        keeper.process_response(request, response)
    except SessionInterrupted as interrupted:
        saving = interrupted.__context__
        fault = saving.__context__ if saving else None
        if fault is None or isinstance(fault, Session.NotUpdated):
            raise
        raise fault from None


def signed_out_meanwhile(request: HttpRequest) -> None:
    """From here on the request is nobody's: its session was ended in another window, or by somebody who may.

    What was worked out for whoever had been signed in is forgotten. Their cookie is left alone: it may be a newer one.
    """
    for name in [name for name in vars(request) if name.startswith("sightline_")]:
        delattr(request, name)
    request.session.flush()
    request.COOKIES.pop(settings.SESSION_COOKIE_NAME, None)
    request.user = AnonymousUser()
    request.sightline_signed_out = ENDED  # type: ignore[attr-defined]
