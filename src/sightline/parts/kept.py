"""Rows that a part keeps in a table of its own, as one matter has them."""

from typing import Any

from django.db import models


def kept[M: models.Model](matter: Any, model: type[M]) -> list[M]:
    """The matter's rows of this model (which has a `case`), read once; none for a matter that is not yet saved.

    The list is the matter's own: a part that adds a row appends it here too, so that what follows sees it.
    """
    key = model._meta.label
    if key not in matter.facts:
        saved = not matter.case._state.adding
        matter.facts[key] = list(model._default_manager.filter(case=matter.case)) if saved else []
    rows: list[M] = matter.facts[key]
    return rows


def keep(deed: Any, row: models.Model) -> None:
    """Add a row to the matter's own and to what the deed saves."""
    kept(deed.matter, type(row)).append(row)
    deed.add(row)
