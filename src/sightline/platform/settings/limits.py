"""The rules as one partnership has them: what ships, with the partnership's own limits from the database."""

from datetime import date

from django.db.models import Q, QuerySet

from sightline.platform.calendar import today
from sightline.platform.settings.models import GuidanceVersion, LocalLimit
from sightline.platform.settings.rules import Rule, guidance, rule_for


def rule_in(partnership_key: str, id: str, variant: str = "", on: date | None = None) -> Rule:
    """The rule in force on a date (today when None) for one partnership: one query. Raises as `rule_for`."""
    day = on or today()
    return rule_for(partnership_key, id, variant, day, limits_in_force(partnership_key, day).filter(rule_id__iexact=id))


def limits_in_force(partnership_key: str, on: date) -> QuerySet[LocalLimit]:
    """The limits that a partnership has set for itself and that count on a date."""
    dated = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    return LocalLimit.objects.filter(dated, partnership_key=partnership_key, valid_from__lte=on)


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
