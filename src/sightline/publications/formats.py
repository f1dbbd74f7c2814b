"""The formats that every publication comes in: HTML first, then PDF and Word."""

from collections.abc import Callable
from dataclasses import dataclass

from sightline.outgoing.gate import Passed
from sightline.publications import pdf, web_page, word_file
from sightline.publications.issue import Issue


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its words, media type and renderer."""

    key: str
    words: str
    media_type: str
    whole: Callable[[Issue], bytes]


FORMATS = {
    one.key: one
    for one in (
        Format("html", "Web page (HTML)", "text/html; charset=utf-8", web_page.whole),
        Format("pdf", "PDF, tagged for screen readers", "application/pdf", pdf.whole),
        Format(
            "docx",
            "Word (DOCX)",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            word_file.whole,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A file as it leaves: its name with the ending, media type and bytes."""

    name: str
    media_type: str
    body: bytes


def drawn(issue: Issue, passed: Passed, key: str) -> Drawn:
    """What the gate passed, in one format: of the issue, nothing is drawn but the texts that passed."""
    made = FORMATS[key]
    return Drawn(f"{issue.file_name}.{key}", made.media_type, made.whole(issue.as_passed(passed)))
