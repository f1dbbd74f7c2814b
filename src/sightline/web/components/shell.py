"""What surrounds every page: navigation by role, the partnership's name and numbers, whether all of it is invented."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from markupsafe import Markup

from sightline.access.models import Glass
from sightline.access.signing_out import signs_others_out
from sightline.access.verdict import by_glass_alone
from sightline.people.actor import Actor, actor_for
from sightline.platform import calendar
from sightline.web.components.contact_details import ContactDetails, contact_details
from sightline.web.held_text import Returned, returned
from sightline.web.navigation import Place, places_for, work_waiting
from sightline.web.work_accounts import identity_providers


def actor_of(request: HttpRequest) -> Actor | None:
    """Who is signed in, with the roles they hold today; None when nobody is. Worked out once a request."""
    if not hasattr(request, "sightline_actor"):
        user = getattr(request, "user", None)
        signed_in = user is not None and user.is_authenticated
        request.sightline_actor = actor_for(user) if signed_in else None  # type: ignore[attr-defined, arg-type]
    return request.sightline_actor  # type: ignore[attr-defined]


class Site:
    """The shell of one request's page. With `offline`, nothing is asked of the database."""

    def __init__(self, request: HttpRequest, *, offline: bool = False) -> None:
        self._request = request
        self.offline = offline

    @cached_property
    def actor(self) -> Actor | None:
        return None if self.offline else actor_of(self._request)

    @cached_property
    def partnership(self) -> ContactDetails:
        """Whose site this is: the signed-in person's partnership, else the first one hosted."""
        own = self.actor.partnership if self.actor else None
        return contact_details(own.key if own else "", offline=self.offline)

    @property
    def invented(self) -> bool:
        """Whether every page and print must say that nothing here is real."""
        return self.partnership.invented or settings.SIGHTLINE_MODE == "demonstration"

    @property
    def second_factor_needed(self) -> bool:
        """Whether a password alone opens nothing but the set-up of a second factor."""
        return not settings.DEMONSTRATION_SIGN_IN

    @property
    def work_accounts(self) -> list[dict[str, str]]:
        """The identity providers of agencies that can sign people in."""
        return identity_providers()

    @property
    def signs_others_out(self) -> bool:
        """Whether this person may sign a colleague out."""
        return bool(self.actor and signs_others_out(self.actor))

    @property
    def returned(self) -> Returned | None:
        """What this person wrote on this page before they were signed out."""
        return None if self.offline else returned(self._request)

    @property
    def idle_seconds(self) -> int:
        """After how long without a request somebody is signed out."""
        return int(settings.SESSION_COOKIE_AGE)

    @property
    def idle_left(self) -> int:
        """Of that, what is left now: the session notes at most once a minute that somebody is there."""
        now = calendar.now().timestamp()
        return int(self.idle_seconds - (now - self._request.session.get("seen_at", now)))

    @property
    def signed_in_as(self) -> str:
        return self.actor.name if self.actor else ""

    @cached_property
    def glasses(self) -> list[Glass]:
        """Records that this person has open without a part in them, where the page has read any."""
        return by_glass_alone(self.actor) if self.actor else []

    @property
    def now(self) -> Any:
        return calendar.now()

    def navigation(self, here: str = "") -> list[dict[str, Any]]:
        """Items for GOV.UK service navigation; `here` is the key of the place that the page belongs to."""
        if self.actor is None:
            return []
        found = places_for(held.role for held in self.actor.roles)
        return [{"href": address, "html": self._words(place), "active": place.key == here} for place, address in found]

    def _words(self, place: Place) -> Markup:
        if place.key != "work":
            return Markup("{}").format(place.words)
        known = getattr(self._request, "sightline_work_waiting", None)
        count = work_waiting(self.actor) if known is None else known
        if not count:
            return Markup("{}").format(place.words)
        return Markup('{} <span class="app-count">{}<span class="govuk-visually-hidden"> waiting</span></span>').format(
            place.words, f"{count:,}"
        )


def note_work(request: HttpRequest, due_now: int) -> None:
    """Say how much of this person's own work is late or due today, on a page that has it all: nothing asks again."""
    request.sightline_work_waiting = due_now  # type: ignore[attr-defined]


def under_glass(request: HttpRequest, cases: Iterable[UUID]) -> list[Glass]:
    """By which glasses the page shows something of these cases: for its context, so that the layout says so on it."""
    shown = set(cases)
    return [one for one in site(request)["site"].glasses if one.case_id in shown]


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `site` on every page."""
    if not hasattr(request, "sightline_site"):
        request.sightline_site = Site(request)  # type: ignore[attr-defined]
    return {"site": request.sightline_site}  # type: ignore[attr-defined]


def shell(
    request: HttpRequest,
    heading: str,
    *,
    back: str | None = None,
    back_words: str = "Back",
    nav: str | None = None,
    reference: str = "",
    forms: tuple[Any, ...] = (),
) -> dict[str, Any]:
    """Context that every page gives its layout.

    heading: the h1, without a name in it, which also begins the title; reference: the case's, for the title.
    back: address of the back link ("Back" or `back_words`); nav: key of the place in the navigation.
    forms: bound forms and formsets whose mistakes are listed at the top, and which turn the title into an error's.
    """
    from sightline.web.components.problems import problems

    return {
        "heading": heading,
        "reference": reference,
        "back": {"href": back, "text": back_words} if back else None,
        "nav": nav or "",
        "page_problems": problems(*forms),
        "request": request,
    }
