"""Exit this page: forget what was typed here, then show something that anybody might be reading."""

from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from sightline.web.middleware import without_database


@without_database
def leave(request: HttpRequest) -> HttpResponse:
    """Clears the session and the browser's copies, and goes to the address in `QUICK_EXIT_ADDRESS`.

    Works while the database is away: nobody may be kept on the page by a fault of ours.
    """
    with suppress(DatabaseError):
        request.session.flush()
    response = HttpResponseRedirect(settings.QUICK_EXIT_ADDRESS)
    response.delete_cookie(settings.SESSION_COOKIE_NAME)
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


urlpatterns = [path("leave", leave, name="leave")]
