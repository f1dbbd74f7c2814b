"""Asking for a file as somebody in a browser would: proving who one is again, saying what it is for, taking it."""

from typing import Any

from tests.world import PASSWORD

PURPOSE = "To correct dates of birth with the council"


def asked_for(client: Any, address: str, **changed: str) -> tuple[Any, str]:
    """The page that the request leads to, and its address (empty where it was not accepted)."""
    first = client.get(address)
    assert first["Location"].startswith("/sign-in/again"), "whoever takes a file away has just signed in"
    client.post("/sign-in/again", {"password": PASSWORD})
    page = client.post(address, {"purpose": PURPOSE, "file_format": "csv", **changed}, follow=True)
    return page, page.redirect_chain[-1][0] if page.redirect_chain else ""


def taken(client: Any, address: str, **changed: str) -> Any:
    """The file itself, where no second person is needed."""
    return client.get(f"{asked_for(client, address, **changed)[1]}file")
