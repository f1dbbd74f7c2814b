"""That a record is not there is said at set times, so that the delay tells nobody whether it is sealed instead.

For a sealed record the database looks up every way in that is closed; for one that was never there, none: a fraction of
a millisecond, which somebody who asks often enough can measure.
"""

import random
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

_drawn = random.SystemRandom()


def answer_evenly(request: HttpRequest) -> None:
    """Called before a record is looked for by a page that says on its own form, not by a 404, that there is none."""
    request.answered_evenly = True  # type: ignore[attr-defined]


class EvenAnswers:
    """Holds "not there" back until the next whole step of `EVEN_ANSWERS` (seconds) since the request came, and a
    drawn part of a tenth of a step: of answers that were quite even, the least that is left of a difference would tell.

    Outside the unit of work: nothing in the database is held meanwhile.
    """

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.monotonic()
        response = self.respond(request)
        if settings.EVEN_ANSWERS and _may_be_sealed(request, response):
            step = settings.EVEN_ANSWERS
            time.sleep(step - (time.monotonic() - began) % step + _drawn.uniform(0, step / 10))
        return response


def _may_be_sealed(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether what was asked for may be there and sealed; an address that no page has names no record."""
    not_there = response.status_code == 404 and request.resolver_match is not None
    return not_there or getattr(request, "answered_evenly", False)
