"""The layout made ready for reading one year: what may stand in each element, by name and place."""

from __future__ import annotations

from dataclasses import dataclass, field

from sightline.datasets.cin_census.values import Reader, reader_of
from sightline.vocabulary.xml_file import Group, Item, Years

ANYWHERE = -1


@dataclass(slots=True)
class Node:
    """One element. `read` is None of a group, and `rank` is its place in the group around it, or ANYWHERE.

    other_years: elements that stand here in other years only. required: elements that must not be missing.
    """

    name: str
    table: str
    repeats: bool
    rank: int = ANYWHERE
    read: Reader | None = None
    children: dict[str, Node] = field(default_factory=dict)
    other_years: dict[str, Years] = field(default_factory=dict)
    required: tuple[str, ...] = ()


def node_of(part: Group | Item, year: str) -> Node:
    """The element and all within it, as the year has them."""
    if isinstance(part, Item):
        return Node(part.name, part.table, part.repeats, read=reader_of(part))
    node = Node(part.name, part.table, part.repeats)
    for rank, each in enumerate(part.contents):
        if not each.years.covers(year):
            node.other_years[each.name] = each.years
            continue
        child = node_of(each, year)
        child.rank = ANYWHERE if isinstance(each, Item) and each.anywhere else rank
        node.children[each.name] = child
    node.required = tuple(each.name for each in part.contents if each.required and each.name in node.children)
    return node
