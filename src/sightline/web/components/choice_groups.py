"""Many boxes to tick, the rest of them folded away by group: whoever seeks one opens the group that it is in.

A field's choices may be grouped as Django groups them, (name, [(value, words), ...]), after those that stand open.
"""

from typing import Any

from django.forms.boundfield import BoundField
from markupsafe import Markup

from sightline.web.templating import govuk

type Group = tuple[str, list[tuple[str, str]]]


def groups_of(bound: BoundField) -> list[Group]:
    """The groups of a field's choices, in order; none where they are not grouped."""
    offered: Any = getattr(bound.field, "choices", ())
    return [
        (str(name), [(str(value), str(words)) for value, words in inner])
        for name, inner in offered
        if isinstance(inner, list | tuple)
    ]


def folded(bound: BoundField, groups: list[Group], chosen: set[str]) -> Markup:
    """Each group under its name and how many it has; open where one of it is ticked. No script is needed."""
    drawn = []
    for number, (name, choices) in enumerate(groups, 1):
        legend = {"text": f"{bound.label} {name}", "classes": "govuk-visually-hidden"}
        boxes = govuk(
            "checkboxes",
            {
                "name": bound.html_name,
                "idPrefix": f"{bound.auto_id}-group-{number}",
                "classes": "govuk-checkboxes--small",
                "fieldset": {"legend": legend},
                "items": [{"value": value, "text": words, "checked": value in chosen} for value, words in choices],
            },
        )
        opened = any(value in chosen for value, _ in choices)
        drawn.append(govuk("details", {"summaryText": f"{name} ({len(choices)})", "html": boxes, "open": opened}))
    return Markup("\n").join(drawn)
