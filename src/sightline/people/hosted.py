"""Which partnerships does this deployment host?"""

from sightline.people.models import Partnership


def hosted_partnerships() -> list[Partnership]:
    """Every partnership, by name. What they publish about themselves is public, so no reader is asked for."""
    return list(Partnership.objects.order_by("name"))


def demonstration_sign_ins() -> list[dict[str, str]]:
    """The sign-ins that an invented partnership prints on its sign-in page: `role`, `name`, `username`, `password`."""
    invented = [partnership for partnership in hosted_partnerships() if partnership.invented]
    return [row for partnership in invented for row in partnership.published_texts.get("sign_ins", [])]
