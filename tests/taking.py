"""Asking for a file as somebody in a browser would: proving who one is again, saying what it is for, taking it."""

from typing import Any

from tests.contacts import signed_in
from tests.world import PASSWORD

PURPOSE = "To correct dates of birth with the council"


def proved(client: Any) -> Any:
    """The same browser, in which somebody has just shown again that it is they."""
    assert client.post("/sign-in/again", {"password": PASSWORD}).status_code == 302
    return client


def freshly(world: Any, who: str) -> Any:
    """A browser in which somebody has signed in, and has just shown again that it is they."""
    return proved(signed_in(world, who))


def asked_for(client: Any, address: str, **changed: str) -> tuple[Any, str]:
    """The page that the request leads to, and its address (empty where it was not accepted)."""
    first = client.get(address)
    assert first["Location"].startswith("/sign-in/again"), "whoever takes a file away has just signed in"
    page = proved(client).post(address, {"purpose": PURPOSE, "file_format": "csv", **changed}, follow=True)
    return page, page.redirect_chain[-1][0] if page.redirect_chain else ""


def taken(client: Any, address: str, **changed: str) -> Any:
    """The file itself, where no second person is needed."""
    return client.get(f"{asked_for(client, address, **changed)[1]}file")
