"""The minutes of a meeting, and who has been sent them and has opened them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from sightline.engine.models import Meeting
from sightline.engine.permission import role_for
from sightline.engine.refusals import NotAllowed
from sightline.outgoing.fragments import Fragment, Outgoing, Recipient, Sort, Standing, leaves, with_texts
from sightline.outgoing.gate import passed_or_kept_in
from sightline.parts.ledger import Entry, ledger
from sightline.parts.ledger import opened as mark_opened
from sightline.parts.readable import readable
from sightline.processes.protection.spoken import marked_of, minutes_in_fragments
from sightline.web.components import words
from sightline.web.components.shell import shell
from sightline.web.pages.cases.apart import sexual_health_kept_apart
from sightline.web.pages.cases.identity import identity, link
from sightline.web.pages.cases.opening import Opened, View, case_page
from sightline.web.pages.cases.panels.meeting import circulation_words
from sightline.web.pages.cases.wording import when_words


def _meeting(opened: Opened, number: int) -> Meeting:
    """A meeting whose minutes are sent, for somebody who sees into it. Raises Http404."""
    found = next((each for each in opened.matter.meetings if each.number == number and each.minutes), None)
    if found is None or opened.view is View.SENT:
        raise Http404
    return found


def _page(request: HttpRequest, opened: Opened, heading: str, **context: Any) -> dict[str, Any]:
    around = shell(
        request,
        heading,
        back=opened.address(),
        back_words="Back to the case",
        reference=opened.case.reference,
        nav="work",
    )
    return {**around, "opened": opened, "identity": identity(opened), **context}


@case_page
def minutes(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """Reading them is what marks them opened."""
    meeting = _meeting(opened, number)
    if opened.case.concerns == "partnership":
        return redirect("meeting-minutes", case_id=opened.case.pk)
    mark_opened(meeting, opened.actor)
    context = _page(request, opened, f"Minutes of {words.long_date(meeting.held_at or meeting.called_at)}")
    sections = _passed(opened, readable(meeting, opened.actor))
    shown = {"sections": sections, "meeting": meeting, "when": when_words}
    return render(request, "cases/minutes.jinja", {**context, **shown})


def _passed(opened: Opened, sections: list[dict[str, Any]]) -> Any:
    """The sections as this reader may have them, with words in place of what is kept apart from them."""
    actor = opened.actor
    about = frozenset(s.person_id for s in opened.matter.subjects if s.person_id)
    content = minutes_in_fragments(sections, opened.matter, about)
    said = tuple(leaves(content, Fragment))
    special = any(one.sort is Sort.SEXUAL_HEALTH for one in said)
    apart = sexual_health_kept_apart(opened, marked_of(opened.matter).agencies) if special else ""
    to = Recipient(Standing.AT_MEETING, actor.name, agency_kind=actor.agency.kind if actor.agency and not apart else "")
    passed = passed_or_kept_in(Outgoing("minutes", to, "minutes of a meeting", said, about, (opened.case.pk,)))
    return with_texts(content, Fragment, (apart if text is None else text for text in passed.texts))


@case_page
def circulation(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """Who should have the minutes, who has opened them, who is late."""
    meeting = _meeting(opened, number)
    entries = ledger(opened.matter, meeting)
    held = words.plain_date(meeting.held_at or meeting.called_at)
    context = _page(request, opened, f"Who has the minutes of {held}")
    due = next((entry.row.due_at for entry in entries if entry.row.due_at), None)
    clock = next((c for c in opened.matter.clocks if c.key == "record_in_time" and c.due_at == due), None)
    context.update(
        summary=circulation_words(opened, meeting),
        rows=[_row(entry) for entry in entries],
        sent_at=meeting.minutes_at,
        when=when_words,
        due=f"Due to all by {words.by_end_of(due).removeprefix('by ')}" if due else "",
        clock=clock,
        steps=[link(opened, step) for step in opened.steps() if step.key in ("send_again", "decide_family_copy")],
        gate=_gate(opened),
        minutes_href=opened.address("case-minutes", number),
        family_href=_family_href(opened, entries),
    )
    return render(request, "cases/circulation.jinja", context)


def _family_href(opened: Opened, entries: list[Entry]) -> str:
    """Where the family's copies are given out, for whoever may take anything away."""
    gives = any(entry.row.family for entry in entries) and not opened.glass
    return opened.address("case-family-copy") if gives else ""


def _row(entry: Entry) -> dict[str, Any]:
    row = entry.row
    who = ", ".join(part for part in (row.who, row.agency.name if row.agency else "") if part)
    late = words.late_by(row.due_at, row.opened_at, whole_day=True).split(" (")[0] if entry.late and row.due_at else ""
    return {
        "who": who or str(row.worker or ""),
        "why": row.why,
        "sent": words.day_and_time(row.sent_at) if row.sent_at else "",
        "state": f"Withheld: {row.withheld}" if row.withheld else entry.state,
        "opened": words.day_and_time(row.opened_at) if row.opened_at else "",
        "late": late,
    }


def _gate(opened: Opened) -> list[str]:
    """Why the matter cannot be closed yet, by its own conditions."""
    closing = opened.case.declared.steps.get("close")
    if closing is None:
        return []
    try:
        role_for(opened.matter, closing, opened.actor)
    except NotAllowed:
        return []
    return [sentence for gate in closing.gates for sentence in gate.unmet(opened.matter, {})]
