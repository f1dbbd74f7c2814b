"""A partnership's own limits and the guidance versions, as the database holds them."""

from sightline.platform.settings.models import GuidanceVersion, LocalLimit
from sightline.platform.settings.rules import guidance


def local_limits_of(partnership_key: str) -> list[LocalLimit]:
    """Every limit that a partnership has set for itself, past ones included, for `rules.rule_for`: one query."""
    return list(LocalLimit.objects.filter(partnership_key=partnership_key))


def record_shipped_guidance() -> None:
    """Bring the guidance versions that ship into the database; safe to repeat, and leaves other rows alone."""
    for edition in guidance().values():
        GuidanceVersion.objects.update_or_create(
            key=edition.key,
            defaults={
                "title": edition.title,
                "edition": edition.edition,
                "source": edition.source,
                "in_force_from": edition.in_force_from,
                "in_force_to": edition.in_force_to,
            },
        )
