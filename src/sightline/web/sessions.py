"""A request's session: what its page changed of it is kept with the page, in the page's one transaction."""

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from sightline.web.held_text import ENDED


class OpenSession(SessionMiddleware):
    """Opens it. Django would keep it here, too, when the page's own transaction has ended: see `keep_session`."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return response


def keep_session(request: HttpRequest, response: HttpResponse) -> None:
    """Write what was changed of the session, and its cookie.

    Raises SessionInterrupted where it was ended while the page was made, and OperationalError where the database went
    away, which Django takes for the same: both undo the page, so that nobody is told otherwise than it is.
    """
    keeper = SessionMiddleware(lambda request: response)
    try:
        keeper.process_response(request, response)
    except SessionInterrupted as interrupted:
        for cause in _causes(interrupted):
            if isinstance(cause, OperationalError):
                raise cause from None
        raise


def _causes(error: BaseException) -> list[BaseException]:
    cause = error.__cause__ or error.__context__
    return [cause, *_causes(cause)] if cause else []


def signed_out_meanwhile(request: HttpRequest) -> None:
    """From here on the request is nobody's: its session was ended in another window, or by whoever may end it."""
    request.session.flush()
    request.user = AnonymousUser()
    request.sightline_actor, request.sightline_signed_out = None, ENDED  # type: ignore[attr-defined]
