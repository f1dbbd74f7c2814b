"""Every kind of artefact that leaves, made for every recipient that it can have, by the code that makes it."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from sightline.engine.models import CaseSubject
from sightline.outgoing.calendar_file import Planned, calendar_file
from sightline.outgoing.emails import may_be_sent
from sightline.outgoing.exports import Wanted, ask
from sightline.outgoing.fragments import (
    PUBLIC,
    Form,
    Fragment,
    Outgoing,
    Recipient,
    Sort,
    Standing,
    leaves,
    plain_fragments,
    with_texts,
)
from sightline.outgoing.gate import Asked, Blocked, Passed, pass_out
from sightline.outgoing.spreadsheet import csv_file, xlsx_file
from sightline.people.actor import Actor
from sightline.platform import calendar
from sightline.platform.notices import Recipient as Reader
from sightline.platform.notices.models import Notice
from sightline.platform.notices.sending import message_for
from sightline.processes.protection.family_copy import verdict_on
from sightline.processes.protection.spoken import SHARED, minutes_in_fragments
from sightline.processes.protection.strategy_record import StrategyDiscussionRecord
from sightline.publications.family_copy import drawn_copy
from sightline.publications.formats import drawn
from sightline.publications.issue import Issue
from sightline.vocabulary.publication import Document, Paragraph, Section, Table
from sightline.web.leaving import Lines, taken_answer

from .canary_families import CALM, Family

PUBLIC_EVERY = 25
"""What anybody may read is held against the places of all families, so it is made for one family in so many."""
STAFF = Recipient(Standing.STAFF, "an analyst")
BY_EMAIL = Recipient(Standing.BY_EMAIL, "whoever reads the calendar")
FORMULAS = ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\uff1d1", "\u200b=1")


@dataclass(frozen=True)
class Made:
    """One artefact as it left, or what its maker was told of why it was kept in. `to`: a standing or a relative."""

    kind: str
    to: str
    name: str
    body: bytes
    left: bool = True


@dataclass(frozen=True)
class Trial:
    """One family, and what is drawn for it. `office`: PDF and Office files too."""

    family: Family
    partnership: Any
    actor: Actor
    drawn: random.Random
    office: bool


type Maker = Callable[[Trial], Iterator[Made]]


def family_copies(trial: Trial) -> Iterator[Made]:
    """Minutes for mother, father and grandmother, with what police said, and what health marked, in and beside them."""
    matter = _discussion(trial)
    for subject in matter.subjects[1:]:
        to = subject.given_names
        verdict = verdict_on(matter, subject, leaving=True)
        if not isinstance(verdict, Passed):
            yield _kept("family-copy", to, verdict)
            continue
        yield _kept("family-copy", to, verdict)
        for key in ("html", "pdf", "docx") if trial.office else ("html",):
            yield Made("family-copy", to, f"copy.{key}", drawn_copy(matter, verdict, key).body)


def _discussion(trial: Trial) -> Any:
    family, slips = trial.family, trial.family.slips
    record = StrategyDiscussionRecord(
        decision="s47-joint",
        information_shared=f"Nurse: {family.clinic}.\nPolice: {family.police}\nHe has {family.police}.\nSchool: late.",
        medical_plan=f"As health told us, {family.answer.lower()}",
        interview_plan=f"Two officers, {family.police}",
        risk_analysis=slips["risk_analysis"],
        rationale=slips["rationale"],
        safe_tonight=slips["safe_tonight"],
    )
    subjects = [
        CaseSubject(case=family.case, person=family.people[name], given_names=name, kind=kind)
        for name, kind in (("child", "child"), ("mother", "adult"), ("father", "adult"), ("gran", "adult"))
    ]
    police = SimpleNamespace(
        agency=SimpleNamespace(name="Ardenvale Police", kind="pol"),
        who="Ken Ivory",
        wrote=f"We hold {family.police}",
        get_presence_display=lambda: "Here",
    )
    health = SimpleNamespace(
        agency=SimpleNamespace(name="NHS Ardenvale Integrated Care Board", kind="icb"),
        who="Nia Alder",
        wrote=f"She comes to {family.clinic}",
        get_presence_display=lambda: "Wrote in",
    )
    meeting = SimpleNamespace(held_at=calendar.now(), called_at=calendar.now())
    return SimpleNamespace(
        record=record,
        subjects=subjects,
        seats_now=[police, health],
        actions=[],
        meeting=meeting,
        case=family.case,
        facts={},
    )


def read_minutes(trial: Trial) -> Iterator[Made]:
    """A discussion's minutes as they are kept, read by agencies that were there."""
    matter = _discussion(trial)
    shared = matter.record._meta.get_field(SHARED).verbose_name
    kept = [
        {"heading": "Who was there", "table": {"columns": ["Agency", "Person", "Took part", "Written input or reason"],
            "rows": [[s.agency.name, s.who, "Here", s.wrote] for s in matter.seats_now]}},
        {"heading": "What we know", "paragraphs": [f"{shared} {matter.record.information_shared}"]},
        {"heading": "Safe tonight", "paragraphs": [f"Is a medical needed? {matter.record.medical_plan}"]},
    ]  # fmt: skip
    said = tuple(leaves(minutes_in_fragments(kept, matter, trial.family.about), Fragment))
    for kind in ("pol", "edu", "gp"):
        to = Recipient(Standing.AT_MEETING, kind, agency_kind=kind)
        yield from _as_text(
            "minutes", f"at meeting {kind}", pass_out(Outgoing("minutes", to, "minutes", said, trial.family.about))
        )


def all_minutes(trial: Trial) -> Iterator[Made]:
    yield from typed_minutes(trial)
    yield from read_minutes(trial)


def typed_minutes(trial: Trial) -> Iterator[Made]:
    """Minutes of typed fragments for each agency at the meeting, and for one that was not."""
    family = trial.family
    fragments = (
        Fragment(family.clinic, sort=Sort.SEXUAL_HEALTH, where="Health"),
        Fragment(family.police, sort=Sort.POLICE, where="Police"),
        Fragment(family.line, Form.PLACE, Sort.PROTECTED_PLACE, frozenset({family.people["mother"].pk}), "Where"),
        Fragment(family.referrer, Form.NAME, Sort.THIRD_PARTY, where="Who told us"),
        Fragment(family.slips["risk_analysis"], where="Risk"),
    )
    for standing, kind in (("at meeting", "pol"), ("at meeting", "edu"), ("at meeting", "gp"), ("agency", "hou")):
        found = Standing.AT_MEETING if standing == "at meeting" else Standing.AGENCY
        said = Outgoing("minutes", Recipient(found, kind, agency_kind=kind), "minutes", fragments, family.about)
        yield from _as_text("minutes", f"{standing} {kind}", pass_out(said))


def calendar_entries(trial: Trial) -> Iterator[Made]:
    """A child's meeting, and a group's whose venue and way to join are what somebody typed of a family or did not."""
    family = trial.family
    words = [Fragment(f"Strategy discussion {family.case.reference}"), Fragment("Video")]
    yield from _entry(_out(trial, "calendar-entry", BY_EMAIL, *words), "email")
    if family.number % PUBLIC_EVERY and not trial.office:
        return
    for venue, joining in ((family.slips["told"], CALM), (CALM, family.slips["rationale"]), (CALM, CALM)):
        said = (Fragment("Learning group (G-2345)"), Fragment(venue), Fragment(joining))
        of_all = Outgoing("calendar-entry", BY_EMAIL, "to come", said, everybody_of=trial.partnership.pk)
        yield from _entry(pass_out(of_all), "email, of no family")


def _entry(verdict: Passed | Asked | Blocked, to: str) -> Iterator[Made]:
    yield _kept("calendar-entry", to, verdict)
    if isinstance(verdict, Passed):
        title, *where = verdict.texts
        about = {"says": "Sign in", "address": "https://sightline.example/cases/1/"}
        planned = Planned(
            "1@sightline.example", 1, calendar.now(), title or "", ", ".join(filter(None, where)), **about
        )
        yield Made("calendar-entry", to, "entry.ics", calendar_file(planned, calendar.now()))


def outcomes(trial: Trial) -> Iterator[Made]:
    """What a referrer is told beside the outcome."""
    said = Fragment(trial.family.slips["told"], where="Tell the referrer")
    to = Recipient(Standing.REFERRER, "a school")
    yield from _as_text("outcome-told", "referrer", _out(trial, "outcome-told", to, said))


def emails(trial: Trial) -> Iterator[Made]:
    """A notice whose words somebody's process made, as the mail server gets it."""
    family = trial.family
    says = f"Minutes sent: {family.slips['told']}"[:200]
    about = {"case_id": family.case.pk, "reference": family.case.reference, "partnership_id": trial.partnership.pk}
    notice = Notice(pk=uuid4(), says=says, **about)
    if may_be_sent(notice):
        message = message_for(notice, Reader(uuid4(), "reader@ardenvale.example"))
        yield Made("notice-email", "email", "notice.eml", message.message().as_bytes())


def published(trial: Trial) -> Iterator[Made]:
    """What anybody may read, with what somebody wrote and without; a statement in each format for Office files."""
    if trial.family.number % PUBLIC_EVERY and not trial.office:
        return
    for text in (CALM, trial.family.slips["rationale"]):
        for kind in ("statement", "public-minutes", "scorecard"):
            yield from _published(trial, kind, text)


def _published(trial: Trial, kind: str, text: str) -> Iterator[Made]:
    said = (Paragraph(text), Table("Table", ("A", "B"), (("1", CALM),)))
    document = Document("Statement", "Ardenvale", "2026-11-22", (Section("What we found", said),))
    issue = Issue(document, "ST-1", "Draft", (), True)
    verdict = pass_out(Outgoing(kind, PUBLIC, "to publish", issue.fragments, everybody_of=trial.partnership.pk))
    if isinstance(verdict, Passed) and kind == "statement":
        for key in ("html", "pdf", "docx") if trial.office else ("html",):
            yield Made(kind, "public", f"statement.{key}", drawn(issue, verdict, key).body)
    yield from _as_text(kind, "public", verdict)


def spreadsheets(trial: Trial) -> Iterator[Made]:
    """Cells that a spreadsheet would run, in every kind that is taken freely or printed by a command."""
    rows, note = _runs(trial), f"={trial.family.tag}"
    for kind in ("figures", "figure-faults", "file-checked"):
        verdict = pass_out(Outgoing(kind, STAFF, "to correct", plain_fragments(rows, "File")))
        if isinstance(verdict, Passed):
            cells = with_texts(rows, str, iter(verdict.texts))
            yield Made(kind, "staff", f"{kind}.csv", csv_file(("a", "b"), cells, note))
            if trial.office:
                yield Made(kind, "staff", f"{kind}.xlsx", xlsx_file(("a", "b"), cells, note))


def asked_for(trial: Trial) -> Iterator[Made]:
    """The same in a file about children that is asked for with a purpose which would run, too."""
    yield from _taken(trial, "file-faults", _runs(trial))


def section_11(trial: Trial) -> Iterator[Made]:
    """Answers of an agency, with what somebody wrote of a family in them and without: they are about nobody."""
    if trial.family.number % PUBLIC_EVERY and not trial.office:
        return
    said = trial.family.slips["rationale"]
    for kind, text in (("section-11", said), ("section-11", CALM), ("section-11-heat-map", CALM)):
        yield from _taken(trial, kind, [*_runs(trial), ["1.1", text]], trial.partnership.pk)


def _runs(trial: Trial) -> list[list[str]]:
    return [[trial.drawn.choice(FORMULAS) + trial.family.tag, CALM]]


def _taken(trial: Trial, kind: str, rows: list[list[str]], everybody_of: UUID | None = None) -> Iterator[Made]:
    """What is taken away of a request, in each format that there is."""
    said, to = plain_fragments(rows, "File"), "staff, of no family" if everybody_of else "staff"
    verdict = pass_out(Outgoing(kind, STAFF, "to correct", said, everybody_of=everybody_of))
    yield _kept(kind, to, verdict)
    for file_format in ("csv", "xlsx") if trial.office else ("csv",):
        if isinstance(verdict, Passed):
            cells = with_texts(rows, str, iter(verdict.texts))
            export = ask(Wanted(kind, uuid4(), "File", 1), trial.actor, f"={trial.family.tag} to correct", file_format)
            lines = Lines(verdict, ("a", "b"), cells, [], "file", 1)
            yield Made(kind, to, f"{kind}.{file_format}", taken_answer(export, lines).content)


def answers(trial: Trial) -> Iterator[Made]:
    """A few words of the site's own, which take nothing from anybody's record."""
    for kind in ("draft-saved", "health"):
        yield Made(kind, "script", "answer.json", b'{"saved": "10:15"}')


def given_back(trial: Trial) -> Iterator[Made]:
    """A file that somebody attached is given back unchanged to those who see its case: nothing here makes one."""
    yield from ()


def _out(trial: Trial, kind: str, to: Recipient, *fragments: Fragment) -> Passed | Asked | Blocked:
    family = trial.family
    return pass_out(Outgoing(kind, to, "to tell", fragments, family.about, (family.case.pk,)))


def _as_text(kind: str, to: str, verdict: Passed | Asked | Blocked) -> Iterator[Made]:
    yield _kept(kind, to, verdict)
    if isinstance(verdict, Passed):
        yield Made(kind, to, f"{kind}.txt", "\n".join(filter(None, verdict.texts)).encode())


def _kept(kind: str, to: str, verdict: Passed | Asked | Blocked) -> Made:
    """What whoever gives it out is shown of the reasons, which may be printed: never what was kept."""
    reasons = verdict.left_out if isinstance(verdict, Passed) else verdict.reasons
    return Made("print-view", to, f"reasons-{kind}.txt", "\n".join(map(str, reasons)).encode(), left=False)


MADE: dict[str, Maker] = {
    "family-copy": family_copies,
    "minutes": all_minutes,
    "calendar-entry": calendar_entries,
    "outcome-told": outcomes,
    "notice-email": emails,
    "statement": published,
    "public-minutes": published,
    "scorecard": published,
    "file-faults": asked_for,
    "file-checked": spreadsheets,
    "figures": spreadsheets,
    "figure-faults": spreadsheets,
    "section-11": section_11,
    "section-11-heat-map": section_11,
    "print-view": family_copies,
    "audit-export": family_copies,
    "attached-file": given_back,
    "health": answers,
    "draft-saved": answers,
}
"""What makes each kind. The audit of every one of them is searched too, when all are made."""
NOT_MADE_HERE = frozenset({"attached-file", "audit-export", "print-view"})
"""A file is given back as it is; the audit is searched whole at the end; what is printed is what a page says."""
