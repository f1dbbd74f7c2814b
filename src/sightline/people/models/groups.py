"""The partnership's groups (executive, sub-groups, task groups) and who sits on them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from sightline.people.models.agencies import Agency
from sightline.people.models.dated import Dated, ends_after_start, never_overlapping
from sightline.people.models.partnerships import Partnership
from sightline.people.models.workers import RoleHeld, Worker
from sightline.vocabulary.roles import SCRUTINEER

NO_SAY = ("in attendance", "observer", "adviser")
"""Capacities that are heard and never counted."""


class Group(Dated):
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="groups")
    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    purpose = models.TextField(blank=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            ends_after_start("group_ends_after_start"),
            models.UniqueConstraint(fields=["partnership", "key"], name="group_key_in_partnership"),
        )

    def __str__(self) -> str:
        return self.name


class GroupMembership(Dated):
    """A seat: an agency's, a worker's, or an agency's filled by a worker. `capacity` is chair, member ..."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="memberships")
    worker = models.ForeignKey(
        Worker, on_delete=models.PROTECT, related_name="group_memberships", null=True, blank=True
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="group_memberships", null=True, blank=True
    )
    capacity = models.CharField(max_length=80, default="member")

    class Meta:
        constraints = (
            ends_after_start("group_seat_ends_after_start"),
            models.CheckConstraint(
                name="group_seat_is_somebodys", condition=Q(worker__isnull=False) | Q(agency__isnull=False)
            ),
            never_overlapping(
                "group_seat_once_a_worker", "group", "worker", "capacity", condition=Q(worker__isnull=False)
            ),
            never_overlapping(
                "group_seat_once_an_agency", "group", "agency", "capacity", condition=Q(worker__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return f"{self.capacity} of {self.group_id}"

    def clean(self) -> None:
        """The independent scrutineer is heard and never counted: no seat that counts, stands in or chairs."""
        if self.worker_id is None or self.capacity in NO_SAY:
            return
        held = RoleHeld.objects.filter(worker=self.worker_id, role=SCRUTINEER.key, partnership=self.group.partnership)
        held = held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=self.valid_from))
        if self.valid_to:
            held = held.filter(valid_from__lt=self.valid_to)
        if held.exists():
            raise ValidationError(
                {"capacity": "The independent scrutineer never chairs, counts or stands in. Choose “in attendance”."}
            )
