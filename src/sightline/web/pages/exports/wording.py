"""Words for files that are taken away."""

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
    if calendar.now() >= export.ends_at:
        return f"It could be taken until {day_and_time(export.ends_at)}."
    return f"It can be taken until {day_and_time(export.ends_at)}."
