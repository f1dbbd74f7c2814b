"""What somebody posted after their session had ended: kept, sealed, until they have signed in again."""

from typing import ClassVar
from uuid import uuid4

from django.db import models

from sightline.people.models.workers import Account


class HeldText(models.Model):
    """One posted form of one account. `sealed` opens for nobody but that account; `page` is a path, without a query."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=500)
    sealed = models.TextField()
    held_at = models.DateTimeField()

    objects: ClassVar[models.Manager["HeldText"]] = models.Manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "page"], name="held_text_one_a_page"),)

    def __str__(self) -> str:
        return self.page
