"""What the service did, what it left for later, what is half written, and what this case is linked to."""

from typing import Any

from django.db.models import Q

from sightline.access.begun import begun
from sightline.engine.amend import CORRECTION, corrector
from sightline.engine.models import Case, CaseStep, Link
from sightline.engine.refusals import NotAllowed
from sightline.engine.timeline import Event, events
from sightline.outgoing.protecting import END, KEEP
from sightline.vocabulary.roles import Reach, role_named
from sightline.web.case_links import case_href
from sightline.web.components import words
from sightline.web.pages.cases.apart import entry_kept_apart, spoken_apart
from sightline.web.pages.cases.identity import link
from sightline.web.pages.cases.opening import Opened, View
from sightline.web.pages.cases.wording import recorded_words, when_words
from sightline.web.templating import macro

from .base import Panel

RECENT = 8


def seen_events(opened: Opened) -> list[Event]:
    """Entries this viewer may read: an agency that sent a concern reads its own, and that it was told the outcome."""
    found = events(opened.matter)
    if opened.view is not View.SENT:
        return found
    agencies = {held.agency_id for held in opened.actor.roles if held.agency_id}
    return [event for event in found if event.row.agency_id in agencies]


def timeline_items(opened: Opened) -> list[dict[str, Any]]:
    """Entries as the timeline component draws them, newest first."""
    return [_item(opened, event) for event in seen_events(opened)]


def _item(opened: Opened, event: Event) -> dict[str, Any]:
    row = event.row
    return {
        "title": event.says,
        "at": row.at,
        "by": _by(opened, event),
        "text": _reason(opened, event),
        "details": macro("cases/parts.jinja", "details", _details(opened, event)) if _details(opened, event) else "",
        "number": row.number,
        "correct": may_correct(opened, event),
    }


def _by(opened: Opened, event: Event) -> str:
    """Who, in what role, for whom; without a name where it is that of whoever told us, kept apart from this viewer."""
    row = event.row
    who = [] if _told_us(opened, event) and entry_kept_apart(opened, row, "referrer_name") else [event.who]
    role = [event.role.lower() if who else event.role] if event.role.lower() != event.who.lower() else []
    return ", ".join([*who, *role, *([row.agency.name] if row.agency else [])])


def _told_us(opened: Opened, event: Event) -> bool:
    """Whether who made the entry is who told us: they say so, or name nobody and are not of the front door."""
    step = opened.case.declared.steps.get(event.row.step)
    if step is None or "referrer_name" not in step.asks:
        return False
    named = event.row.answers.get("referrer_name", "")
    if named:
        return bool(named.casefold() == event.who.casefold())
    return role_named(event.row.role).reach is not Reach.PARTNERSHIP


def may_correct(opened: Opened, event: Event) -> str:
    """The address of the page that corrects an entry, where this person may."""
    step = opened.case.declared.steps.get(event.row.step)
    if step is None or not correctable(step):
        return ""
    try:
        corrector(opened.matter, step, opened.actor)
    except NotAllowed:
        return ""
    return opened.address("case-correct", event.row.number)


def correctable(step: Any) -> list[str]:
    """Columns that a correction may change: not what settles a decision."""
    fixed = {"decision", "outcome", *step.needs}
    return [name for name in step.asks if name not in fixed]


def _reason(opened: Opened, event: Event) -> str:
    row, said = event.row, event.row.answers
    if row.step == CORRECTION:
        return f"Why: {said.get('reason', '')}"
    if row.step in (KEEP.key, END.key):
        return str(said["says"])
    if row.overrides:
        return f"{said.get('gate', '')}. Why: {said.get('reason', '')}"
    text = "Recorded late." if row.late_reason else ""
    if words.civil(row.at) != words.civil(row.recorded_at):
        text = f"Recorded {when_words(row.recorded_at)}. {text}".strip()
    return text


def _details(opened: Opened, event: Event) -> list[tuple[str, Any]]:
    row = event.row
    if row.overrides:
        return []
    if row.step == CORRECTION:
        return _both_values(opened, row)
    return answers_of(opened, event)


def answers_of(opened: Opened, event: Event) -> list[tuple[str, Any]]:
    """An entry's answers in words, as its step keeps them (codes are in words already); what is kept apart says so."""
    found = []
    for column, label, value in event.details:
        apart = entry_kept_apart(opened, event.row, column)
        found.append((label, apart or recorded_words(spoken_apart(opened, value, column))))
    return found


def _both_values(opened: Opened, row: CaseStep) -> list[tuple[str, Any]]:
    said = row.answers
    columns = {column.name: column for column in opened.record._meta.fields}
    found = []
    for name, after in said.get("after", {}).items():
        before = said.get("before", {}).get(name, "") if opened.view is not View.SENT else ""
        before, after = spoken_apart(opened, before, name), spoken_apart(opened, after, name)
        offered = columns[name].flatchoices
        label = str(columns[name].verbose_name)
        if apart := entry_kept_apart(opened, row, name):
            found.append((label, apart))
            continue
        found.append((label, f"{recorded_words(before, offered) or 'Not given'}, now {recorded_words(after, offered)}"))
    return found


def timeline_panel(opened: Opened) -> list[Panel]:
    """The latest entries, and the way to all of them."""
    items = timeline_items(opened)
    links = [{"text": f"Every entry of the timeline ({len(items)})", "href": opened.address("case-timeline")}]
    return [Panel("timeline", "Timeline", "timeline", items[:RECENT], "Nothing has happened yet.", links=links)]


def still_to_do_panel(opened: Opened) -> list[Panel]:
    """Answers that a protective step left for later and nobody has given since. None: no panel."""
    missing = left_for_later(opened)
    columns = {column.name: str(column.verbose_name) for column in opened.record._meta.fields}
    if not missing:
        return []
    links = [link(opened, step) for step in opened.steps() if step.key == "add_the_rest"]
    labels = [columns.get(name, name) for name in missing]
    title = "Still to do"
    return [Panel("still-to-do", title, "bullets", labels, "", side=True, count=len(labels), links=links)]


def left_for_later(opened: Opened) -> list[str]:
    """Names of columns left for later that are still empty."""
    names = dict.fromkeys(name for row in opened.matter.steps for name in row.left_for_later)
    return [name for name in names if getattr(opened.record, name, None) in (None, "", [])]


def drafts_panel(opened: Opened) -> list[Panel]:
    """That somebody is part-way through a step: who and when, never what they wrote. None: no panel."""
    steps = opened.case.declared.steps
    data = [
        {
            "text": f"{draft.account.get_full_name()} has an unfinished draft, {when_words(draft.saved_at)}: "
            f"{steps[draft.step].label.lower()}",
            "href": opened.address("case-step", draft.step) if draft.account == opened.actor.account else "",
        }
        for draft in begun(opened.actor, opened.case.pk)
        if draft.step in steps
    ]
    return [Panel("drafts", "Unfinished drafts", "links", data, "", side=True)] if data else []


def linked_panel(opened: Opened) -> list[Panel]:
    """Matters that this one opened or was opened by, where this viewer sees both. Enquiries are listed as agencies."""
    case = opened.case
    links = Link.visible_to(opened.actor).filter(Q(source=case) | Q(target=case)).order_by("pk")
    out = [link.target_id for link in links if link.source_id == case.pk and link.kind != "asked"]
    into = [link.source_id for link in links if link.target_id == case.pk]
    seen = Case.visible_to(opened.actor).in_bulk([*out, *into]) if out or into else {}
    data = [_linked(seen[key], "") for key in out if key in seen]
    data += [_linked(seen[key], "From ") for key in into if key in seen]
    return [Panel("linked", "Linked matters", "links", data, "Nothing that you see is linked to this.", side=True)]


def _linked(case: Case, before: str) -> dict[str, str]:
    named = f"{case.title}, {case.reference}" if case.title else f"{case.declared.label} {case.reference}"
    text = f"{before}{named}: {case.at_stage.label.lower()}"
    return {"text": text, "href": case_href(case.pk)}
