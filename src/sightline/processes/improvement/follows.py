"""What follows from the steps of a recommendation, and what their answers have to say."""

from collections.abc import Iterable
from typing import Any

from sightline.access.closeness import hold_as
from sightline.engine.matter import load
from sightline.engine.models import Involvement, Link
from sightline.parts.declared import ACTIONS
from sightline.parts.history import other_with_reference
from sightline.people.models import Agency
from sightline.platform import calendar
from sightline.vocabulary.partners import STATUTORY_PARTNERS
from sightline.vocabulary.process import Answers
from sightline.vocabulary.roles import SUPPORT_HUB

from .addressees import To, addressees
from .figure_cited import FIGURE_CITED

WHOLE = tuple(partner.discipline for partner in STATUTORY_PARTNERS)
"""Disciplines whose agencies act on what is addressed to the partnership as a whole."""


def received(deed: Any) -> None:
    """Owned by the Support Hub, in sight of everybody addressed, and tied to its document in both directions."""
    deed.own(deed.by.worker if deed.role == SUPPORT_HUB.key else deed.holder(SUPPORT_HUB.key))
    for agency, basis in _addressed(deed):
        deed.involve(agency=agency, part="addressee", basis=basis)
        deed.tell("A recommendation is addressed to you", agency=agency)
    if deed.record.source:
        deed.add(Link(source=deed.record.source, target=deed.case, step=deed.row, kind="said"))
        hold_as(load(deed.record.source.pk), deed)
    _show_document(deed, [agency for agency, _ in _addressed(deed)])


def _addressed(deed: Any) -> list[tuple[Agency, str]]:
    """Agencies that act on it, each once, and why."""
    found: dict[Any, tuple[Agency, str]] = {}
    for row in addressees(deed.matter):
        whole = row.to == To.PARTNERSHIP
        basis = "It is addressed to the partnership as a whole" if whole else "It is addressed to your agency"
        for agency in [deed.matter.agency_for(name) for name in WHOLE] if whole else [row.agency]:
            if agency:
                found.setdefault(agency.pk, (agency, basis))
    return list(found.values())


def _show_document(deed: Any, agencies: Iterable[Agency]) -> None:
    """Whoever acts on it reads the document it comes from."""
    document = deed.record.source
    if document is None:
        return
    there = {part.agency_id for part in load(document.pk).involvements if part.ends_at is None}
    basis = "A recommendation in it is your agency's to act on"
    for agency in {one.pk: one for one in agencies if one.pk not in there}.values():
        deed.add(Involvement(case=document, agency=agency, part="addressee", basis=basis, starts_at=deed.at))


def raised_from(matter: Any, answers: Answers) -> dict[str, str]:
    figure = any(row.get("figure") for row in answers.get(FIGURE_CITED) or [])
    source = answers.get("source")
    if source is None:
        return {} if figure else {"source": "Select the document it comes from, or choose a figure below"}
    ours = source.partnership_id == matter.case.partnership_id and source.process == "source-document"
    return {} if ours else {"source": "Select one of the documents shown"}


def has_actions(matter: Any, answers: Answers) -> dict[str, str]:
    there = answers.get(ACTIONS) or [action for action in matter.actions if not (action.done_at or action.dropped)]
    return {} if there else {"actions-0-what": "Add at least one action: what, who and by when"}


def takes_part(deed: Any) -> None:
    """Whoever has an action sees what it is for, and where it comes from."""
    there = {part.agency_id for part in deed.matter.involvements if part.ends_at is None}
    for action in deed.matter.actions:
        if action.agency_id not in there:
            deed.involve(agency=action.agency, part="action", basis="Your agency has an action in it")
    _show_document(deed, [action.agency for action in deed.matter.actions])


def in_use(matter: Any, answers: Answers) -> dict[str, str]:
    on = answers.get("delivered_on")
    return {"delivered_on": "The day must be today or in the past"} if on and on > calendar.today() else {}


def other_found(matter: Any, answers: Answers) -> dict[str, str]:
    found = other_with_reference(matter, answers.get("same_as") or "")
    return {} if found else {"same_as": "There is no other recommendation with this reference"}


def link_duplicate(deed: Any) -> None:
    """Both stay, each counted for its own source; neither is merged away."""
    other = other_with_reference(deed.matter, deed.record.same_as)
    deed.add(Link(source=deed.case, target=other, step=deed.row, kind="duplicates"))


def too_early(clock: str) -> Any:
    """Why a check cannot be made yet: it says something only once the time has nearly passed."""

    def why(matter: Any) -> str:
        running = matter.running(clock)
        if not running:
            return ""
        due = calendar.local_date(running[0].due_at)
        rule = matter.rules("recommendation-check-window", "", calendar.today())
        opens = calendar.add_working_days(due, rule.limit)
        return "" if calendar.today() >= opens else f"It can be checked from {calendar.plain_date(opens)}."

    return why
