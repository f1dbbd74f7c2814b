"""Which partnerships does this deployment host?"""

from typing import Any

from sightline.people.models import Partnership


def hosted_partnerships() -> list[Partnership]:
    """Every partnership, by name. What they publish about themselves is public, so no reader is asked for."""
    return list(Partnership.objects.order_by("name"))


def demonstration_sign_ins() -> dict[str, Any]:
    """What an invented partnership prints on its sign-in page, from its published text "sign_ins".

    `{"password": "...", "accounts": [["role in words", "user name", "what they do"], ...]}`; empty where there is none.
    """
    invented = [partnership for partnership in hosted_partnerships() if partnership.invented]
    return next((dict(row.published_texts["sign_ins"]) for row in invented if "sign_ins" in row.published_texts), {})
