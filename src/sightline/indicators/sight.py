"""Who may see which figures.

Whoever governs sees all of the partnership's own. Those who work across the front door see what is worked out from its
cases. An agency sees its own part, where a figure is split by agency. Nobody else sees any.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from sightline.access.sight import as_actor
from sightline.indicators.models import ChildPopulation, Result, Run
from sightline.people.actor import Actor
from sightline.people.managers import register_sight
from sightline.people.models import Account
from sightline.vocabulary.roles import Reach, role_named

BY_AGENCY = "agency"


def _partnerships(actor: Actor, *reaches: Reach) -> set[Any]:
    return {held.partnership_id for held in actor.roles if role_named(held.role).reach in reaches}


def see_results(rows: QuerySet[Any], who: Actor | Account | None, **context: Any) -> QuerySet[Any]:
    """`working_out=partnership` is the work itself, which has to compare with what it found before."""
    if working_out := context.get("working_out"):
        return rows.filter(partnership=working_out)
    if who is None:
        return rows.none()
    actor = as_actor(who)
    agencies = {str(held.agency_id) for held in actor.roles if role_named(held.role).by_agency and held.agency_id}
    return rows.filter(
        Q(partnership_id__in=_partnerships(actor, Reach.GOVERNANCE))
        | Q(partnership_id__in=_partnerships(actor, Reach.PARTNERSHIP), comes_from="cases")
        | Q(partnership_id__in=_partnerships(actor, Reach.AGENCY, Reach.RETURNS), by=BY_AGENCY, group__in=agencies)
    )


def see_runs(rows: QuerySet[Any], who: Actor | Account | None, **context: Any) -> QuerySet[Any]:
    """When figures were worked out, and from what: whoever may see any of them."""
    if working_out := context.get("working_out"):
        return rows.filter(partnership=working_out)
    return rows.none() if who is None else rows.filter(partnership_id__in=_partnerships(as_actor(who), *Reach))


def register() -> None:
    """Called once at start-up."""
    register_sight(Result, see_results)
    register_sight(Run, see_runs)
    register_sight(ChildPopulation, see_runs)
