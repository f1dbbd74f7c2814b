"""One content, three formats: nothing lost, nothing read as markup, one hash."""

import re
from html import unescape
from io import BytesIO

import pytest
from docx import Document as WordDocument
from pypdf import PdfReader

from sightline.publications.formats import FORMATS
from sightline.publications.issue import Issue
from sightline.vocabulary.publication import (
    Bullets,
    Document,
    Figure,
    Paragraph,
    Quote,
    Section,
    Table,
    document_from,
)

HOSTILE = 'Say <script>alert("x")</script> #let it = [be] *plain* $text$ & no more'
CITED = Figure("re-referrals:2025:1", "Re-referrals", "2024-25", "26.3% (795 of 3,022).", "DfE", "2025-10-30")

ONE_BY_ONE = Table("States", ("Recommendation", "State"), (("Hold them on time", "Closed"),))


def a_document(**changed: object) -> Document:
    given = {
        "title": "Position statement, autumn",
        "publisher": "Ardenvale Safeguarding Children Partnership",
        "as_at": "2026-11-22",
        "sections": (
            Section("Introduction", (Paragraph(HOSTILE), Quote("Meetings did not happen", "Inspection, paragraph 14"))),
            Section("What we found", (Bullets(("A rota was agreed", "Nobody looked again")), CITED)),
            Section("One by one", (ONE_BY_ONE,), 2),
        ),
        "invented": True,
    }
    return Document(**{**given, **changed})  # type: ignore[arg-type]


def an_issue(document: Document | None = None) -> Issue:
    signed = ("Signed by Hel Stur for Ardenvale Council, 3 December 2026",)
    return Issue(document or a_document(), "P-2222", "Published 4 December 2026, edition 2", signed, draft=False)


def text_of(key: str, made: bytes) -> str:
    if key == "pdf":
        return " ".join(page.extract_text() for page in PdfReader(BytesIO(made)).pages)
    if key == "docx":
        file = WordDocument(BytesIO(made))
        cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
        return " ".join([*(paragraph.text for paragraph in file.paragraphs), *cells])
    return unescape(re.sub(r"<[^>]+>", " ", made.decode()))


def squeezed(text: str) -> str:
    return "".join(text.replace("‘", "'").split())


EVERYTHING = (
    *("Position statement, autumn", "Published 4 December 2026, edition 2", "Signed by Hel Stur", "1. Introduction"),
    *("2. What we found", "2.1. One by one", "Meetings did not happen", "Inspection, paragraph 14"),
    *(
        "Nobody looked again",
        "Re-referrals, 2024-25",
        "26.3% (795 of 3,022)",
        "Hold them on time",
        "Closed",
        "Invented",
    ),
)


@pytest.mark.parametrize("key", FORMATS)
def test_every_format_says_everything_and_carries_the_same_hash(key: str) -> None:
    said = squeezed(text_of(key, FORMATS[key].whole(an_issue())))
    missing = [one for one in EVERYTHING if squeezed(one) not in said]
    assert not missing
    assert a_document().sha256 in said


@pytest.mark.parametrize("key", ["pdf", "docx"])
def test_what_looks_like_markup_is_printed_as_it_was_typed(key: str) -> None:
    straight = text_of(key, FORMATS[key].whole(an_issue())).replace("“", '"').replace("”", '"')
    assert squeezed(HOSTILE) in squeezed(straight)


def test_what_looks_like_markup_is_escaped_in_the_web_page() -> None:
    made = FORMATS["html"].whole(an_issue()).decode()
    assert "<script" not in made
    assert "&lt;script&gt;" in made


def test_the_pdf_is_tagged_and_names_its_language_and_title() -> None:
    reader = PdfReader(BytesIO(FORMATS["pdf"].whole(an_issue())))
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en-GB"
    assert reader.metadata
    assert "Position statement" in (reader.metadata.title or "")


def test_the_word_file_has_real_headings_and_a_header_row() -> None:
    file = WordDocument(BytesIO(FORMATS["docx"].whole(an_issue())))
    styles = [paragraph.style.name for paragraph in file.paragraphs if paragraph.style]
    assert styles.count("Heading 2") == 2
    assert styles.count("Heading 3") == 1
    assert "tblHeader" in file.tables[0].rows[0]._tr.xml


def test_a_document_comes_back_from_what_is_kept_of_it() -> None:
    assert document_from(a_document().as_json()) == a_document()


@pytest.mark.parametrize(
    "changed",
    [{"title": "Another"}, {"as_at": "2026-11-23"}, {"invented": False}, {"sections": a_document().sections[:-1]}],
    ids=["title", "day", "invented", "a section less"],
)
def test_any_change_of_content_changes_what_was_signed(changed: dict[str, object]) -> None:
    assert a_document(**changed).sha256 != a_document().sha256


def test_sections_number_themselves() -> None:
    numbers = [number for number, _ in a_document(sections=(*a_document().sections, Section("Next", ()))).numbered()]
    assert numbers == ["1", "2", "2.1", "3"]
