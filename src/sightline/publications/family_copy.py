"""The family's copy as a document: drawn from what the gate passed, and from nothing else."""

from collections.abc import Iterator, Mapping
from typing import Any

from sightline.outgoing.fragments import Fragment, with_texts
from sightline.outgoing.gate import Passed
from sightline.platform import calendar
from sightline.processes.protection.family_copy import family_sections, title_of
from sightline.publications.formats import FORMATS, Drawn
from sightline.publications.issue import Issue
from sightline.vocabulary import publication
from sightline.vocabulary.publication import Document, Paragraph, Section, Table


def drawn_copy(matter: Any, passed: Passed, key: str) -> Drawn:
    """One person's copy in one format ("html", "pdf", "docx")."""
    sections = with_texts(family_sections(matter), Fragment, iter(passed.texts))
    partnership = matter.case.partnership
    document = Document(
        title=title_of(matter),
        publisher=partnership.name,
        as_at=calendar.today().isoformat(),
        sections=tuple(_sections(sections)),
        invented=partnership.invented,
    )
    state = f"For {passed.outgoing.to.name} alone"
    issue = Issue(document, matter.case.reference, state, signatures=(), draft=False)
    made = FORMATS[key]
    return Drawn(f"familys-copy-{matter.case.reference.lower()}.{key}", made.media_type, made.whole(issue))


def _sections(sections: list[Mapping[str, Any]]) -> Iterator[Section]:
    """Sections with something in them; a row or a paragraph of which nothing passed is not there."""
    for one in sections:
        said: list[publication.Fragment] = [Paragraph(text) for text in one.get("paragraphs", ()) if text]
        rows = [tuple(row) for row in one.get("table", {}).get("rows", ()) if any(row)]
        if rows:
            said.append(Table(one["heading"], tuple(one["table"]["head"]), tuple(rows)))
        if said:
            yield Section(one["heading"], tuple(said))
