"""Which targets hold on a day? They are the partnership's decisions, kept with who made them in its register."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sightline.people.models import Partnership
from sightline.registers import targets as register


def target_of(partnership: Partnership, key: str, on: date) -> Decimal | None:
    """The target that the partnership has decided for an indicator, in its unit; None where it has decided none."""
    return targets_on(partnership, on).get(key)


def targets_on(partnership: Partnership, on: date) -> dict[str, Decimal]:
    """Every target in force on a day, by the indicator's key. One query."""
    held = register.targets_on(partnership, on)
    return {key: target.value for key, target in held.items() if target.value is not None}
