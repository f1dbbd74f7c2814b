"""The independent scrutineer says what for before they read a matter; tests of what they read say it here."""

from typing import Any

from sightline.access.models import Purpose
from sightline.engine.models import Case
from sightline.platform import calendar


def purpose_said(world: Any, case: Case | None = None, who: str = "scrutineer") -> None:
    """What the matter, or without one what lists, are read for today, as the page that asks keeps it."""
    from contacts import bound

    with bound(getattr(world, who)):
        Purpose.objects.get_or_create(
            account=world.accounts[who],
            case=case,
            day=calendar.today(),
            defaults={"reason": "meeting", "words": "For the next meeting", "said_at": calendar.now()},
        )
