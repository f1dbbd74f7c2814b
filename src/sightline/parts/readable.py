"""Which sections of a meeting's minutes may this person read?"""

from typing import Any

from sightline.engine.models import Meeting
from sightline.people.actor import Actor

PUBLIC = "public"


def readable(meeting: Meeting, who: Actor) -> list[dict[str, Any]]:
    """The sections for members, without those kept from this person."""
    worker = str(who.worker.pk) if who.worker else ""
    return [
        section
        for section in meeting.minutes
        if section.get("only") != PUBLIC and worker not in section.get("kept_from", [])
    ]


def public(meeting: Meeting) -> list[dict[str, Any]]:
    """The sections that anybody may read."""
    return [section for section in meeting.minutes if section.get("only", PUBLIC) == PUBLIC]
