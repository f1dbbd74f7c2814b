"""One row of a table of the census, as it is read."""

from __future__ import annotations

from uuid import UUID

from sightline.datasets.cin_census.values import Value


class Row:
    """A row of `table`, at a 0-based `position` in it, within the row `parent`.

    `values` by element name; None stands for text that was there and wrong. `key` is for whoever saves rows to set.
    """

    __slots__ = ("key", "parent", "position", "table", "values")

    def __init__(self, table: str, position: int, parent: Row | None) -> None:
        self.table = table
        self.position = position
        self.parent = parent
        self.key: UUID | None = None
        self.values: dict[str, Value | None] = {}
