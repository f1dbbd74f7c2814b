"""The hook on which sight hangs: a model is read through `visible_to`, and refuses everybody until a rule is given.

`people` cannot know the rule (it depends on cases, which live above), so the engine registers one function a model
at start-up.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.base_user import BaseUserManager
from django.db import models

if TYPE_CHECKING:
    from sightline.people.models import Account, Worker

type SightRule = Callable[..., models.QuerySet[Any]]
"""`rule(rows, who, **context) -> rows`: narrows a queryset to what `who` (an account or an Actor) may see."""


class NoSightRule(RuntimeError):
    """Nobody has said who may see this model, so nobody may."""


_rules: dict[type[models.Model], SightRule] = {}


def register_sight(model: type[models.Model], rule: SightRule) -> None:
    """Say who may see the rows of `model`. Raises ValueError if another rule is already in force."""
    if _rules.setdefault(model, rule) is not rule:
        raise ValueError(f"{model.__name__} already has a sight rule: {_rules[model].__qualname__}.")


def narrowed[M: models.Model](rows: models.QuerySet[M], who: Any, **context: Any) -> models.QuerySet[M]:
    """The rows of the queryset that `who` may see. Raises NoSightRule when the model has no rule."""
    rule = _rules.get(rows.model)
    if rule is None:
        raise NoSightRule(
            f"Nobody may see {rows.model.__name__}: no sight rule is registered. "
            f"Call register_sight({rows.model.__name__}, rule) at start-up."
        )
    return rule(rows, who, **context)


class SightQuerySet[M: models.Model](models.QuerySet[M]):
    def visible_to(self, who: Any, **context: Any) -> Self:
        """The rows that an account or Actor may see, by the model's registered rule."""
        return narrowed(self, who, **context)  # type: ignore[return-value]


class SightManager(models.Manager.from_queryset(SightQuerySet)):  # type: ignore[misc]
    """Default manager of every model that pages may read."""


class Sighted(models.Model):
    """A model whose rows are read by pages through `Model.visible_to(who)` and in no other way."""

    objects: ClassVar[SightManager] = SightManager()

    class Meta:
        abstract = True

    @classmethod
    def visible_to(cls, who: Any, **context: Any) -> models.QuerySet[Self]:
        """The rows that an account or Actor may see. Raises NoSightRule when nobody has said."""
        return narrowed(cls.objects.all(), who, **context)


class DatedQuerySet[M: models.Model](models.QuerySet[M]):
    def on(self, day: Any) -> Self:
        """The rows in force on a day. A row ends on the day before `valid_to`; an unknown start counts as started."""
        started = models.Q(valid_from__isnull=True) | models.Q(valid_from__lte=day)
        not_ended = models.Q(valid_to__isnull=True) | models.Q(valid_to__gt=day)
        return self.filter(started, not_ended)


class DatedManager(models.Manager.from_queryset(DatedQuerySet)):  # type: ignore[misc]
    """Default manager of every row with `valid_from` and `valid_to`."""


class AccountManager(BaseUserManager["Account"]):
    """Makes and finds sign-ins. User names are compared without regard to capitals."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username__iexact=username)

    def create_account(
        self,
        username: str,
        *,
        email: str = "",
        worker: "Worker | None" = None,
        kind: str = "person",
        password: str | None = None,
    ) -> "Account":
        """A saved account. Without a password it cannot be signed in to, which is right for a service."""
        account = self.model(
            username=self.model.normalize_username(username),
            email=self.normalize_email(email),
            worker=worker,
            kind=kind,
        )
        account.set_password(password)
        account.full_clean(exclude=["password", "worker"])
        account.save(using=self._db)
        return account
