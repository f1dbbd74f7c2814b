"""Words for files that are taken away."""

from datetime import datetime

from sightline.outgoing.models import Export
from sightline.platform import calendar
from sightline.web.components.words import day_and_time, plural


def named_words(people: int) -> str:
    """ "3 people", "Nobody by name"."""
    return plural(people, "person", "people") if people else "Nobody by name"


def state_words(export: Export) -> str:
    """Where the request stands, in a sentence."""
    if export.agreed is False:
        return f"Refused by {export.decided_by.get_full_name() if export.decided_by else ''}: {export.decision_words}"
    if export.ends_at is None:
        return "It waits for a second person."
    could = "could" if calendar.now() >= export.ends_at else "can"
    return f"It {could} be taken until {within(export.ends_at)}."


def within(at: datetime) -> str:
    """A moment as it stands within a sentence: "tomorrow 2:15am"."""
    said = day_and_time(at)
    return said[:1].lower() + said[1:] if said.startswith(("Today", "Tomorrow", "Yesterday")) else said
