"""Who may see a loaded census: whoever looks after figures in its partnership, and nobody else.

Other roles that govern read figures made from it, never its rows. PostgreSQL's wall says the same in the migration.
"""

from operator import attrgetter
from typing import Any

from django.db import models
from django.db.models.query import ModelIterable

from sightline.people.actor import Actor, actor_for
from sightline.people.managers import SightQuerySet, register_sight
from sightline.people.models import Account
from sightline.platform import audit
from sightline.vocabulary.roles import DATA_ANALYST

from .models import CHILD_LEVEL, CensusReturn


class CensusQuerySet(SightQuerySet[Any]):
    """Notes for the audit which censuses the rows it yields came from."""

    def _fetch_all(self) -> None:
        fresh = self._result_cache is None
        super()._fetch_all()
        if fresh and issubclass(self._iterable_class, ModelIterable) and self._result_cache:
            named = "pk" if self.model is CensusReturn else "census_return_id"
            audit.seen(CensusReturn._meta.label, set(map(attrgetter(named), self._result_cache)))


def _partnerships(who: Actor | Account) -> set[Any]:
    actor = who if isinstance(who, Actor) else actor_for(who)
    return {held.partnership_id for held in actor.roles if held.role == DATA_ANALYST.key}


def _witnessed(rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    clone = rows.all()
    clone.__class__ = CensusQuerySet
    return clone


def see_returns(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
    return _witnessed(rows.filter(partnership_id__in=_partnerships(who)))


def see_rows(rows: models.QuerySet[Any], who: Actor | Account, **context: Any) -> models.QuerySet[Any]:
    return _witnessed(rows.filter(census_return__partnership_id__in=_partnerships(who)))


def register() -> None:
    """Called once at start-up."""
    register_sight(CensusReturn, see_returns)
    for model in CHILD_LEVEL:
        register_sight(model, see_rows)
