"""Rows that a step asks about one by one (seats, children, actions): each under the name of what it is about.

What is listed can change between the page and its answer, so rows are matched by the thing that they are about.
"""

from typing import Any

from django.http import QueryDict

from sightline.engine.part import Part
from sightline.platform import calendar
from sightline.web.components import words

ABOUT = ("subject", "seat", "person", "circulation", "action", "item", "decided", "body")
"""Hidden columns that say what a row is about."""


def about(row: dict[str, Any], part: Part) -> tuple[str, ...]:
    """What makes a row itself among the rows of its part."""
    return tuple(str(row.get(name) or "") for name in ABOUT if name in part.row.base_fields)


def in_order(data: QueryDict, part: Part, listed: list[dict[str, Any]]) -> QueryDict:
    """What was typed, its rows in the order of `listed`; a thing listed since has a row of its own, unanswered."""
    typed = _rows(data, part)
    changed = QueryDict(mutable=True)
    for name, values in data.lists():
        if not name.startswith(f"{part.key}-"):
            changed.setlist(name, values)
    for index, row in enumerate(listed):
        answers = typed.get(about(row, part), {})
        for name, values in answers.items():
            changed.setlist(f"{part.key}-{index}-{name}", values)
        for name in ABOUT:
            if name in part.row.base_fields and row.get(name):
                changed[f"{part.key}-{index}-{name}"] = str(row[name])
    changed[f"{part.key}-TOTAL_FORMS"] = changed[f"{part.key}-INITIAL_FORMS"] = str(len(listed))
    return changed


def _rows(data: QueryDict, part: Part) -> dict[tuple[str, ...], dict[str, list[str]]]:
    rows: dict[str, dict[str, list[str]]] = {}
    for name, values in data.lists():
        index, _, column = name.removeprefix(f"{part.key}-").partition("-")
        if name.startswith(f"{part.key}-") and index.isdecimal() and column:
            rows.setdefault(index, {})[column] = [str(value) for value in values]
    return {about({name: values[-1] for name, values in row.items() if values}, part): row for row in rows.values()}


def legend(row: dict[str, Any]) -> str:
    """The name of what a row is about."""
    return str(row.get("called") or "")


def note(row: dict[str, Any]) -> str:
    """What is said beside the name."""
    if row.get("due_on"):
        return f"{row.get('who')}, by {words.short_date(row['due_on'])}" + _late(row["due_on"])
    said = [str(row.get("how") or ""), str(row.get("who") or ""), "Always required" if row.get("required") else ""]
    return ". ".join(part for part in said if part)


def _late(due_on: Any) -> str:
    days = (calendar.today() - due_on).days
    return f". Late by {words.plural(days, 'day')}" if days > 0 else ""
