"""One matter of a named kind, offered among those that the person who answers can see."""

from typing import Any

from django import forms

from sightline.engine.models import Case


class MatterField(forms.ModelChoiceField):
    """A matter of any of these processes, named by key so that areas of work need not know one another."""

    def __init__(self, *processes: str, **kwargs: Any) -> None:
        super().__init__(queryset=Case.objects.filter(process__in=processes), **kwargs)
