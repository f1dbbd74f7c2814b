"""An inspection's sixteen recommendations to Ardenvale, of which fifteen are entered, and a review's three.

Played by the steps that people would take, each on its own day: some are done and not shown, one waits for a signature,
one is closed and still true a year later, one is open again.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from sightline.engine.models import Action, Case
from sightline.engine.perform import open_case, perform
from sightline.parts.figures import CitedFigure, offered
from sightline.people.models import Agency, Partnership
from sightline.platform import calendar

from .agencies import COUNCIL
from .cast import KEY
from .in_the_name_of import in_the_name_of, morning
from .inspection_told import INSPECTION
from .recommendations_told import DEPARTMENT, HOMES, PARTNERSHIP, REVIEW, Act, Shown, Told

HUB, PARTNER, ANALYST, SCRUTINEER = "hub", "partner-council", "analyst", "scrutineer"
INSPECTED, REVIEWED, SIGNAL = 620, 290, 12
"""Days before today on which the inspection's and the review's recommendations came, and the figure was seen."""


def load_recommendations() -> None:
    """Everything, once: nothing is done where the partnership has a source document."""
    partnership = Partnership.objects.get(key=KEY)
    with in_the_name_of(HUB) as hub:
        if Case.visible_to(hub).filter(process="source-document", partnership=partnership).exists():
            return
    with transaction.atomic():
        counts: tuple[tuple[str, int], ...] = ((DEPARTMENT, 1), (COUNCIL, 9), (PARTNERSHIP, 6))
        about = {"title": "Joint inspection of Ardenvale", "kind": "inspection", "publisher": "The joint inspectorates"}
        desk = Desk(partnership, calendar.today() - timedelta(days=INSPECTED))
        desk.enter(INSPECTION, about, counts)
        review = {"title": "Seeing neglect sooner: an independent review", "kind": "review"}
        counts = ((PARTNERSHIP, 2), (HOMES, 1))
        later = Desk(partnership, calendar.today() - timedelta(days=REVIEWED), desk.entered)
        later.enter(REVIEW, {**review, "publisher": "Ardenvale’s reviewers"}, counts)
        _from_figure(later)


def _from_figure(desk: "Desk") -> None:
    """One that comes from a signal, where there is a figure to cite."""
    with in_the_name_of(HUB):
        figures = offered(desk.partnership)
    again = [figure for figure in figures if "re-referral" in figure.indicator.replace("_", "-")]
    if figures:
        desk.raise_from((again or figures)[0], calendar.today() - timedelta(days=SIGNAL))


@dataclass
class Desk:
    """Where recommendations received on one day are entered and brought on. `entered`: cases by their titles."""

    partnership: Partnership
    received: date
    entered: dict[str, Case] | None = None

    def enter(self, told: tuple[Told, ...], about: dict[str, Any], counts: tuple[tuple[str, int], ...]) -> None:
        """The document, and every recommendation of it as far as it has come."""
        self.entered = self.entered if self.entered is not None else {}
        expected = [{**self._to(who), "count": count} for who, count in counts]
        given = {**about, "published_on": self.received - timedelta(days=3), "expected": expected}
        document = self._open("source-document", 0, **given)
        for one in told:
            self.entered[one.title] = self._bring(one, document)

    def _bring(self, told: Told, document: Case) -> Case:
        said = {"title": told.title, "exact_words": told.words, "paragraph": told.paragraph}
        to = [self._to(told.to)]
        case = self._open("recommendation", 0, source=document, themes=list(told.themes), addressees=to, **said)
        if told.same_as and self.entered:
            self._take(case, HUB, "link_duplicate", 1, same_as=self.entered[told.same_as].reference)
        self._answer(case, told)
        self._plan(case, told)
        self._work(case, told)
        self._show(case, told)
        self._sign(case, told)
        self._look_again(case, told)
        return case

    def _answer(self, case: Case, told: Told) -> None:
        if told.answered is None:
            return
        where = f"Executive group, {calendar.plain_date(self._day(told.answered))}"
        if told.answer == "not_accept":
            self._take(
                case, PARTNER, "not_accept", told.answered, not_accepted_reason=told.reason, accepted_where=where
            )
            return
        reason = {"part_reason": told.reason} if told.reason else {}
        self._take(case, PARTNER, told.answer, told.answered, response=told.response, accepted_where=where, **reason)

    def _plan(self, case: Case, told: Told) -> None:
        if told.plan is None:
            return
        actions = [self._action(act) for act in told.acts]
        by = self._day(told.impact)
        self._take(case, HUB, "agree_plan", told.plan, success_test=told.test, impact_by=by, actions=actions)

    def _work(self, case: Case, told: Told) -> None:
        if told.progress is None:
            return
        done = [act for act in told.acts if act.done is not None and act.done <= told.progress]
        words = told.output or told.acts[0].what
        self._take(case, HUB, "record_progress", told.progress, progress=f"{words}.", **self._ended(case, done))
        for shown in told.evidence:
            if shown.by and (told.delivered is None or shown.added < told.delivered):
                self._take(case, shown.by, "add_evidence", shown.added, evidence=[self._shown(shown)])
        if told.delivered is None:
            return
        on = self._day(told.delivered)
        self._take(case, HUB, "deliver", told.delivered, output=told.output, delivered_on=on)
        rest = [act for act in told.acts if act not in done]
        if rest:
            self._take(case, HUB, "end_actions", told.delivered + 1, **self._ended(case, rest))
        for shown in told.evidence:
            if shown.by and shown.added >= told.delivered:
                self._take(case, shown.by, "add_evidence", shown.added, evidence=[self._shown(shown)])

    def _show(self, case: Case, told: Told) -> None:
        if told.reviewed is None:
            return
        evidence = [self._shown(shown) for shown in told.evidence if not shown.by]
        said = {"evidence_review": told.review, "confidence": "medium"}
        self._take(case, ANALYST, "review_evidence", told.reviewed, evidence=evidence, **said)
        if told.scrutineer:
            self._take(case, SCRUTINEER, "scrutinise", told.reviewed + 1, scrutineer_view=told.scrutineer)

    def _sign(self, case: Case, told: Told) -> None:
        if told.asked is None:
            return
        self._take(case, HUB, "ask_sign_off", told.asked, impact_statement=told.statement)
        for after, chief in enumerate(told.signed, 1):
            self._take(case, chief, "sign", told.asked + after)
        if told.closed is not None:
            self._take(case, HUB, "close_it", told.closed)

    def _look_again(self, case: Case, told: Told) -> None:
        for months, says in told.checks:
            due = calendar.add_months(self._day(told.closed or 0), months)
            day = (due - self.received).days - 6
            shown = self._shown(Shown("audit", "outcome", says, day - 8))
            self._take(case, ANALYST, f"check_at_{months}", day, evidence=[shown])
        if told.reopened_on is not None:
            shown = self._shown(Shown("audit", "activity", told.reopened, told.reopened_on - 4))
            said = {"reopened_because": told.reopened, "evidence": [shown]}
            self._take(case, ANALYST, "reopen", told.reopened_on, **said)

    def raise_from(self, figure: CitedFigure, on: date) -> None:
        """A recommendation of the partnership's own, from a figure."""
        after = (on - self.received).days
        said = {"title": "Find out why this moved, family by family", "exact_words": figure.words, "themes": ["data"]}
        to = [{"to": "partnership"}]
        self._open("recommendation", after, figure_cited=[{"figure": figure.reference}], addressees=to, **said)

    def _to(self, who: str) -> dict[str, Any]:
        if who == PARTNERSHIP:
            return {"to": "partnership"}
        if who == DEPARTMENT:
            return {"to": "outside", "outside": DEPARTMENT}
        return {"to": "agency", "agency": Agency.objects.get(key=who)}

    def _action(self, act: Act) -> dict[str, Any]:
        agency = Agency.objects.get(key=act.agency).pk
        said = {"what": act.what, "who": act.who, "if_not": act.if_not, "measure": act.measure}
        return {**said, "agency": agency, "due_on": self._day(act.due)}

    def _ended(self, case: Case, acts: list[Act]) -> dict[str, Any]:
        with in_the_name_of(HUB) as hub:
            by_what = {action.what: action.pk for action in Action.visible_to(hub).filter(case=case)}
        rows = [{"action": by_what[act.what], "evidence": "Seen by the Support Hub in use"} for act in acts]
        return {"finished_actions": rows}

    def _shown(self, shown: Shown) -> dict[str, Any]:
        said = {"kind": shown.kind, "grade": shown.grade, "says": shown.says}
        return {**said, "dated_on": self._day(shown.day)}

    def _day(self, after: int) -> date:
        return self.received + timedelta(days=after)

    def _open(self, process: str, after: int, **answers: Any) -> Case:
        with calendar.frozen(morning(self._day(after))), in_the_name_of(HUB) as hub:
            return open_case(process, by=hub, partnership=self.partnership, answers=answers).case

    def _take(self, case: Case, who: str, step: str, after: int, **answers: Any) -> None:
        """A step on its day. One that comes after its limit says why."""
        with calendar.frozen(morning(self._day(after))), in_the_name_of(who) as actor:
            perform(case, step, by=actor, answers={"late_reason": "staff-capacity", **answers})
