"""What an agency that told the front door about a child may see: what it sent, where that stands, what it was told."""

from typing import Any

from sightline.processes.front_door.contact_record import ContactRecord
from sightline.web.outcome_told import shown_to_referrer
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.cases.wording import when_words

from .base import Panel
from .clocks import clocks_panel
from .happened import answers_of, seen_events, timeline_panel


def sent_panels(opened: Opened) -> list[Panel]:
    """Outcome first, then what was sent; nothing of what others said or what the front door thought.

    Only the front door's own contacts have both; of another matter an agency that is no more than told sees its stage.
    """
    if not isinstance(opened.record, ContactRecord):
        return [Panel("outcome", "Where this stands", "sentences", [opened.case.at_stage.label], "")]
    told = [
        _answers(opened, event)
        for event in reversed(seen_events(opened))
        if event.row.step in ("tell", "add_information")
    ]
    said = [row for rows in told for row in rows]
    people = [person for event in seen_events(opened) for person in _people(event.row.answers)]
    clocks = [clock for clock in clocks_panel(opened)] if not _outcome(opened) else []
    for panel in clocks:
        panel.data = panel.data[:1]
    return [
        Panel("outcome", "Where this stands", "sentences", state_words(opened), ""),
        *clocks,
        Panel("told", "What your agency told the front door", "rows", said, "Your agency has not told anything here."),
        Panel("people", "Who your agency told us about", "people", people, "Nobody was named.", side=True),
        *timeline_panel(opened),
    ]


def _outcome(opened: Opened) -> str:
    return str(opened.record.told_outcome or opened.record.told_route)


def state_words(opened: Opened) -> list[str]:
    """Where the concern stands, in the words that a referrer's agency may have."""
    record = opened.record
    if record.told_at is None:
        if opened.case.stage == "new":
            return ["The front door has your concern. Nobody has read it yet."]
        return ["The front door has read your concern and is deciding what happens."]
    said = [f"{record.get_told_outcome_display() or 'Decided'}. You were told {when_words(record.told_at)}."]
    return [*said, *filter(None, [shown_to_referrer(opened.actor, opened.case, record.told_words)])]


def _answers(opened: Opened, event: Any) -> list[tuple[str, Any]]:
    hidden = {"digest of the receipt code"}
    return [(label, value) for label, value in answers_of(opened, event) if label not in hidden]


def _people(answers: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {
            "name": f"{row.get('given_names', '')} {row.get('family_name', '')}".strip() or "Name not known",
            "note": row.get("relation", ""),
        }
        for row in answers.get("people", [])
    ]
