"""Did it make a difference, or was it only done? What closing asks for, and what saying that it is still true asks for.

Only a measure, an audit or what children and families said can show a difference, and only if it is dated after the
work was done: docs/decisions/0018.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sightline.parts.evidence import EVIDENCE
from sightline.parts.kept import kept
from sightline.parts.models import Evidence
from sightline.platform import calendar
from sightline.vocabulary.process import Answers

SHOWS_A_DIFFERENCE = frozenset({Evidence.Kind.DATA, Evidence.Kind.AUDIT, Evidence.Kind.VOICE})
WANTED = "Add a measure, an audit, or what children and families said."


def done_on(matter: Any) -> date | None:
    """The day the work was done: see `work_done_on`."""
    return work_done_on(matter.record, matter.actions)


def work_done_on(record: Any, actions: Iterable[Any]) -> date | None:
    """The day of the output, of the last action done or of reopening, whichever is last; None where there is no output.

    What was shown before a recommendation was reopened shows nothing about what was done since.
    """
    if record.delivered_on is None:
        return None
    days = [calendar.local_date(action.done_at) for action in actions if action.done_at]
    return max([record.delivered_on, *days, *([record.reopened_on] if record.reopened_on else [])])


def closed_on(matter: Any) -> date | None:
    """The day from which a check that it is still true looks on: of closing, or of the check before."""
    last = matter.last("check_at_6") if matter.case.stage == "still_true" else matter.last("close_it")
    return calendar.local_date(last.at) if last else None


def outcomes(matter: Any, answers: Answers) -> list[tuple[str, date]]:
    """Kind and day of everything graded as a difference for children, what this step adds included."""
    grade = Evidence.Grade.OUTCOME
    held = [(row.kind, row.dated_on) for row in kept(matter, Evidence) if row.grade == grade]
    added = [(row["kind"], row["dated_on"]) for row in answers.get(EVIDENCE) or [] if row.get("grade") == grade]
    return [*held, *added]


def shows_a_difference(kind: str, on: date, since: date | None) -> bool:
    """Whether an outcome of this kind and day shows a difference: of a kind that can, and from a later day."""
    return since is not None and kind in SHOWS_A_DIFFERENCE and on > since


def shown_since(found: list[tuple[str, date]], since: date | None) -> bool:
    """Whether any of the outcomes found shows a difference."""
    return any(shows_a_difference(kind, on, since) for kind, on in found)


def impact_unmet(matter: Any, answers: Answers) -> list[str]:
    """What is missing before this can be closed, in sentences; none where a difference is shown."""
    found, since = outcomes(matter, answers), done_on(matter)
    if shown_since(found, since):
        return []
    asked = "You cannot close this. It needs evidence of a difference for children, dated after the action was done."
    return [asked, _why_short(found, since, "The work was done on")]


def still_true_unmet(matter: Any, answers: Answers) -> list[str]:
    """What is missing before it can be said that the difference has lasted."""
    found, since = outcomes(matter, answers), closed_on(matter)
    if shown_since(found, since):
        return []
    asked = "You cannot say that it is still true. It needs evidence of a difference for children from after then."
    return [asked, _why_short(found, since, "It was closed or last checked on")]


def _why_short(found: list[tuple[str, date]], since: date | None, what: str) -> str:
    if not found:
        return f"Nothing here is graded as a difference for children. {WANTED}"
    strong = [on for kind, on in found if kind in SHOWS_A_DIFFERENCE]
    if not strong:
        return f"A document, or seeing practice, does not show a difference by itself. {WANTED}"
    if since is None:
        return "It is not said when the work was done."
    newest = max(strong)
    return f"The newest is from {calendar.plain_date(newest)}. {what} {calendar.plain_date(since)}."


def actions_unmet(matter: Any, answers: Answers) -> list[str]:
    """Actions neither done nor dropped."""
    waiting = [action for action in matter.actions if not action.done_at and not action.dropped]
    return [f"Action {action.position} is not yet done or dropped: {action.what}" for action in waiting]
