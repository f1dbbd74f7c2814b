"""A document as a Word file (DOCX), with real headings, real table headers and its language set."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from sightline.publications.issue import Issue
from sightline.vocabulary.publication import Bullets, Figure, Fragment, Paragraph, Quote, Table

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

LANGUAGE = "en-GB"


def whole(issue: Issue) -> bytes:
    """The file's bytes. python-docx is read on first use."""
    from docx import Document as word_document

    file = word_document()
    _describe(file, issue)
    file.add_paragraph(issue.document.publisher)
    file.add_heading(issue.document.title, level=1)
    if issue.document.invented:
        file.add_paragraph().add_run("Invented: nobody and nothing in this document is real.").bold = True
    file.add_paragraph().add_run(issue.state).bold = True
    for signature in issue.signatures:
        file.add_paragraph(signature, style="List Bullet")
    for number, section in issue.document.numbered():
        file.add_heading(f"{number}. {section.heading}", level=section.level + 1)
        for fragment in section.fragments:
            _draw(file, fragment)
    file.add_paragraph(issue.provenance)
    written = BytesIO()
    file.save(written)
    return written.getvalue()


def _describe(file: WordDocument, issue: Issue) -> None:
    from docx.oxml.ns import qn

    file.core_properties.title = issue.document.title
    file.core_properties.author = issue.document.publisher
    file.core_properties.comments = issue.provenance
    file.core_properties.language = LANGUAGE
    language = file.styles.element.find(f".//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:val"), LANGUAGE)
    file.sections[0].footer.paragraphs[0].text = f"{issue.reference}. {issue.state}."


def _draw(file: WordDocument, fragment: Fragment) -> None:
    match fragment:
        case Paragraph(text):
            file.add_paragraph(text)
        case Quote(text, source):
            file.add_paragraph(f"“{text}”", style="Quote")
            file.add_paragraph(source)
        case Bullets(items):
            for item in items:
                file.add_paragraph(item, style="List Bullet")
        case Figure():
            paragraph = file.add_paragraph()
            paragraph.add_run(f"{fragment.name}, {fragment.period}. ").bold = True
            paragraph.add_run(f"{fragment.words} ({fragment.source}, as at {fragment.as_at})")
        case Table():
            _table(file, fragment)


def _table(file: WordDocument, fragment: Table) -> None:
    file.add_paragraph(fragment.caption, style="Caption")
    table = file.add_table(rows=1, cols=len(fragment.head), style="Table Grid")
    _fill(table.rows[0], fragment.head, bold=True)
    _repeat_as_header(table.rows[0])
    for row in fragment.rows:
        _fill(table.add_row(), row)


def _fill(row: Any, cells: tuple[str, ...], *, bold: bool = False) -> None:
    for cell, text in zip(row.cells, cells, strict=True):
        cell.text = ""
        cell.paragraphs[0].add_run(text).bold = bold


def _repeat_as_header(row: Any) -> None:
    """Word's own mark of a header row, which screen readers announce and every page repeats."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)
