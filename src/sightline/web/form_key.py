"""The key that a form is drawn with, so that the same form sent twice is one thing done."""

from uuid import UUID

from django.http import QueryDict


def key_of(data: QueryDict) -> UUID | None:
    """The idempotency key that was posted; None where there is none, or it is no key."""
    try:
        return UUID(str(data.get("idempotency_key")))
    except ValueError:
        return None
