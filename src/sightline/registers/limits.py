"""The partnership's own time limits, laid over the local and internal ones that ship. Law and guidance stand.

The rows are those of `platform.settings`, which every clock reads; this register is how they are changed.
"""

from django.db import models

from sightline.platform.settings.models import LocalLimit
from sightline.platform.settings.rule import CHANGEABLE, UNITS
from sightline.platform.settings.rules import Rule, rules
from sightline.vocabulary import roles
from sightline.vocabulary.register import Register

from .changes import change_process
from .entries import Change


class LimitChange(Change):
    """A change to the limit that a partnership has set for one rule."""

    rule_id = models.CharField("Which rule?", max_length=60, blank=True)
    variant = models.CharField("Which variant of it?", max_length=40, blank=True)
    limit = models.IntegerField(
        "How long is the limit?", help_text="A whole number; below 0 it counts back from the day", null=True, blank=True
    )
    unit = models.CharField("Counted in what?", max_length=20, choices=[(unit, unit) for unit in UNITS], blank=True)
    decided_by = models.CharField("Who decided it?", max_length=200, blank=True)
    source = models.CharField(
        "Where is the decision recorded?", help_text="Meeting, date and minute", max_length=300, blank=True
    )

    messages = {
        **Change.messages,
        "rule_id": "Select the rule",
        "limit": "Enter the limit as a whole number",
        "unit": "Select what it is counted in",
        "decided_by": "Enter who decided it",
        "source": "Enter where the decision is recorded",
    }

    class Meta:
        verbose_name = "change to local limits"


def _name_of_rule(row: LocalLimit) -> str:
    """The name of the rule that a limit is for, as it ships."""
    ids = (row.rule_id, row.variant)
    return next((rule.name for rule in rules() if (rule.id, rule.variant) == ids), " ".join(ids).strip())


class LocalLimits(Register):
    """Limits that the partnership set for itself."""

    label = "Local limits"
    one = "local limit"
    says = "Time limits that the partnership set for itself where a rule is local or internal. Law and guidance stand."
    entry, change = LocalLimit, LimitChange
    columns = {
        "rule_id": "Rule",
        "variant": "Variant",
        "limit": "Limit",
        "unit": "Counted in",
        "decided_by": "Decided by",
        "source": "Decision",
    }
    needs = ("rule_id", "limit", "unit", "decided_by", "source")
    listed = ("limit", "unit", "decided_by")
    identity, belongs_to = ("rule_id", "variant"), "partnership_key"
    called = staticmethod(_name_of_rule)
    changed_by = (roles.SUPPORT_HUB,)
    approved_by = (roles.LEAD_PARTNER,)
    version = "2026-11"
    sources = ("local custom",)


ChangeToLocalLimits = change_process(LocalLimits)


def changeable_rules() -> list[Rule]:
    """Rules that a partnership may set its own limit for, as they ship, by name."""
    return sorted((rule for rule in rules() if rule.clock_class in CHANGEABLE), key=lambda rule: rule.name)
