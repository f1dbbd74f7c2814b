"""What the parts of a breakdown are called."""

from __future__ import annotations

from collections.abc import Mapping

from sightline.people.membership import member_agencies
from sightline.people.models import Partnership
from sightline.platform import calendar
from sightline.processes.protection.strategy_record import Venue


def names_of_parts(partnership: Partnership, by: str) -> Mapping[str, str]:
    """The name of each part of a breakdown by its key, as it is called today; empty for all together."""
    if by == "agency":
        today = calendar.today()
        return {str(agency.pk): agency.name_on(today) for agency in member_agencies(partnership, today)}
    return {str(value): str(label) for value, label in Venue.choices} if by == "venue" else {}
