"""Nothing is read of a request that is larger than its page takes; anybody could otherwise fill the disk.

A form is parsed by whatever asks for it first, be it the check of its proof or of who wrote it, whoever sent it and
whatever the page would have said. So this stands before all of them. The figure is `request_mb` of `rules.toml`.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from sightline.platform.files.limits import in_bytes
from sightline.web import errors


def takes_up_to[V: Callable[..., Any]](most: Callable[[], int]) -> Callable[[V], V]:
    """Mark a view that takes more or less than others, `most()` bytes, and itself says 413 beyond it (`size_of`)."""

    def mark(view: V) -> V:
        view.takes_up_to = most  # type: ignore[attr-defined]
        return view

    return mark


def size_of(request: HttpRequest) -> int | None:
    """The bytes that a request says it holds; None where it does not say, or says what is no number."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    unsaid = "HTTP_TRANSFER_ENCODING" in request.META or not (said.isascii() and said.isdecimal())
    return None if unsaid else int(said)


def beyond(request: HttpRequest, most: int) -> bool:
    """Whether it holds more, or does not say how much."""
    size = size_of(request)
    return size is None or size > most


class BodyLimit:
    """Answers 413 for a request that is too large, or has the view say so, to whom nothing of it can be read."""

    def __init__(self, respond: Callable[[HttpRequest], HttpResponse]) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        usual, own = in_bytes("request_mb"), _own_limit(request)
        if own is None:
            return errors.too_large(request, usual) if beyond(request, usual) else self.respond(request)
        # A large file is for those who may send one: of whoever is not signed in no more is read than on other pages.
        if beyond(request, own) or (beyond(request, usual) and not request.user.is_authenticated):
            request._mark_post_parse_error()  # type: ignore[attr-defined]  # Django's own way to read no form
        return self.respond(request)


def _own_limit(request: HttpRequest) -> int | None:
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return None
    most: Callable[[], int] | None = getattr(view, "takes_up_to", None)
    return most() if most else None
