"""Columns that a record may hold beyond Django's own: several choices, and yes / no / not known."""

from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Known(models.TextChoices):
    """An answer that may honestly be "not known"."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class SeveralChoices(ArrayField):  # type: ignore[type-arg]
    """Codes picked from a list, shown as checkboxes."""

    def __init__(self, choices: Any = (), *args: Any, **kwargs: Any) -> None:
        self.offered = list(getattr(choices, "choices", choices))
        kwargs["base_field"] = models.CharField(max_length=40)
        kwargs["default"] = list
        kwargs["blank"] = True
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for made_here in ("base_field", "default", "blank"):
            kwargs.pop(made_here, None)
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.offered,
            required=False,
            label=str(self.verbose_name)[:1].upper() + str(self.verbose_name)[1:],
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )


def choice(label: str, choices: type[models.TextChoices], help_text: str = "") -> Any:
    """One code from a list; blank until answered."""
    longest = max(len(value) for value in choices.values)
    return models.CharField(label, max_length=max(20, longest), choices=choices, blank=True, help_text=help_text)


def known(label: str, help_text: str = "") -> Any:
    """Yes, no or not known; blank until answered."""
    return choice(label, Known, help_text)


def prose(label: str, help_text: str = "") -> Any:
    """Free text of up to 20,000 characters; blank until answered."""
    return models.TextField(label, blank=True, max_length=20_000, help_text=help_text)


def moment(label: str, help_text: str = "") -> Any:
    """A date and time, Europe/London as typed; empty until answered."""
    return models.DateTimeField(label, null=True, blank=True, help_text=help_text)


def day(label: str, help_text: str = "") -> Any:
    """A civil date; empty until answered."""
    return models.DateField(label, null=True, blank=True, help_text=help_text)
