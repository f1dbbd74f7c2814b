"""What is shown beside a step's questions, so that nobody decides blind: history, replies, proposal, minutes."""

from typing import Any

from sightline.engine.models import CaseStep
from sightline.engine.timeline import events
from sightline.parts.history import earlier
from sightline.parts.readable import readable
from sightline.processes.front_door import rules
from sightline.processes.front_door.codes import Source
from sightline.processes.protection.minutes import sections
from sightline.vocabulary.process import Step
from sightline.web.case_links import case_href, first_address
from sightline.web.components import words
from sightline.web.pages.cases.identity import link
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.cases.panels.agencies import none_shown, replies
from sightline.web.pages.cases.panels.base import Panel
from sightline.web.pages.cases.panels.clocks import clocks_panel
from sightline.web.pages.cases.panels.meeting import meeting_panel, quorum_sentence
from sightline.web.pages.cases.panels.people import people_panel, tied_panel
from sightline.web.pages.cases.panels.register_change import change_rows
from sightline.web.pages.cases.panels.said import childs_words_panel, said_of, summary_panels
from sightline.web.pages.cases.shut_out import before_asking
from sightline.web.pages.cases.wording import when_words

DECIDING = ("propose", "endorse", "change_to_more_protective", "return_with_question", "add_the_rest")


def beside(opened: Opened, step: Step) -> dict[str, Any]:
    """By what the template draws: each is absent where the step has no use for it."""
    shown: dict[str, Any] = {}
    shown["shut"] = before_asking(opened, step)
    if opened.case.process == "contact" and step.key in DECIDING and opened.whole:
        shown.update(
            history=history(opened), replies=replies(opened), words=childs_words_panel(opened), chase=_chase(opened)
        )
        shown["none_shown"] = none_shown(opened)
    if step.endorses and opened.whole:
        shown["proposal"] = proposal(opened, step)
        shown["instead"] = [
            link(opened, other) for other in opened.steps() if other.key in INSTEAD and other is not step
        ]
    if step.key == "tell_referrer" and opened.whole:
        shown["first"] = [to_tell(opened)]
    if opened.case.process == "statement" and not step.opening:
        shown["first"] = [the_edition(opened)]
    if step.key == "answer_invitation":
        shown["first"] = [summary_panels(opened)[0], *meeting_panel(opened)]
    if step.key == "check_minutes" and opened.matter.meeting:
        told = [seat.who or seat.agency.name for seat in opened.matter.seats_now]
        shown.update(minutes=readable(opened.matter.meeting, opened.actor), recipients=told)
    if step.key == "send_minutes":
        shown.update(minutes=sections(opened.matter), recipients=_recipients(opened))
    if opened.case.process == "strategy-discussion" and step.key in ("record_meeting", "reconvene"):
        shown["quorum"] = quorum_sentence(opened)
        shown["quorate"] = quorum_sentence(opened).startswith("Quorate")
    if opened.view is opened.view.ASKED and opened.case.concerns == "child":
        shown["question"] = [*question_panel(opened), summary_panels(opened)[0], *clocks_panel(opened)]
        shown["instead"] = [
            link(opened, other) for other in opened.steps() if other is not step and not other.protective
        ]
    if opened.case.concerns == "child":
        shown["people"] = [*people_panel(opened), *(tied_panel(opened) if opened.whole else [])]
    return shown


def question_panel(opened: Opened) -> list[Panel]:
    """When the agency was asked, and on what footing it may answer."""
    asked = when_words(opened.case.opened_at)
    said = [f"Asked {asked}. Lawful basis for sharing: public task (safeguarding). It does not rest on consent."]
    return [Panel("asked", "Why you are asked", "sentences", said, "")]


def the_edition(opened: Opened) -> Panel:
    """Which edition of a statement this is about, to be read before anything is done with it."""
    said = [f"Edition {opened.record.edition}."]
    address = first_address("statement", args=[opened.case.pk])
    read = [{"text": "Read this edition", "href": address}]
    return Panel("edition", "The edition", "sentences", said, "", links=read)


def to_tell(opened: Opened) -> Panel:
    """What was decided, who told us and how they can be reached: nobody tells a referrer from memory."""
    names = ("decision", "rationale", "referrer_name", "referrer_job", "referrer_contact", "stay_anonymous")
    said = said_of(opened, names)
    return Panel("to-tell", "What was decided, and whom to tell", "rows", said, "Nothing is decided yet.")


INSTEAD = ("return_with_question", "change_to_more_protective", "refuse")


def history(opened: Opened) -> dict[str, Any]:
    """Earlier contacts about the same people: counts in a sentence, a warning where NFA repeats, and each in a row."""
    found = earlier(opened.matter, opened.actor)
    counts: dict[str, int] = {}
    for record in found:
        said = record.get_decision_display().lower() or "not decided"
        counts[said] = counts.get(said, 0) + 1
    how_many = words.plural(len(found), "earlier contact")
    sentence = f"{how_many} in 24 months: {words.joined(f'{n} {said}' for said, n in counts.items())}." if found else ""
    return {
        "sentence": f"{sentence}{_patterns(found)}" or "No earlier contact about these people in 24 months.",
        "warning": _repeats(opened),
        "rows": [_earlier(opened, record) for record in found],
    }


def _patterns(found: list[Any]) -> str:
    """What one contact read by itself hides: a family that keeps telling us, and help refused before."""
    family = sum(record.source == Source.FAMILY for record in found)
    refused = sum(record.agreement in rules.REFUSED for record in found)
    said = [f" From the family themselves: {family}."] if family else []
    return "".join([*said, f" Help was refused in {refused}."] if refused else said)


def _repeats(opened: Opened) -> str:
    before = rules.no_further_action_before(opened.matter)
    limit = opened.matter.rules("front-door-repeat-nfa", "", words.civil(opened.case.opened_at)).limit
    if before + 1 < limit:
        return ""
    return (
        f"There have been {words.plural(before, 'contact')} with no further action in the last 12 months. "
        "If this is one more, a manager must review them together."
    )


def _earlier(opened: Opened, record: Any) -> dict[str, Any]:
    case = record.case
    return {
        "on": words.short_date(case.opened_at),
        "source": record.get_source_display() or "Not known",
        "told": words_cut(record.narrative),
        "outcome": record.get_decision_display() or case.at_stage.label,
        "worker": str(case.owner or ""),
        "reference": case.reference,
        "href": case_href(case.pk),
    }


def words_cut(text: str, most: int = 120) -> str:
    """The beginning of a text, cut between words."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(" ", 1)[0] + " ..."


def _chase(opened: Opened) -> list[dict[str, str]]:
    return [link(opened, step) for step in opened.steps() if step.key == "chase"]


def proposal(opened: Opened, step: Step) -> dict[str, Any] | None:
    """What is to be endorsed, read only: who proposed it, when and every answer."""
    made: CaseStep | None = next((row for row in reversed(opened.matter.steps) if row.step in step.endorses), None)
    if made is None:
        return None
    event = next(event for event in events(opened.matter) if event.row.pk == made.pk)
    declared = opened.case.declared.steps[made.step]
    names = [
        *declared.asks,
        *(["decision"] if "decision" not in declared.asks and hasattr(opened.record, "decision") else []),
    ]
    first = ["decision", *(name for name in names if name != "decision")] if "decision" in names else names
    return {
        "by": f"{event.who}, {event.role.lower()}",
        "at": made.recorded_at,
        "title": event.says,
        "rows": change_rows(opened) or said_of(opened, tuple(first)),
        "left": len(made.left_for_later),
    }


def _recipients(opened: Opened) -> list[str]:
    seats = [f"{seat.agency.name}{f', {seat.who}' if seat.who else ''}" for seat in opened.matter.seats_now]
    return [*seats, "The family's copy waits for your decision"]
