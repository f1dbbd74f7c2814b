"""The position statement: every recommendation by its source, where it stands, what shows it, and what nothing shows.

Nothing in it is typed but the introduction and the conclusion. "Nearing completion" cannot be said: each recommendation
has its own state, in the words of `processes/improvement/states.py`.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sightline.parts.models import Evidence
from sightline.people.actor import Actor
from sightline.people.models import Partnership
from sightline.platform import calendar
from sightline.processes.improvement.chain import Followed, FromSource, by_source
from sightline.processes.improvement.states import Status
from sightline.vocabulary.publication import (
    Bullets,
    Document,
    Figure,
    Fragment,
    Paragraph,
    Publication,
    Quote,
    Section,
    Table,
    publish_with,
)

SHOWN_STATES = tuple(one for one in Status if one is not Status.IN_ERROR)


def assemble(actor: Actor, partnership: Partnership, words: Mapping[str, str]) -> Document:
    """The statement as the records stand today, from what this person may see.

    words: "title", "introduction" and "assurance", each a text whose paragraphs are parted by empty lines.
    """
    sources = by_source(actor, partnership)
    sections = [
        Section("Introduction", _paragraphs(words["introduction"])),
        Section("Where the recommendations stand", _overview(sources)),
        *(section for source in sources for section in _chapter(source)),
        Section("What is not yet evidenced", _not_evidenced(sources)),
        Section("What the partners conclude", _paragraphs(words["assurance"])),
    ]
    return Document(
        title=words["title"],
        publisher=partnership.name,
        as_at=calendar.today().isoformat(),
        sections=tuple(sections),
        invented=partnership.invented,
    )


def _paragraphs(text: str) -> tuple[Fragment, ...]:
    found = tuple(Paragraph(" ".join(part.split())) for part in text.split("\n\n") if part.strip())
    return found or (Paragraph("Not written yet."),)


def _overview(sources: list[FromSource]) -> tuple[Fragment, ...]:
    if not sources:
        return (Paragraph("No recommendation has been entered."),)
    every = [one for source in sources for one in source.recommendations]
    states = Counter(one.status for one in every)
    shown = sum(states[one] for one in (Status.SHOWN, Status.CLOSED))
    used = [state for state in SHOWN_STATES if states[state]]
    rows = [
        (source.title, *(str(Counter(one.status for one in source.recommendations)[state]) for state in used))
        for source in sources
    ]
    sentence = f"Of {_count(len(every))}, {shown} {'has' if shown == 1 else 'have'} been shown to make a difference."
    wrong = [source.count.sentence for source in sources if source.count and not source.count.agrees]
    return (
        Paragraph(sentence),
        Table("Recommendations by source and state", ("Source", *used), tuple(rows)),
        *((Paragraph(each)) for each in wrong),
    )


def _chapter(source: FromSource) -> list[Section]:
    about = []
    if source.document:
        published = source.document.published_on
        when = f", published {calendar.plain_date(published)}" if published else ""
        about.append(Paragraph(f"{source.document.publisher or 'Publisher not recorded'}{when}."))
    if source.count:
        about.append(Paragraph(source.count.sentence))
    if not source.recommendations:
        about.append(Paragraph("No recommendation of this source has been entered."))
    return [Section(source.title, tuple(about)), *(_one(each) for each in source.recommendations)]


def _one(followed: Followed) -> Section:
    record = followed.record
    addressed = ", ".join(_inside(one.name) for one in followed.addressees)
    fragments: list[Fragment] = [Quote(record.exact_words, followed.source_words)] if record.exact_words else []
    if record.figure:
        fragments.append(
            Figure(
                record.figure,
                record.figure_name,
                record.figure_period,
                record.figure_words,
                record.figure_source,
                calendar.local_date(followed.case.opened_at).isoformat(),
            )
        )
    said = f", for {addressed}" if addressed else ""
    fragments.append(Paragraph(f"{followed.case.reference}{said}. {followed.status}."))
    fragments += [Paragraph(text) for text in (record.response, record.output) if text]
    if followed.actions:
        fragments.append(Bullets(tuple(_action(action) for action in followed.actions)))
    fragments += [_evidence(row) for row in followed.evidence]
    fragments.append(Paragraph(_impact(followed)))
    return Section(followed.case.title, tuple(fragments), level=2)


def _action(action: Any) -> str:
    ended = f"done {calendar.plain_date(action.done_at)}" if action.done_at else ""
    ended = ended or (f"dropped: {action.dropped}" if action.dropped else f"due {calendar.plain_date(action.due_on)}")
    late = ", late" if not action.done_at and not action.dropped and action.due_on < calendar.today() else ""
    return f"{action.what} ({action.agency.name}, {ended}{late})"


def _evidence(row: Evidence) -> Fragment:
    if row.figure:
        return Figure(
            row.figure,
            row.figure_name,
            row.figure_period,
            f"{row.figure_words} {row.says}".strip(),
            row.figure_source,
            row.dated_on.isoformat(),
        )
    held = f" Held: {row.where}." if row.where else ""
    kind = f"{row.get_kind_display().lower()}, {calendar.plain_date(row.dated_on)}"
    return Paragraph(f"{row.get_grade_display()} ({kind}): {row.says.rstrip('.')}.{held}")


def _impact(followed: Followed) -> str:
    if followed.showing_impact:
        return followed.record.impact_statement or "Evidence of a difference for children is held and not yet reviewed."
    if followed.status in (Status.NOT_ACCEPTED, Status.RECEIVED):
        return followed.record.not_accepted_reason or "Not yet answered."
    return "No evidence of a difference for children has been shown."


def _not_evidenced(sources: list[FromSource]) -> tuple[Fragment, ...]:
    found = [one for source in sources for one in source.not_evidenced]
    if not found:
        shown = (Status.SHOWN, Status.CLOSED)
        if not any(one.status in shown for source in sources for one in source.recommendations):
            return (Paragraph("No recommendation has been accepted yet."),)
        return (Paragraph("Every accepted recommendation has evidence of a difference for children."),)
    lines = tuple(f"{one.case.title} ({one.case.reference}): {_why(one)}" for one in found)
    return (Paragraph("These are accepted, and nothing yet shows a difference for children."), Bullets(lines))


def _why(followed: Followed) -> str:
    by = followed.record.impact_by
    due = f"; due to show by {calendar.plain_date(by)}" if by else ""
    return f"{followed.status[:1].lower()}{followed.status[1:]}{due}"


def _inside(name: str) -> str:
    """A name inside a sentence: "the partnership"."""
    return f"the {name[4:]}" if name.startswith("The ") else name


def _count(number: int) -> str:
    return f"{number} recommendation{'' if number == 1 else 's'}"


POSITION_STATEMENT = publish_with(
    Publication(
        key="position-statement",
        title="Position statement",
        about="Every recommendation by its source, where it stands, what shows it, and what nothing shows yet.",
        assemble=assemble,
    )
)
