"""Which target holds for a measure on a day?"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sightline.people.models import Partnership


def target_of(partnership: Partnership, key: str, on: date) -> Decimal | None:
    """The target that the partnership has decided for an indicator, in its unit; None where it has decided none."""
    return None
