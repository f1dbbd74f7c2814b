"""Which partnerships does this deployment host?"""

from sightline.people.models import Partnership


def hosted_partnerships() -> list[Partnership]:
    """Every partnership, by name. What they publish about themselves is public, so no reader is asked for."""
    return list(Partnership.objects.order_by("name"))
