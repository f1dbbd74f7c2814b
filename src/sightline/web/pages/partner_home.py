"""What delegated and lead partners, the scrutineer and the Support Hub have to know first, in sentences and lists."""

from collections import defaultdict
from typing import Any

from sightline.engine.models import Action, CaseClock
from sightline.indicators.board import scorecard
from sightline.people.actor import Actor
from sightline.platform import calendar
from sightline.processes.improvement.chain import Followed, without_impact
from sightline.registers.priorities import IN_FORCE, Priority
from sightline.vocabulary import roles
from sightline.web.case_links import about, case_href
from sightline.web.components import words
from sightline.web.components.clock_words import clock_words
from sightline.web.pages.scorecard import row_of, summary

PARTNERS = {roles.SAFEGUARDING_PARTNER.key, roles.LEAD_PARTNER.key, roles.SCRUTINEER.key}
HUB = {roles.SUPPORT_HUB.key}
AHEAD_WORKING_DAYS = 10
MOST_ROWS = 15


def partner_home(actor: Actor) -> dict[str, Any]:
    """For those who answer for how the partnership works: a sentence of it all, then each list."""
    found = scorecard(actor, actor.partnership) if actor.partnership else []
    overdue, unproved = overdue_by_agency(actor), without_impact(actor)
    return {
        "summary": f"{summary(found)} {_unproved_sentence(len(unproved))} {_overdue_sentence(overdue)}",
        "unproved": {"count": len(unproved), "rows": [_unproved_row(one) for one in unproved[:MOST_ROWS]]},
        "signals": [row_of(row) for row in found if row.changed],
        "overdue": overdue,
        "priorities": _priorities(actor),
    }


def _unproved_sentence(count: int) -> str:
    if not count:
        return "No recommendation waits for evidence of impact."
    have = "has" if count == 1 else "have"
    return f"{words.plural(count, 'recommendation')} {have} been done without evidence of impact."


def _unproved_row(one: Followed) -> dict[str, Any]:
    return {
        "what": f"{one.case.title} · {one.case.reference}",
        "href": case_href(one.case.pk),
        "source": one.source_words,
        "asked_of": words.joined(addressee.name for addressee in one.addressees) or "Nobody yet",
        "done": words.plain_date(one.done_on) if one.done_on else "Not known",
    }


def _overdue_sentence(overdue: list[dict[str, Any]]) -> str:
    late = sum(len(group["actions"]) for group in overdue)
    if not late:
        return "No action is overdue."
    agencies = words.plural(len(overdue), "agency", "agencies")
    return f"{words.plural(late, 'action is', 'actions are')} overdue at {agencies}."


def _priorities(actor: Actor) -> list[dict[str, str]]:
    today = calendar.today()
    held = Priority.visible_to(actor).filter(partnership=actor.partnership, state__in=IN_FORCE).order_by("title")
    current = [one for one in held if one.in_force(today) and one.of_year(today)]
    return [{"title": one.title, "years": one.years, "text": one.outcome} for one in current]


def overdue_by_agency(actor: Actor) -> list[dict[str, Any]]:
    """Actions of the partnership's matters that are past their day, by agency, the longest overdue first."""
    today = calendar.today()
    late = (
        Action.visible_to(actor)
        .filter(case__concerns="partnership", due_on__lt=today, done_at__isnull=True, dropped="")
        .select_related("agency", "case")
        .prefetch_related("agency__names")
        .order_by("due_on", "position")
    )
    found: dict[str, list[Action]] = defaultdict(list)
    for action in late:
        found[action.agency.name].append(action)
    return [{"agency": name, "actions": [_action_row(one) for one in rows]} for name, rows in found.items()]


def _action_row(action: Action) -> dict[str, Any]:
    days = (calendar.today() - action.due_on).days
    return {
        "what": action.what,
        "href": case_href(action.case_id),
        "about": f"{about(action.case)} · {action.case.reference}",
        "due": f"Late by {words.plural(days, 'day')} (due {words.plain_date(action.due_on)})",
    }


def hub_home(actor: Actor) -> dict[str, Any]:
    """What is due on the partnership's own matters: returns, minutes, papers, answers, actions; soonest first."""
    now, today = calendar.now(), calendar.today()
    until = calendar.add_working_days(today, AHEAD_WORKING_DAYS)
    clocks = _running(actor, calendar.end_of_day(until))
    actions = _actions_due(actor, until)
    late = sum(clock.due_at < now for clock in clocks) + sum(action.due_on < today for action in actions)
    rows = [(calendar.local_date(one.due_at), _clock_row(one)) for one in clocks]
    rows += [(one.due_on, _action_due_row(one)) for one in actions]
    rows.sort(key=lambda row: row[0])
    return {
        "summary": _due_sentence(late, len(rows) - late),
        "rows": [row for _, row in rows[:MOST_ROWS]],
        "more": max(len(rows) - MOST_ROWS, 0),
    }


def _running(actor: Actor, until: Any) -> list[CaseClock]:
    running = CaseClock.visible_to(actor).filter(
        case__concerns="partnership", case__closed_at__isnull=True, stopped_at__isnull=True, due_at__lte=until
    )
    return list(running.select_related("case__owner", "case__answering").prefetch_related("case__answering__names"))


def _actions_due(actor: Actor, until: Any) -> list[Action]:
    due = Action.visible_to(actor).filter(
        case__concerns="partnership", due_on__lte=until, done_at__isnull=True, dropped=""
    )
    return list(due.select_related("agency", "case").prefetch_related("agency__names"))


def _clock_row(clock: CaseClock) -> dict[str, Any]:
    case = clock.case
    owner = case.owner.display_name if case.owner else "Nobody yet"
    return {
        "what": clock.name,
        "href": case_href(case.pk),
        "about": f"{about(case)} · {case.reference}",
        "due": clock_words(clock),
        "waits_for": case.answering.name if case.answering else owner,
    }


def _action_due_row(action: Action) -> dict[str, Any]:
    late = (calendar.today() - action.due_on).days
    state = words.late_by(calendar.end_of_day(action.due_on), whole_day=True) if late > 0 else ""
    due = {
        "date": f"End of {words.day_name(action.due_on)}",
        "state": state.split(" (")[0] or _left(action.due_on),
        "tone": "late" if late > 0 else "",
        "binding": "agreed action",
    }
    return {
        "what": f"Action: {action.what}",
        "href": case_href(action.case_id),
        "about": f"{about(action.case)} · {action.case.reference}",
        "due": due,
        "waits_for": f"{action.who}, {action.agency.name}",
    }


def _left(due: Any) -> str:
    days = calendar.working_days_between(calendar.today(), due)
    return f"{words.plural(days, 'working day')} left" if days else "Due by end of today"


def _due_sentence(late: int, coming: int) -> str:
    ahead = f"in the next {AHEAD_WORKING_DAYS} working days"
    if not late and not coming:
        return f"Nothing of the partnership’s is late, and nothing is due {ahead}."
    if not late:
        return f"Nothing of the partnership’s is late. {words.plural(coming, 'thing is', 'things are')} due {ahead}."
    more = f"{words.plural(coming, 'more is', 'more are')} due {ahead}" if coming else f"nothing more is due {ahead}"
    return (
        f"{words.plural(late, 'thing', 'things')} of the partnership’s {'is' if late == 1 else 'are'} late, and {more}."
    )
