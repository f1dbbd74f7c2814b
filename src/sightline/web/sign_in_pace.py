"""Guessing passwords is slow, and nobody who guesses can keep a worker out.

A browser that has signed an account in before carries a sealed cookie that says so, and is counted by itself: whatever
others do, its owner signs in as ever. Tries from elsewhere wait by account and address, and by address; an account that
is tried from many places answers each of them a second later and refuses none. Passkeys and work accounts are not
counted at all. The figures are in `platform/settings/sign_in.toml`.
"""

import time
from threading import BoundedSemaphore
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from sightline.people.accounts import account_id_of
from sightline.people.sign_in_trail import as_themselves
from sightline.platform import audit
from sightline.platform.sealed import NotOurs, seal, unseal
from sightline.platform.settings.sign_in import pace
from sightline.platform.throttle.counting import failed, forgiven, times, wait
from sightline.web.network import address_of

_PURPOSE = "known browser"
_KNOWN_FOR = 180 * 24 * 60 * 60
_MOST_ACCOUNTS = 20
"""How many people's sign-ins one shared browser remembers."""
_waiting = BoundedSemaphore(2)
"""How many threads of a process may be held up at once: those who guess must not stop everybody else's pages."""


class Tries:
    """One try at one account, from one browser at one address."""

    def __init__(self, request: HttpRequest, username: str) -> None:
        self.username, place = username.strip().casefold(), address_of(request)
        browser = _known(request)
        if self.username in browser["accounts"]:
            self._counts = {"known_browser": f"{browser['mark']} {self.username}"}
        else:
            self._counts = {"account_from_one_place": f"{self.username} at {place}", "one_place": place}
        self._anywhere = "" if "known_browser" in self._counts else self.username

    def seconds_to_wait(self) -> int:
        """0: now."""
        return max(wait(f"{name} {what}", pace(name)) for name, what in self._counts.items())

    def take_time(self) -> None:
        """Answer later where the account is being tried from everywhere."""
        slow = pace("account_from_anywhere")
        if (
            self._anywhere
            and times(f"anywhere {self._anywhere}", slow) > slow.free
            and _waiting.acquire(blocking=False)
        ):
            try:
                time.sleep(slow.longest.total_seconds())
            finally:
                _waiting.release()

    def failed(self) -> None:
        """Count it, and write it in the audit: who was tried, never what was typed."""
        for name, what in self._counts.items():
            failed(f"{name} {what}", pace(name))
        if self._anywhere:
            failed(f"anywhere {self._anywhere}", pace("account_from_anywhere"))
        found = account_id_of(self.username)
        audit.record(
            "sign in",
            subject="account",
            ids=[found] if found else [],
            detail={"known_browser": not self._anywhere},
            outcome="refused",
        )


def know_browser(request: HttpRequest, response: HttpResponse, user: Any) -> HttpResponse:
    """After a sign-in: this browser knows the account from now on, and its own failures are forgiven. It is audited."""
    browser, username = _known(request), user.get_username().casefold()
    with as_themselves(user):
        audit.record("sign in", subject="account", ids=[user.pk])
    forgiven(f"known_browser {browser['mark']} {username}")
    forgiven(f"account_from_one_place {username} at {address_of(request)}")
    accounts = [username, *(known for known in browser["accounts"] if known != username)][:_MOST_ACCOUNTS]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE_NAME,
        seal({"mark": browser["mark"], "accounts": accounts}, _PURPOSE),
        max_age=_KNOWN_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _known(request: HttpRequest) -> dict[str, Any]:
    """The browser's own mark, and the accounts that it has signed in; a new mark for a browser without one."""
    try:
        given = unseal(request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE_NAME, ""), _PURPOSE)
    except NotOurs:
        return {"mark": uuid4().hex, "accounts": []}
    return {"mark": given["mark"], "accounts": given["accounts"]}
