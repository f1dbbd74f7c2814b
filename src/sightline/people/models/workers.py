"""Workers, the roles they hold from a date to a date, and the accounts they sign in with: three different things."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from sightline.people.managers import AccountManager
from sightline.people.models.agencies import Agency
from sightline.people.models.dated import Dated, Identified, ends_after_start, never_beside, never_overlapping
from sightline.people.models.partnerships import Partnership
from sightline.vocabulary.roles import SCRUTINEER, role_named


class Worker(Identified):
    """Somebody who works for children. Where and as what is a RoleHeld, so that a move keeps their history.

    own_details_answered_at: when they told of themself and their family, or said that there is nothing to tell.
    own_details_put_off_on: the last day on which they put that off.
    """

    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100)
    email = models.EmailField(blank=True)
    job_title = models.CharField(max_length=120, blank=True)
    own_details_answered_at = models.DateTimeField(null=True, blank=True)
    own_details_put_off_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("family_name", "given_name")

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def title(self) -> str:
        """Job title, as it is printed beside the name."""
        return self.job_title


class RoleHeld(Dated):
    """A role at an agency in a partnership for a time. `role` is a key of `sightline.vocabulary.roles.ROLES`.

    A deputy holds a row of their own, with `deputy_for` naming the row covered; it counts only while both are in force.
    """

    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=60)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="roles_held", null=True, blank=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="roles_held")
    deputy_for = models.ForeignKey("self", on_delete=models.PROTECT, related_name="deputies", null=True, blank=True)

    class Meta:
        verbose_name_plural = "roles held"
        indexes = (models.Index(fields=["role", "partnership"], name="role_held_role"),)
        constraints = (
            ends_after_start("role_held_ends_after_start"),
            models.CheckConstraint(
                name="role_held_not_own_deputy", condition=Q(deputy_for__isnull=True) | ~Q(deputy_for=F("id"))
            ),
            never_overlapping(
                "role_held_once_at_a_time",
                *("worker", "role", "agency", "partnership"),
                condition=Q(deputy_for__isnull=True, agency__isnull=False),
            ),
            never_overlapping(
                "independent_role_held_once",
                *("worker", "role", "partnership"),
                condition=Q(deputy_for__isnull=True, agency__isnull=True),
            ),
            never_beside(
                "scrutineer_is_independent", ("worker", "partnership"), "role", SCRUTINEER.key, SCRUTINEER.never_with
            ),
            never_overlapping(
                "role_covered_once_at_a_time", "worker", "deputy_for", condition=Q(deputy_for__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.role} ({self.worker_id})"

    def clean(self) -> None:
        try:
            role_named(self.role)
        except LookupError as unknown:
            raise ValidationError({"role": str(unknown)}) from unknown
        self._stays_independent()
        covered = self.deputy_for
        if covered and (covered.role, covered.agency_id, covered.partnership_id) != (
            self.role,
            self.agency_id,
            self.partnership_id,
        ):
            raise ValidationError(
                {"deputy_for": "A deputy covers the same role, agency and partnership. Choose those."}
            )

    def _stays_independent(self) -> None:
        """A scrutineer holds none of the roles that they scrutinise; the database refuses it too."""
        apart = SCRUTINEER.never_with if self.role == SCRUTINEER.key else (SCRUTINEER.key,)
        if self.role != SCRUTINEER.key and self.role not in SCRUTINEER.never_with:
            return
        others = RoleHeld.objects.filter(worker_id=self.worker_id, partnership_id=self.partnership_id, role__in=apart)
        others = others.exclude(pk=self.pk).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=self.valid_from))
        if self.valid_to:
            others = others.filter(valid_from__lt=self.valid_to)
        if other := others.first():
            raise ValidationError(
                {
                    "role": f"Nobody is {role_named(self.role).holder} and {role_named(other.role).holder} of one "
                    "partnership at once: the scrutineer is independent. End the other role first."
                }
            )


class Account(AbstractBaseUser):
    """A sign-in. It says nothing about what may be done: that comes from the roles that its worker holds."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        SERVICE = "service", "Service"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    username = models.CharField(max_length=150, unique=True, validators=[UnicodeUsernameValidator()])
    email = models.EmailField(blank=True)
    worker = models.ForeignKey(Worker, on_delete=models.PROTECT, related_name="accounts", null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PERSON)
    is_active = models.BooleanField(default=True)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (
            models.UniqueConstraint(Lower("username"), name="account_username_any_capitals"),
            models.CheckConstraint(name="account_kind", condition=Q(kind__in=["person", "service"])),
        )

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        return self.worker.display_name if self.worker else self.username

    def get_short_name(self) -> str:
        return (self.worker.given_name or self.worker.family_name) if self.worker else self.username

    # Django's admin and its permissions are not used: authority is a role held, so these always say no.
    @property
    def is_staff(self) -> bool:
        return False

    @property
    def is_superuser(self) -> bool:
        return False

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return False

    def has_perms(self, perm_list: list[str], obj: object = None) -> bool:
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False
