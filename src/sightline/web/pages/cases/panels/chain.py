"""The chain of a recommendation, walked on one page, each link with the way to what it rests on."""

from dataclasses import dataclass, field
from typing import Any

from sightline.engine.models import Case
from sightline.parts.models import Evidence
from sightline.platform import calendar
from sightline.processes.improvement import chain
from sightline.processes.improvement.recommendation import Recommendation
from sightline.processes.improvement.signing import must_sign, signatures
from sightline.processes.improvement.source_document import SourceDocument
from sightline.processes.improvement.states import Status
from sightline.vocabulary.indicator import slug_of
from sightline.web.case_links import case_href, first_address
from sightline.web.components import words
from sightline.web.pages.cases.identity import link
from sightline.web.pages.cases.opening import Opened

from .base import Panel

CHANGES = {"outcome"}


@dataclass
class Said:
    """One line of a link of the chain. `href` leads on; `late`: its day has passed."""

    text: str
    href: str = ""
    late: bool = False


@dataclass
class ChainLink:
    """One numbered link: its name, what is there, in whose own words, and what may be done about it."""

    title: str
    lines: list[Said] = field(default_factory=list)
    quote: str = ""
    act: dict[str, str] | None = None


def chain_panel(opened: Opened) -> list[Panel]:
    """Eight links, each with the way to what it rests on. No panel for any other process."""
    if opened.case.process != Recommendation.key:
        return []
    one = chain.of_case(opened.actor, opened.case.pk)
    if one is None:
        return []
    links = [
        _said(one),
        _accepted(one),
        _acted(one),
        _made(one),
        _checked(one),
        _changed(opened, one),
        _signed(opened, one),
        _lasting(opened, one),
    ]
    data = {"links": links, "also": _also(opened, one)}
    return [Panel("chain", "The chain", "chain", data, "")]


def _said(one: chain.Followed) -> ChainLink:
    record = one.record
    document = one.document
    lines = [Said(one.source_words, case_href(document.pk) if document else indicator_href(record.figure_indicator))]
    if document and document.published_on:
        lines.append(Said(f"{document.publisher}, published {words.plain_date(document.published_on)}"))
    if record.figure:
        lines.append(Said(f"{record.figure_words} ({record.figure_source})"))
    lines.append(Said(f"To {words.joined(_lowered(row.name) for row in one.addressees)}"))
    return ChainLink("Said", lines, quote=record.exact_words if record.exact_words != record.figure_words else "")


def _lowered(name: str) -> str:
    return name.replace("The partnership", "the partnership")


def indicator_href(indicator: str) -> str:
    """The page of a measure; empty where there is none."""
    return first_address("measure", args=[slug_of(indicator)]) if indicator else ""


def _accepted(one: chain.Followed) -> ChainLink:
    record, status = one.record, one.status
    if status is Status.NOT_ACCEPTED:
        return ChainLink("Accepted", [Said(f"Not accepted. {record.not_accepted_reason}")])
    if not record.response:
        return ChainLink("Accepted", [Said("Not yet answered.")])
    lines = [Said(record.accepted_where)] if record.accepted_where else []
    lines.append(Said(f"In part: {record.part_reason}" if record.part_reason else "In full."))
    return ChainLink("Accepted", [*lines, Said(record.response)])


def _acted(one: chain.Followed) -> ChainLink:
    today = calendar.today()
    lines = []
    for action in one.actions:
        late = not action.done_at and not action.dropped and action.due_on < today
        lines.append(Said(f"{action.what}: {action.who}, {action.agency.name}. {action_state(action)}", late=late))
    return ChainLink("Action", lines or [Said("No action is agreed yet.")])


def action_state(action: Any) -> str:
    """ "Done 1 September 2026", "Dropped: ...", "Late by 3 days (due 1 May 2026)", "Due 1 May 2026"."""
    if action.done_at:
        return f"Done {words.plain_date(action.done_at)}"
    if action.dropped:
        return f"Dropped: {action.dropped}"
    days = (calendar.today() - action.due_on).days
    due = words.plain_date(action.due_on)
    return f"Late by {words.plural(days, 'day')} (due {due})" if days > 0 else f"Due {due}"


def _made(one: chain.Followed) -> ChainLink:
    record = one.record
    if not record.delivered_on:
        planned = f"Planned: {record.planned_output}" if record.planned_output else "Nothing is in use yet."
        return ChainLink("Made or changed", [Said(planned)])
    lines = [Said(f"{record.output.rstrip('.')}. In use from {words.plain_date(record.delivered_on)}")]
    lines += [Said(record.output_where)] if record.output_where else []
    return ChainLink("Made or changed", lines)


def _checked(one: chain.Followed) -> ChainLink:
    rows = [row for row in one.evidence if row.grade not in CHANGES]
    return ChainLink("Checked", [evidence_line(row) for row in rows] or [Said("Nothing has been checked yet.")])


def evidence_line(row: Evidence) -> Said:
    """What it shows, of what kind, from when; a measure leads to its page."""
    figure = f" ({row.figure_name}, {row.figure_period}: {row.figure_words})" if row.figure else ""
    said = f"{row.says.rstrip('.')}{figure}. {row.get_kind_display()}, {words.plain_date(row.dated_on)}"
    return Said(said, indicator_href(row.figure.split(":")[0]) if row.figure else "")


def _changed(opened: Opened, one: chain.Followed) -> ChainLink:
    rows = [evidence_line(row) for row in one.evidence if row.grade in CHANGES]
    if one.showing_impact:
        statement = [Said(one.record.impact_statement)] if one.record.impact_statement else []
        return ChainLink("Changed", [*statement, *rows])
    after = f" dated after {words.plain_date(one.done_on)}" if one.done_on else ", once the work is done"
    adds = next((step for step in opened.steps() if step.key == Recommendation.add_evidence.key), None)
    act = {**link(opened, adds), "text": "Add evidence of impact"} if adds and one.done_on else None
    due = [Said(f"Due to show by {words.plain_date(one.record.impact_by)}")] if one.record.impact_by else []
    return ChainLink(
        "Changed", [Said(f"Not yet: needs evidence of a difference for children{after}."), *due, *rows], act=act
    )


def _signed(opened: Opened, one: chain.Followed) -> ChainLink:
    if one.status not in (Status.SHOWN, Status.CLOSED):
        return ChainLink("Signed", [Said(f"To be signed by: {words.joined(must_sign(opened.matter))}.")])
    there = signatures(opened.matter)
    lines = []
    for partner in must_sign(opened.matter):
        row = there.get(partner)
        said = f"signed by {row.worker}, {words.plain_date(row.at)}" if row else "not yet signed"
        lines.append(Said(f"{partner}: {said}"))
    return ChainLink("Signed", lines)


def _lasting(opened: Opened, one: chain.Followed) -> ChainLink:
    lines = []
    for step, clock, months in (("check_at_6", "sustained_at_6", 6), ("check_at_12", "sustained_at_12", 12)):
        row, running = opened.matter.last(step), opened.matter.running(clock)
        closed = opened.matter.last("close_it")
        if row and closed and row.number > closed.number:
            lines.append(Said(f"Still true at {months} months: checked {words.plain_date(row.at)}"))
        elif running:
            due = calendar.local_date(running[0].due_at)
            said = f"To be checked at {months} months: by {words.plain_date(due)}"
            lines.append(Said(said, late=due < calendar.today()))
    if one.record.reopened_because:
        reopened = opened.matter.last("reopen")
        when = f" {words.plain_date(reopened.at)}" if reopened else ""
        lines.append(Said(f"Reopened{when}: {one.record.reopened_because}"))
    return ChainLink("Still true", lines or [Said("Checked at 6 and at 12 months after it is closed.")])


def _also(opened: Opened, one: chain.Followed) -> list[tuple[str, list[Said]]]:
    """What is tied to it and is no link of the chain itself."""
    same = [Said(f"{case.title} ({case.reference})", case_href(case.pk)) for case in _seen(opened, one.same_as)]
    took = chain.meetings_that_took(opened.actor, opened.case)
    meetings = [Said(f"{case.title or case.declared.label} ({case.reference})", case_href(case.pk)) for case in took]
    view = [Said(one.record.scrutineer_view)] if one.record.scrutineer_view else []
    named = (
        ("Also said by (linked, counted separately)", same),
        ("Taken to", meetings),
        ("The scrutineer’s view", view),
    )
    return [(title, lines) for title, lines in named if lines]


def _seen(opened: Opened, cases: list[Case]) -> list[Case]:
    """Those of them that this person sees: an agency addressed by one need not be by the other."""
    wanted = [case.pk for case in cases]
    return list(Case.visible_to(opened.actor).filter(pk__in=wanted)) if wanted else []


def entered_panel(opened: Opened) -> list[Panel]:
    """What was entered from a source document, against what it says; each with where it stands."""
    if opened.case.process != SourceDocument.key:
        return []
    found = chain.of_document(opened.actor, opened.case.pk)
    count = chain.count_checks(opened.actor, [opened.record], {opened.case.pk: found})[opened.case.pk]
    rows = [
        {
            "title": one.case.title,
            "reference": one.case.reference,
            "href": case_href(one.case.pk),
            "where": one.record.paragraph,
            "to": words.joined(row.name for row in one.addressees),
            "status": one.status.value,
        }
        for one in reversed(found)
    ]
    new = first_address("recommendation-new")
    may = any(opened.actor.holds(role.key) for role in Recommendation.receive.by)
    links = [{"text": "Enter a recommendation from it", "href": f"{new}?source={opened.case.pk}"}] if may else []
    # An agency sees only what is addressed to it, and so nothing that could be counted.
    data = {"count": count if opened.whole else None, "rows": rows}
    return [Panel("entered", "What it says", "entered", data, "", links=links)]
