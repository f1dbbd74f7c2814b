"""The key that a form is drawn with, so that the same form sent twice is one thing done."""

from uuid import UUID

from django.http import QueryDict


def key_of(data: QueryDict) -> UUID | None:
    """The idempotency key that was posted; None where there is none, or it is no key."""
    return as_key(str(data.get("idempotency_key")))


def as_key(text: str) -> UUID | None:
    """An id as a form posts it; None where it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
