"""A recommendation brought along step by step in the small world, by the people who would do it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sightline.engine.models import Case
from sightline.engine.perform import open_case
from sightline.parts.figures import CitedFigure
from sightline.platform import calendar
from tests.journey import Journey

QUORACY = "quoracy"
FIGURE = CitedFigure(
    reference="quoracy:2026-Q2:1",
    indicator=QUORACY,
    name="Strategy discussions that were quorate",
    period="July to September 2026",
    period_end=date(2026, 9, 30),
    value=Decimal("71.0"),
    numerator=Decimal(71),
    denominator=Decimal(100),
    words="71 of 100 strategy discussions had police, health and social care",
    source="Cases of the invented partnership",
    revision=1,
    as_at=date(2026, 10, 12),
)
WORDS = "Every strategy discussion has police, health and social care in it."


class Recommending(Journey):
    """Journey with documents, recommendations and the steps between."""

    def document(self, *expected: dict[str, Any], title: str = "Commissioner 2023", who: str = "hub") -> Case:
        """A source document; `expected` are rows of how many it makes to whom."""
        about = {"title": title, "kind": "commissioner", "publisher": "The commissioner"}
        return self._open("source-document", who, published_on=date(2023, 3, 14), expected=list(expected), **about)

    def raised(self, who: str = "hub", *, to: Any = None, source: Case | None = None, **answers: Any) -> Case:
        """A recommendation as it is received, to the council unless `to` rows say otherwise."""
        given = {"title": "Quorate strategy discussions", "exact_words": WORDS, **answers}
        source = source or self.document()
        return self._open(
            "recommendation", who, source=source, addressees=to or [self.to("ardenvale-council")], **given
        )

    def _open(self, process: str, who: str, **answers: Any) -> Case:
        actor = getattr(self.world, who)
        with self.acting(actor):
            return open_case(process, by=actor, partnership=self.world.partnership, answers=answers).case

    def to(self, agency: str) -> dict[str, Any]:
        return {"to": "agency", "agency": self.world.agency(agency)}

    def action(self, agency: str = "ardenvale-police", days: int = 30) -> dict[str, Any]:
        due = calendar.today() + timedelta(days=days)
        said = {"what": "Agree a rota", "who": "Rae Cox", "if_not": "The chief constable hears of it"}
        return {**said, "agency": self.world.agency(agency).pk, "due_on": due}

    def planned(self, case: Case | None = None, *actions: dict[str, Any], **raised: Any) -> Case:
        case = case or self.raised(**raised)
        self.take(case, "hub", "accept", response="We agree")
        by = calendar.today() + timedelta(days=120)
        rows = list(actions) or [self.action()]
        self.take(case, "hub", "agree_plan", success_test="More are quorate", impact_by=by, actions=rows)
        return case

    def delivered(
        self, case: Case | None = None, *, days_ago: int = 10, end_actions: bool = True, **raised: Any
    ) -> Case:
        """Planned, its action ended today unless told otherwise, and its output in use so many days ago."""
        case = self.planned(case, **raised)
        on = calendar.today() - timedelta(days=days_ago)
        self.take(case, "hub", "deliver", output="A rota", delivered_on=on)
        if end_actions:
            self.drop_actions(case)
        return case

    def drop_actions(self, case: Case) -> None:
        """Actions are dropped, so that only the output's day counts."""
        with self.acting(self.world.hub):
            waiting = [action.pk for action in case.actions.all() if not action.done_at and not action.dropped]
        self.take(
            case, "hub", "end_actions", finished_actions=[{"action": pk, "dropped": "Not needed"} for pk in waiting]
        )

    def evidence(self, kind: str = "audit", grade: str = "outcome", days_ago: int = 1, **more: Any) -> dict[str, Any]:
        dated = calendar.today() - timedelta(days=days_ago)
        return {"kind": kind, "grade": grade, "says": "Children were seen sooner", "dated_on": dated, **more}

    def reviewed(self, case: Case | None = None, *evidence: dict[str, Any], **delivered: Any) -> Case:
        case = self.delivered(case, **delivered)
        said = {"evidence_review": "It shows what it shows", "confidence": "medium"}
        self.take(case, "hub", "review_evidence", evidence=list(evidence), **said)
        return case

    def asked(self, case: Case | None = None, **delivered: Any) -> Case:
        """Waiting for the partners' signatures, with an audit that shows a difference."""
        case = self.reviewed(case, self.evidence(), **delivered)
        self.take(case, "hub", "ask_sign_off", impact_statement="Children are seen sooner")
        return case

    def closed(self, **delivered: Any) -> Case:
        case = self.asked(**delivered)
        self.take(case, "council_chief", "sign")
        self.take(case, "hub", "close_it")
        return case

    def stage(self, case: Case) -> str:
        return self.now(case, "hub").stage
