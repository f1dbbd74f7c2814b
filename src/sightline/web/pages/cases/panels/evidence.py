"""What shows that something was done or made a difference, by the kind of proof it is."""

from typing import Any

from markupsafe import Markup

from sightline.parts.evidence import EVIDENCE
from sightline.parts.kept import kept
from sightline.parts.models import Evidence
from sightline.web.components import words
from sightline.web.pages.cases.opening import Opened

from .base import Panel
from .files import attached


def evidence_panel(opened: Opened) -> list[Panel]:
    """Newest first. No panel for a process that asks for no evidence."""
    if not any(EVIDENCE in step.parts for step in opened.matter.process.steps.values()):
        return []
    rows = sorted(kept(opened.matter, Evidence), key=lambda row: row.dated_on, reverse=True)
    empty = "No evidence yet. A document alone never shows a difference for children."
    said = [_with_files(opened, row) for row in rows]
    return [Panel("evidence", "Evidence", "rows", said, empty, count=len(rows))]


def _with_files(opened: Opened, row: Evidence) -> tuple[str, Any]:
    head, said = evidence_words(row)
    links = attached(opened, row.pk, row.says)
    return head, Markup("{}<br>{}").format(said, links) if links else said


def evidence_words(row: Evidence) -> tuple[str, Any]:
    """What kind it is and from when; what it shows, the figure as it stood, and where it is held."""
    head = f"{row.get_grade_display()}: {row.get_kind_display().lower()}, {words.plain_date(row.dated_on)}"
    figure = f"{row.figure_name}, {row.figure_period}: {row.figure_words} ({row.figure_source})" if row.figure else ""
    return head, ". ".join(part.rstrip(".") for part in (row.says, figure, row.where) if part)
