"""What somebody has typed into a step and not yet recorded."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import models

from sightline.people.managers import Sighted
from sightline.platform import calendar

KEPT_FOR = timedelta(days=7)
"""How long a draft that belongs to no case is kept after it was last saved; the page that keeps it says so."""


class Draft(Sighted, models.Model):
    """One person's unfinished step on one case, or (`case` empty) on something not begun yet.

    data: what was posted, field by field, as lists of text. version: the case's revision when the page was opened.
    It is deleted when the step is taken.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey("engine.Case", null=True, on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=0)
    data = models.JSONField(default=dict)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["account", "case", "step"], name="draft_one_a_step", nulls_distinct=False),
        )

    def __str__(self) -> str:
        return self.step

    @classmethod
    def begun(cls, who: Any, step: str, *, lock: bool = False) -> "Draft | None":
        """This person's own draft of a step that opens a case, unless it is too old to keep. `who` is an Actor.

        `lock`: nobody else writes it until the transaction ends, for whoever adds to what is there.
        """
        own = cls.visible_to(who).filter(case=None, account=who.account, step=step)
        kept = own.filter(saved_at__gte=calendar.now() - KEPT_FOR)
        return (kept.select_for_update(of=("self",)) if lock else kept).first()

    @classmethod
    def keep(cls, who: Any, step: str, data: Mapping[str, Any], case: Any = None, version: int = 0) -> "Draft":
        """Save what was typed, over what was saved before; without a case, for a step that opens one."""
        kept: dict[str, Any] = {"data": dict(data), "version": version, "saved_at": calendar.now()}
        own = cls.visible_to(who).filter(account=who.account)
        # A form is sent while what was typed in it is still being saved by itself: either may be the first.
        draft, new = own.get_or_create(account=who.account, case=case, step=step, defaults=kept)
        if not new:
            draft.data, draft.version, draft.saved_at = kept["data"], version, kept["saved_at"]
            draft.save()
        return draft


def see_drafts(rows: models.QuerySet[Any], who: Any, **context: Any) -> models.QuerySet[Any]:
    """Sight rule: a draft is its writer's alone."""
    from sightline.access.sight import as_actor

    return rows.filter(account=as_actor(who).account)
