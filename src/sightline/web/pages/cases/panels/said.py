"""What was told, what was decided and why, and the child's own words: the record's columns in words."""

from typing import Any

from sightline.web.components import words
from sightline.web.pages.cases.apart import kept_apart, spoken_apart
from sightline.web.pages.cases.opening import Opened
from sightline.web.pages.cases.wording import recorded_words

from .base import Panel

HEADLINES: dict[str, tuple[tuple[str, tuple[str, ...], str], ...]] = {
    "group-meeting": (
        (
            "When and where",
            (
                *("planned_for", "mode", "venue", "joining", "moved_reason", "held_at", "chaired_by"),
                *("cancelled_reason", "chair_asks", "confirmed_at", "corrections"),
            ),
            "Not planned yet.",
        ),
    ),
    "source-document": (
        (
            "The document",
            ("title", "kind", "publisher", "published_on", "where", "about", "withdrawn_because"),
            "Nothing is entered yet.",
        ),
    ),
    "recommendation": (
        (
            "The plan",
            ("success_test", "planned_output", "impact_by", "progress", "themes", "deadline"),
            "No plan is agreed yet.",
        ),
        (
            "What the evidence shows",
            ("evidence_review", "confidence", "impact_statement", "sent_back_because"),
            "Nobody has reviewed the evidence yet.",
        ),
    ),
    "contact": (
        (
            "What we were told",
            (
                *("narrative", "opinion", "incident_on", "incident_when", "place", "concerns", "in_danger"),
                *("immediate_safety", "injury_described", "injury_adult_says", "injury_child_says", "mobility"),
                *("partner_or_visitors_who", "domestic_abuse", "family_told", "agreement", "source"),
                *("referrer_name", "referrer_job", "referrer_contact"),
            ),
            "Nothing was told yet.",
        ),
        (
            "Decision",
            (
                *("rag", "rag_reason", "decision", "lived_experience", "history_summary", "rationale"),
                *(
                    "would_change",
                    "endorsement",
                    "question",
                    "changed_reason",
                    "told_route",
                    "told_outcome",
                    "told_words",
                ),
            ),
            "Nothing is decided yet.",
        ),
    ),
    "section-11-return": (
        ("Asked and answered", ("due_on", "statement", "back_because", "clarification", "clarified"), "Nothing yet."),
        (
            "Peer challenge, and what follows",
            ("challenge_on", "challenge_with", "challenge_says", "final_says", "update_says", "withdrawn_because"),
            "No peer challenge has been held yet.",
        ),
    ),
    "section-11-cycle": (
        ("When", ("opens_on", "closes_on"), "No day is set."),
        ("What came of it", ("themes", "report_says", "ended_says"), "The cycle is not reported yet."),
    ),
    "agency-enquiry": (
        ("What is asked", ("why_asked", "rag", "family_told", "family_told_reason"), "No question was written."),
        (
            "What was replied",
            (
                *("information", "opinion", "view_of_risk", "sensitivity", "searched_by", "cannot_match"),
                *("refusal", "refusal_detail", "refusal_approved_by", "passed_to"),
            ),
            "No reply yet. That is not the same as nothing held.",
        ),
    ),
    "statement": (
        ("The statement", ("publication", "introduction", "assurance", "published_at"), "Nothing is written yet."),
        ("Signing", ("refusal", "returned_because"), "Nobody has refused to sign it."),
    ),
    "strategy-discussion": (
        ("Why it is called", ("trigger", "reason", "urgent", "venue"), "No reason was written."),
        (
            "Decision",
            ("decision", "rationale", "categories", "risk_analysis", "safe_tonight", "parents_told", "next_review_at"),
            "Nothing is decided yet.",
        ),
    ),
}
"""Which columns are worth reading first, by process. A process that is not named shows every answer it has."""

WORDS = {"contact": ("child_words", "child_presentation"), "strategy-discussion": ("child_voice",)}


def summary_panels(opened: Opened) -> list[Panel]:
    """One panel for each headline of the process."""
    record = opened.record
    every = tuple(column.name for column in record._meta.fields if column.name != "case")
    headlines = HEADLINES.get(opened.case.process, (("Record", every, "Nothing is recorded yet."),))
    return [
        Panel(title.lower().replace(" ", "-"), title, "rows", said_of(opened, names), empty)
        for title, names, empty in headlines
    ]


def said_of(opened: Opened, names: tuple[str, ...]) -> list[tuple[str, Any]]:
    """Label and answer in words for each column of the record that has one, or that it is kept apart."""
    record = opened.record
    columns = {column.name: column for column in record._meta.fields}
    found = []
    for name in names:
        value = getattr(record, name)
        if value not in (None, "", []):
            offered = getattr(columns[name], "offered", None) or columns[name].flatchoices
            apart = kept_apart(opened, opened.case, record, name)
            words_said = apart or recorded_words(spoken_apart(opened, value, name), offered)
            found.append((str(columns[name].verbose_name), words_said))
    return found


def _heard_by(opened: Opened, first: Any) -> str:
    record = opened.record
    named = not kept_apart(opened, opened.case, record, "referrer_name")
    who = [*([record.referrer_name, record.referrer_job] if named else []), first.agency.name if first.agency else ""]
    return f"Told by {', '.join(part for part in who if part) or 'somebody who did not say who they are'}"


def childs_words_panel(opened: Opened) -> list[Panel]:
    """What the child said, in quotation marks, with who heard it and when."""
    names = WORDS.get(opened.case.process)
    if not names:
        return []
    record, first = opened.record, opened.matter.steps[0]
    quotes = [getattr(record, name) for name in names if getattr(record, name)]
    heard = _heard_by(opened, first) if opened.case.process == "contact" else "Recorded"
    data = [{"text": spoken_apart(opened, text), "by": f"{heard}, {words.plain_date(first.at)}"} for text in quotes]
    empty = "No child's words are recorded. Add what the child has said or shown."
    return [Panel("childs-words", "The child's words", "quotes", data, empty)]
