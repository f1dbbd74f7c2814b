"""What somebody has typed and not yet sent: one unfinished answer for each person, case and step."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import models

from sightline.people.managers import Sighted
from sightline.platform import calendar

KEPT_FOR = timedelta(days=7)
"""How long an unfinished answer is kept after it was last saved; every page that keeps one says so."""


class Draft(Sighted, models.Model):
    """What an account has typed for a step: on a case, or (`case` empty) for something not begun yet.

    step: "process/step", like "contact/tell". answers: as they were posted, unchecked. Only its own account reads it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("engine.Case", null=True, on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=100)
    answers = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "case", "step"], name="draft_once_a_person_and_step", nulls_distinct=False
            ),
        )

    def __str__(self) -> str:
        return f"{self.step} by {self.account_id}"

    @classmethod
    def of(cls, who: Any, step: str, case: Any = None) -> "Draft | None":
        """The unfinished answer that this person has for the step, unless it is too old to keep."""
        return cls.visible_to(who).filter(step=step, case=case).first()

    @classmethod
    def keep(cls, who: Any, step: str, answers: Mapping[str, Any], case: Any = None) -> "Draft":
        """Save what was typed over what was saved before."""
        draft = cls.visible_to(who, old_ones=True).filter(step=step, case=case).first()
        draft = draft or cls(account=who.account, step=step, case=case)
        draft.answers, draft.saved_at = dict(answers), calendar.now()
        draft.save()
        return draft


def see_own_drafts(rows: models.QuerySet[Any], who: Any, *, old_ones: bool = False) -> models.QuerySet[Any]:
    """Sight rule: a draft is its writer's own. `who` is an Actor."""
    own = rows.filter(account=who.account)
    return own if old_ones else own.filter(saved_at__gte=calendar.now() - KEPT_FOR)
