"""A child or an adult, with their names, identifiers and addresses, each true for a time."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Replace, Upper

from sightline.people.managers import Sighted
from sightline.people.models.agencies import Agency
from sightline.people.models.dated import DatedPerhaps, Identified, ends_after_start, never_overlapping
from sightline.people.models.partnerships import Partnership


class Person(Identified, Sighted):
    """A child (born or not yet) or an adult, held by one partnership.

    Codes are of the lists "sex", "ethnicity", "disability" and "upn_unknown" (`people/codes.toml`). When neither date
    is known, `approximate_age_years` is the age somebody gave and `age_recorded_on` the day they gave it.
    """

    class Kind(models.TextChoices):
        CHILD = "child", "Child"
        ADULT = "adult", "Adult"

    class Precision(models.TextChoices):
        DAY = "day", "The day is known"
        MONTH = "month", "The month is known"
        YEAR = "year", "The year is known"
        ESTIMATED = "estimated", "Estimated"

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="persons")
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.CHILD)
    unborn = models.BooleanField(default=False)
    date_of_birth = models.DateField(null=True, blank=True)
    expected_date_of_birth = models.DateField(null=True, blank=True)
    date_of_birth_precision = models.CharField(max_length=10, choices=Precision, default=Precision.DAY)
    approximate_age_years = models.PositiveSmallIntegerField(null=True, blank=True)
    age_recorded_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=1, default="U")
    gender_identity = models.CharField(max_length=80, blank=True)
    ethnicity = models.CharField(max_length=4, blank=True)
    first_language = models.CharField(max_length=80, blank=True)
    interpreter_needed = models.BooleanField(null=True, blank=True)
    communication_needs = models.TextField(blank=True)
    disability = ArrayField(models.CharField(max_length=4), default=list, blank=True)
    upn_unknown = models.CharField(max_length=3, blank=True)
    date_of_death = models.DateField(null=True, blank=True)
    sealed = models.BooleanField("known only to those named on their case", default=False)

    class Meta:
        indexes = (models.Index(fields=["partnership", "date_of_birth"], name="person_birth"),)
        constraints = (
            models.CheckConstraint(name="person_kind", condition=Q(kind__in=["child", "adult"])),
            models.CheckConstraint(
                name="person_one_date_of_birth",
                condition=Q(date_of_birth__isnull=True) | Q(expected_date_of_birth__isnull=True),
                violation_error_message="Give a date of birth or an expected date of birth, not both.",
            ),
            models.CheckConstraint(
                name="person_expected_only_unborn",
                condition=Q(unborn=True, date_of_birth__isnull=True)
                | Q(unborn=False, expected_date_of_birth__isnull=True),
                violation_error_message="An expected date is for a child not yet born. Give the date of birth instead.",
            ),
            models.CheckConstraint(
                name="person_unborn_is_child_sex_u",
                condition=Q(unborn=False) | Q(kind="child", sex="U"),
                violation_error_message="A child not yet born is recorded with sex not known.",
            ),
            models.CheckConstraint(
                name="person_age_with_its_day",
                condition=Q(approximate_age_years__isnull=True, age_recorded_on__isnull=True)
                | Q(approximate_age_years__isnull=False, age_recorded_on__isnull=False),
                violation_error_message="Give the approximate age and the day it was given together.",
            ),
            models.CheckConstraint(
                name="person_death_after_birth",
                condition=Q(date_of_death__isnull=True)
                | Q(date_of_birth__isnull=True)
                | Q(date_of_death__gte=F("date_of_birth")),
                violation_error_message="The date of death is before the date of birth. Check both dates.",
            ),
            models.CheckConstraint(
                name="person_no_disability_alone",
                condition=~Q(disability__contains=["NONE"]) | Q(disability=["NONE"]),
                violation_error_message="No disability is recorded beside a disability. Keep one or the other.",
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        """The name used now, or what can be said without one. Reads `names`: prefetch for lists."""
        name = self.name_on()
        if name:
            return name.full
        return "Unborn child" if self.unborn else "Name not known"

    @property
    def name(self) -> "PersonName | None":
        """The main name used now, None when nobody knows one. Reads `names`: prefetch for lists."""
        return self.name_on()

    def name_on(self, on: date | None = None) -> "PersonName | None":
        """The main name on a day (the latest main name when `on` is not given), else any name there is."""
        names = sorted(self.names.all(), key=lambda name: name.closeness_to(on), reverse=True)
        return names[0] if names else None

    @property
    def is_child(self) -> bool:
        return self.kind == self.Kind.CHILD


def plain_name(text: object) -> Func:
    """The database's one spelling of a name for matching: no capitals, accents, apostrophes or hyphens."""
    return Func(text, function="people_plain_name", output_field=models.TextField())


class PersonName(DatedPerhaps):
    """A name that a person uses or used. Either part may be empty: many people have one name."""

    class Kind(models.TextChoices):
        CURRENT = "current", "Name used now"
        ALIAS = "alias", "Also known as"
        FORMER = "former", "Name used before"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.CURRENT)
    given_names = models.CharField(max_length=200, blank=True)
    family_name = models.CharField(max_length=200, blank=True)
    normalised = models.GeneratedField(
        expression=plain_name(Concat("given_names", Value(" "), "family_name")),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        indexes = (GinIndex(fields=["normalised"], name="person_name_trigram", opclasses=["gin_trgm_ops"]),)
        constraints = (
            ends_after_start("person_name_ends_after_start"),
            models.CheckConstraint(
                name="person_name_is_not_empty",
                condition=~Q(given_names="", family_name=""),
                violation_error_message="Give a given name or a family name.",
            ),
            never_overlapping("person_one_current_name", "person", condition=Q(kind="current")),
        )

    def __str__(self) -> str:
        return self.full

    @property
    def full(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()

    @property
    def full_with_capitals(self) -> str:
        """Family name in capitals, which helps tell similar names apart on identity bars and match cards."""
        return f"{self.given_names} {self.family_name.upper()}".strip()

    def closeness_to(self, on: date | None) -> tuple[bool, bool, bool, date]:
        """Sort key: in force that day, then main name, then not former, then latest."""
        in_force = self.valid_to is None if on is None else self.in_force(on)
        current = self.kind == self.Kind.CURRENT
        return in_force and current, current, self.kind != self.Kind.FORMER, self.valid_from or date.min


class Identifier(DatedPerhaps):
    """A number by which an organisation knows a person. Never a key and never unique across persons.

    A unique index would tell whoever types a number that a hidden record holds it; two persons with one NHS number are
    found by the index of people and settled by a person.
    """

    class Type(models.TextChoices):
        NHS = "nhs", "NHS number"
        UPN = "upn", "Unique pupil number"
        FORMER_UPN = "former_upn", "Former unique pupil number"
        LOCAL_CHILD = "local_child", "Local child identifier"
        LOCAL = "local", "Another organisation's number"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="identifiers")
    type = models.CharField(max_length=12, choices=Type)
    value = models.CharField(max_length=40)
    validated = models.BooleanField(default=False, help_text="Its check digit or letter agrees.")
    issuer = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=["type", "value"], name="identifier_value"),)
        constraints = (ends_after_start("identifier_ends_after_start"),)

    def __str__(self) -> str:
        return f"{self.get_type_display()} {self.value}"


class PersonAddress(DatedPerhaps):
    """Where a person lives or lived. `kind` is of the list "address_kind". A protected address is never matched on."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(max_length=24, default="home")
    lines = models.TextField(blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    protected = models.BooleanField(default=False)
    gives_away = ArrayField(
        models.CharField(max_length=120),
        default=list,
        blank=True,
        help_text="Words that would give a protected place away: the school, a phone number, the name of the refuge.",
    )
    postcode_key = models.GeneratedField(
        expression=Upper(Replace("postcode", Value(" "), Value(""))),
        output_field=models.CharField(max_length=10),
        db_persist=True,
    )

    class Meta:
        verbose_name_plural = "addresses"
        indexes = (models.Index(fields=["postcode_key"], name="address_postcode", condition=Q(protected=False)),)
        constraints = (
            ends_after_start("address_ends_after_start"),
            models.CheckConstraint(
                name="address_refuge_is_protected",
                condition=~Q(kind="refuge") | Q(protected=True),
                violation_error_message="A refuge address is always protected. Mark it protected.",
            ),
        )

    def __str__(self) -> str:
        return "Address protected" if self.protected else f"{self.lines}, {self.postcode}".strip(", ")


class ProtectedFrom(Identified):
    """That one person must never learn of a protected address, and why. `basis` is of the list "protection_basis".

    A protected address that names nobody is kept from everybody but the agencies that work with the family. Who ended
    it, and why, stands on the case on which it was ended.
    """

    address = models.ForeignKey(PersonAddress, on_delete=models.CASCADE, related_name="protected_from")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=24)
    source = models.CharField("who told us, in a few words", max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "protected from"
        constraints = (
            models.UniqueConstraint(
                fields=["address", "person"], name="protected_from_once", condition=Q(ended_at__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return f"{self.address_id} is kept from {self.person_id}"
