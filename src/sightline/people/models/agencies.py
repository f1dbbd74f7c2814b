"""Agencies, the names they have gone by, and who took over from whom."""

from collections.abc import Iterable
from datetime import date

from django.db import models
from django.db.models import F, Q

from sightline.people.models.dated import Dated, Identified, ends_after_start, never_overlapping
from sightline.people.models.partnerships import Partnership
from sightline.platform import calendar


class Agency(Identified):
    """An organisation with safeguarding duties. `kind` is a code of the list "agency_kind" (csc, pol, icb, edu ...)."""

    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=10)
    partnerships = models.ManyToManyField(Partnership, through="PartnershipMembership", related_name="agencies")

    class Meta:
        verbose_name_plural = "agencies"
        ordering = ("key",)
        indexes = (models.Index(fields=["kind"], name="agency_kind"),)

    def __str__(self) -> str:
        return self.name_on()

    def name_on(self, on: date | None = None) -> str:
        """What the agency was called on a day (today unless given); its latest name when it had none that day."""
        return name_among(self.names.all(), on or calendar.today()) or self.key

    @property
    def name(self) -> str:
        return self.name_on()

    def current_successor(self, on: date | None = None) -> "Agency":
        """Who holds this agency's duties on a day: itself, or the end of the chain of those that took over."""
        day = on or calendar.today()
        took_over = dict(
            AgencySuccession.objects.filter(on__lte=day).values_list("predecessor_id", "successor_id").order_by()
        )
        holder, seen = self.id, {self.id}
        while (following := took_over.get(holder)) and following not in seen:
            seen.add(following)
            holder = following
        return self if holder == self.id else Agency.objects.get(id=holder)


def name_among(names: Iterable["AgencyName"], on: date) -> str | None:
    """The name in force on a day, else the latest one; None when there are no names. Sorts in memory: prefetch."""
    dated = sorted(names, key=lambda name: name.valid_from, reverse=True)
    in_force = (name for name in dated if name.in_force(on))
    chosen = next(in_force, dated[0] if dated else None)
    return chosen.name if chosen else None


class AgencyName(Dated):
    """A name for a time. A minute of 2024 prints the name of 2024."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = (
            ends_after_start("agency_name_ends_after_start"),
            never_overlapping("agency_one_name_at_a_time", "agency"),
        )

    def __str__(self) -> str:
        return self.name


class AgencySuccession(Identified):
    """One agency took over another's safeguarding duties on a day. When one splits, name who took those duties on."""

    predecessor = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="succession")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="took_over_from")
    on = models.DateField()

    class Meta:
        constraints = (
            models.CheckConstraint(name="agency_does_not_succeed_itself", condition=~Q(predecessor=F("successor"))),
        )

    def __str__(self) -> str:
        return f"{self.successor} took over from {self.predecessor} on {self.on}"
