"""Which counts of a table have to be hidden, so that none of the small ones can be worked out from the others?

Whoever reads the table knows which of its cells are totals, that a hidden count is at least 1, and the rule itself.
A hidden count is safe when at least one other number could stand in its place and every sum still come out.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

type Place = tuple[int, int]
type Node = tuple[str, int]

FREE: Node = ("column", -1)
"""Where there are no totals down the columns, nothing has to balance there."""


@dataclass(frozen=True, slots=True)
class Table:
    """Counts in rows of one length; None is a count that is not there.

    across: the last cell of each row is the sum of the others. down: the last row is the sum of the others.
    """

    rows: Sequence[Sequence[int | None]]
    across: bool = False
    down: bool = False

    def places(self) -> Iterator[Place]:
        """Every cell that holds a count."""
        for row, cells in enumerate(self.rows):
            for column, count in enumerate(cells):
                if count is not None:
                    yield row, column

    def count(self, place: Place) -> int:
        """The count in a cell that holds one."""
        return self.rows[place[0]][place[1]] or 0

    def ends(self, place: Place) -> tuple[Node, Node]:
        """The two sums that a cell is part of, in the order in which raising it passes a unit on.

        Raising a cell raises its row's sum, so another of the row has to fall, and so on round a circle. A total
        stands on the other side of its sum, so with it the direction turns round.
        """
        row, column = place
        total = (self.down and row == len(self.rows) - 1) != (self.across and column == len(self.rows[row]) - 1)
        first: Node = ("row", row) if self.across else ("row", -1)
        second: Node = ("column", column) if self.down else FREE
        return (second, first) if total else (first, second)


def places_to_hide(table: Table, small: range) -> set[Place]:
    """The places of the small counts, and of as many others, the smallest first, as keep them from being worked out.

    Without totals only the small counts themselves are hidden.
    """
    hidden = {place for place in table.places() if table.count(place) in small}
    if not (table.across or table.down):
        return hidden
    while known := next((place for place in sorted(hidden) if not _could_differ(table, place, hidden)), None):
        more = _smallest_beside(table, known, hidden)
        if more is None:
            break
        hidden.add(more)
    return hidden


def _could_differ(table: Table, place: Place, hidden: set[Place]) -> bool:
    """Whether some other number could stand there: a unit can go round a circle of hidden cells, either way."""
    start, end = table.ends(place)
    up = _reaches(table, end, start, hidden - {place})
    down = table.count(place) > 1 and _reaches(table, start, end, hidden - {place})
    return up or down


def _reaches(table: Table, start: Node, end: Node, hidden: set[Place]) -> bool:
    """Whether a unit can be passed from one sum to another by raising hidden cells, or lowering those above 1."""
    onward: dict[Node, set[Node]] = defaultdict(set)
    for place in hidden:
        first, second = table.ends(place)
        onward[first].add(second)
        if table.count(place) > 1:
            onward[second].add(first)
    waiting, seen = deque([start]), {start}
    while waiting:
        node = waiting.popleft()
        if node == end:
            return True
        for following in onward[node] - seen:
            seen.add(following)
            waiting.append(following)
    return False


def _smallest_beside(table: Table, known: Place, hidden: set[Place]) -> Place | None:
    """The smallest count in the same row or column, nought apart, that is not hidden yet; else anywhere; else None."""
    left = [place for place in table.places() if place not in hidden and table.count(place) > 0]
    beside = [place for place in left if table.across and place[0] == known[0] or table.down and place[1] == known[1]]
    return min(beside or left, key=lambda place: (table.count(place), place), default=None)
