"""Statements: which there are, what one says, who has signed that very content, and the same in three formats."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from sightline.engine.models import Case
from sightline.outgoing.gate import Passed
from sightline.people.actor import Actor
from sightline.platform import audit
from sightline.processes.publishing.records import Edition, Signature, StatementRecord
from sightline.processes.publishing.statement import PARTNER_WORDS, Statement, edition_of
from sightline.publications.formats import FORMATS, drawn
from sightline.publications.issuing import issue_of, signatures_on, signed_words, state_words, statement_out
from sightline.publications.web_page import body
from sightline.vocabulary.publication import PUBLICATIONS
from sightline.vocabulary.roles import Reach, role_named
from sightline.web.components import words
from sightline.web.components.shell import actor_of, shell
from sightline.web.errors import NotForYou
from sightline.web.leaving import file_answer, kept_in_page
from sightline.web.pages.cases.identity import identity, link
from sightline.web.pages.cases.opening import Opened, case_page

NAV = "statements"


@login_required
def statements(request: HttpRequest) -> HttpResponse:
    """Every statement, newest first: where it stands and who has signed."""
    actor = actor_of(request)
    assert actor is not None  # noqa: S101 - login_required
    if not any(role_named(held.role).reach is Reach.GOVERNANCE for held in actor.roles):
        raise NotForYou("read statements", "They are read by the safeguarding partners and the Support Hub.")
    cases = Case.visible_to(actor).filter(process=Statement.key).select_related("statementrecord")
    start = Statement.opening_step()
    may = any(actor.holds(role.key) for role in start.by)
    context = {
        **shell(request, "Statements", nav=NAV),
        "rows": list(_rows(list(cases.order_by("-opened_at")), actor)),
        "start": {"text": start.label, "href": reverse("case-start", args=[Statement.key])} if may else None,
    }
    return render(request, "pages/statements.jinja", context)


def _rows(cases: list[Case], actor: Actor) -> Iterator[dict[str, Any]]:
    """One row for each statement, in as many queries for twelve as for one."""
    editions = Edition.visible_to(actor).filter(case__in=cases).order_by("number")
    made = dict(editions.values_list("case_id", "made_at"))
    signed: dict[tuple[Any, str], list[str]] = defaultdict(list)
    for one in Signature.visible_to(actor).filter(case__in=cases):
        signed[one.case_id, one.sha256].append(PARTNER_WORDS[one.kind])
    for case in cases:
        record: StatementRecord = case.statementrecord
        yield {
            "name": case.title,
            "href": reverse("statement", args=[case.pk]),
            "stage": case.at_stage.label,
            "edition": f"Edition {record.edition}, put together {words.plain_date(made[case.pk])}",
            "signed": words.joined(sorted(signed[case.pk, record.sha256])) or "Nobody yet",
        }


@case_page
def statement(request: HttpRequest, opened: Opened, number: int = 0) -> HttpResponse:
    """One edition to read, with who has signed that content and what can be done next."""
    edition = _edition(opened, number)
    newest = edition.number == opened.record.edition
    context = {
        **shell(
            request,
            opened.case.title,
            back=reverse("statements"),
            back_words="Back to statements",
            reference=opened.case.reference,
            nav=NAV,
        ),
        "opened": opened,
        "identity": identity(opened),
        "state": state_words(opened.matter, edition),
        "newest": newest,
        "signatures": _signature_rows(opened, edition),
        "steps": [link(opened, step) for step in opened.steps() if step.next_up] if newest else [],
        "editions": _other_editions(opened, edition),
        "downloads": [
            {"text": one.words, "href": _download_address(opened, edition, one.key)} for one in FORMATS.values()
        ],
        "body": body(edition.document),
        "edition": edition,
    }
    return render(request, "pages/statement.jinja", context)


def _edition(opened: Opened, number: int) -> Edition:
    if opened.case.process != Statement.key:
        raise Http404
    found = edition_of(opened.matter, number)
    if found is None:
        raise Http404
    return found


def _signature_rows(opened: Opened, edition: Edition) -> list[tuple[str, str]]:
    signed = {one.kind: one for one in signatures_on(opened.matter, edition, opened.actor)}
    return [
        (_capital(PARTNER_WORDS[kind]), signed_words(signed[kind]) if kind in signed else "Not signed")
        for kind in PUBLICATIONS[opened.record.publication].signed_by
    ]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _other_editions(opened: Opened, edition: Edition) -> list[dict[str, str]]:
    rows = Edition.visible_to(opened.actor).filter(case=opened.case).exclude(pk=edition.pk).order_by("-number")
    return [
        {
            "text": f"Edition {one.number}, {words.plain_date(one.made_at)}",
            "href": reverse("statement-edition", args=[opened.case.pk, one.number]),
        }
        for one in rows
    ]


def _download_address(opened: Opened, edition: Edition, key: str) -> str:
    return reverse("statement-download", args=[opened.case.pk, edition.number, key])


@case_page
def download(request: HttpRequest, opened: Opened, number: int, key: str) -> HttpResponse:
    """One edition as a file. Every format is made from the same content and carries its hash."""
    edition = _edition(opened, number)
    if key not in FORMATS:
        raise Http404
    issue = issue_of(opened.matter, edition, opened.actor)
    verdict = statement_out(issue, opened.case)
    if not isinstance(verdict, Passed):
        return kept_in_page(request, verdict, back=reverse("statement", args=[opened.case.pk]), nav=NAV)
    file = drawn(issue, verdict, key)
    said = {"edition": edition.number, "format": key, "sha256": edition.sha256, **audit.basis_of([opened.case.pk])}
    audit.record("took a statement away", subject="engine.Case", ids=[opened.case.pk], detail=said)
    return file_answer(verdict, file.body, file.media_type, file.name)


urlpatterns = [
    path("statements/", statements, name="statements"),
    path("statements/<uuid:case_id>/", statement, name="statement"),
    path("statements/<uuid:case_id>/editions/<int:number>/", statement, name="statement-edition"),
    path("statements/<uuid:case_id>/editions/<int:number>/<slug:key>", download, name="statement-download"),
]
