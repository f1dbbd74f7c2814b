"""Which agencies were asked what they know, by when, and what each answered; and who else has a part."""

from typing import Any

from sightline.engine.models import Case, CaseClock
from sightline.web.case_links import case_href
from sightline.web.components import words
from sightline.web.components.clock_words import ClockWords, clock_words
from sightline.web.pages.cases.apart import kept_apart
from sightline.web.pages.cases.identity import link
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.cases.shut_out import shut_out_of

from .base import Panel

ANSWER_WORDS = {"asked": "Waiting", "answered": "Answered", "nothing_held": "Nothing held", "refused": "Refused"}


def asked_panel(opened: Opened) -> list[Panel]:
    """One row for each agency asked. No panel for a process that asks nobody."""
    if not _asking(opened):
        return []
    rows, empty = replies(opened), none_shown(opened)
    chase = [link(opened, step) for step in opened.steps() if step.key in ("ask_agencies", "chase")]
    waiting = [(case, case.answering) for case in opened.matter.unanswered() if case.answering]
    shut = shut_out_of(opened, waiting, "what it is asked")
    links = [*shut.links, *chase]
    return [Panel("agencies", "Agencies asked", "replies", rows, empty, links=links, warning=shut.says)]


def _asking(opened: Opened) -> set[str]:
    """The steps of this process that ask agencies."""
    return {key for key, step in opened.case.declared.steps.items() if any(opens.each for opens in step.opens)}


def none_shown(opened: Opened) -> str:
    """In place of the answers where there are none to show: nobody was asked, or whoever looks sees none of it."""
    if any(row.step in _asking(opened) for row in opened.matter.steps):
        return "Agencies were asked. You do not see which, nor what they answered."
    return "No agency has been asked yet."


def replies(opened: Opened) -> list[dict[str, Any]]:
    """Agency, answer word, clock, what was replied and its address. Late and waiting first. Two queries."""
    cases = [case for case in opened.matter.children if case.answering]
    if not cases:
        return []
    clocks = _last_clocks(opened, cases)
    record = cases[0].declared.record
    records = {row.pk: row for row in record.visible_to(opened.actor).filter(case__in=cases)}
    rows = [_reply(opened, case, records.get(case.pk), clocks.get(case.pk)) for case in cases]
    return sorted(rows, key=lambda row: (row["state"] != "Waiting", row["agency"]))


def _last_clocks(opened: Opened, cases: list[Case]) -> dict[Any, CaseClock]:
    return {clock.case_id: clock for clock in CaseClock.visible_to(opened.actor).filter(case__in=cases)}


def _reply(opened: Opened, case: Case, record: Any, clock: CaseClock | None) -> dict[str, Any]:
    state = ANSWER_WORDS.get(case.stage, case.at_stage.label)
    return {
        "agency": case.answering.name if case.answering else "",
        "state": state,
        "clock": clock_words(clock) if clock else None,
        "late": _late(clock),
        "said": _said(opened, case, record),
        "asked": words.day_and_time(case.opened_at),
        "href": case_href(case.pk),
    }


def _late(clock: CaseClock | None) -> bool:
    words_now: ClockWords | None = clock_words(clock) if clock else None
    return bool(words_now and words_now.tone == "late")


def _said(opened: Opened, case: Case, record: Any) -> str:
    if record is None:
        return ""
    for column in ("refusal", "refusal_detail") if record.refusal else ("information",):
        if apart := kept_apart(opened, case, record, column):
            return apart
    if record.refusal:
        return f"{record.get_refusal_display()}. {_stopped(record.refusal_detail)}"
    view = record.get_view_of_risk_display()
    return " ".join(
        [*filter(None, [_stopped(record.information)]), *([f"View of risk: {view.lower()}."] if view else [])]
    )


def _stopped(text: str) -> str:
    return text if not text or text.rstrip().endswith((".", "!", "?", "”")) else f"{text.rstrip()}."


def involved_panel(opened: Opened) -> list[Panel]:
    """Agencies and workers with a part in the case, and why."""
    rows = []
    for part in opened.matter.involvements:
        if part.ends_at is None:
            name = part.agency.name if part.agency else str(part.worker)
            basis = part.basis.removeprefix("Your agency ")  # as its own people read it
            note = f"{basis[:1].upper()}{basis[1:]}, since {words.plain_date(part.starts_at)}"
            rows.append({"name": name, "note": note})
    return [Panel("involved", "Who is involved", "people", rows, "Nobody is involved yet.", side=True, count=len(rows))]
