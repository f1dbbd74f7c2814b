"""Is Sightline able to work? For whoever watches the server; plain words, no page around them."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from sightline.platform.database import database_answers
from sightline.web.middleware import without_database

PLAIN = "text/plain; charset=utf-8"


@without_database
def health(request: HttpRequest) -> HttpResponse:
    """200 when the database answers, 503 when it does not."""
    if database_answers():
        return HttpResponse("Ready.\n", content_type=PLAIN)
    return HttpResponse("The database does not answer.\n", status=503, content_type=PLAIN)


urlpatterns = [path("healthz", health, name="health")]
