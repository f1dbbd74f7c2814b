"""What a partnership has decided for itself, and which guidance was in force: dated rows."""

from datetime import date
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from sightline.platform.settings.rule import CHANGEABLE, CLASS_WORDS, UNITS
from sightline.platform.settings.rules import UnknownRule, rule


class LocalLimit(models.Model):
    """A partnership's own limit for a rule that it may change, in force until the day before `valid_to`."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partnership_key = models.SlugField("partnership", max_length=60, db_index=False)
    rule_id = models.CharField("rule", max_length=60)
    variant = models.CharField(max_length=40, blank=True)
    limit = models.IntegerField()
    unit = models.CharField(max_length=20, choices=[(unit, unit) for unit in UNITS])
    valid_from = models.DateField("in force from")
    valid_to = models.DateField("in force until", null=True, blank=True)
    decided_by = models.CharField("who decided", max_length=200)
    source = models.CharField("where the decision is recorded", max_length=300)

    class Meta:
        verbose_name = "local limit"
        constraints = (
            models.UniqueConstraint(
                fields=["partnership_key", "rule_id", "variant", "valid_from"],
                name="local_limit_once_a_day",
                violation_error_message="There is already a limit for this rule from that day. Choose another day.",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="local_limit_ends_after_it_begins",
                violation_error_message="The limit has to end after it begins.",
            ),
        )

    def __str__(self) -> str:
        which = f"{self.rule_id} {self.variant}".strip()
        return f"{which}: {self.limit} {self.unit} from {self.valid_from.isoformat()}"

    def clean(self) -> None:
        """Refuse a limit for an unknown rule, or for one that is law or statutory guidance."""
        try:
            shipped = rule(self.rule_id, self.variant, self.valid_from)
        except UnknownRule as unknown:
            raise ValidationError({"rule_id": str(unknown)}) from None
        if shipped.clock_class not in CHANGEABLE:
            words = CLASS_WORDS[shipped.clock_class]
            raise ValidationError({"rule_id": f"{shipped.id} is {words}, which a partnership cannot change."})


class GuidanceVersion(models.Model):
    """One edition of guidance or law, in force until the day before `in_force_to`."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    key = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    edition = models.CharField(max_length=80)
    source = models.CharField("issued by, and as what", max_length=300)
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "guidance version"
        ordering = ("in_force_from", "key")
        constraints = (
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True) | Q(in_force_to__gt=F("in_force_from")),
                name="guidance_ends_after_it_begins",
                violation_error_message="The edition has to end after it begins.",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.edition})"

    def in_force(self, on: date) -> bool:
        return self.in_force_from <= on and (self.in_force_to is None or on < self.in_force_to)
