"""An invented census as a tree of elements, and its writing, which knows the row that each planted fault will be in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sightline.datasets.cin_census.layout import CENSUS
from sightline.vocabulary.xml_file import Group


@dataclass(frozen=True, slots=True)
class Planted:
    """A fault put into a file on purpose, as the check should find it. `row` is the 0-based position in its table."""

    rule: str
    table: str
    fields: tuple[str, ...]
    record: str | None
    row: int
    value: str | None


@dataclass(slots=True)
class Element:
    """One element: text, or others within it. `faults` are (rule, fields, value) planted in the row it belongs to."""

    name: str
    text: str = ""
    within: list[Element] = field(default_factory=list)
    attributes: str = ""
    faults: list[tuple[str, tuple[str, ...], str | None]] = field(default_factory=list)

    def find(self, *names: str) -> Element | None:
        """The first element by this path."""
        found: Element | None = self
        for name in names:
            found = next((each for each in found.within if each.name == name), None) if found else None
        return found

    def every(self, name: str) -> Iterator[Element]:
        """Every element of this name, at any depth, in order."""
        for each in self.within:
            if each.name == name:
                yield each
            yield from each.every(name)


def items(name: str, **values: str | None) -> Element:
    """A group of items in the order given, without those that have no value."""
    return Element(name, within=[Element(item, text) for item, text in values.items() if text is not None])


def _tables(group: Group) -> dict[str, str]:
    found = {group.name: group.table} if group.table else {}
    for each in group.contents:
        found.update(_tables(each) if isinstance(each, Group) else {each.name: each.table} if each.table else {})
    return found


TABLES = _tables(CENSUS.root)


@dataclass(slots=True)
class Writer:
    """Turns elements into lines of XML in the order of the file, counting rows as it goes."""

    rows: dict[str, int] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)

    def lines(self, element: Element, record: str | None = None, depth: int = 0) -> Iterator[str]:
        """The lines of one element and all within it; `record` names the child that it is about."""
        yield from self._lines(element, ("", 0), record, depth)

    def _lines(self, element: Element, row: tuple[str, int], record: str | None, depth: int) -> Iterator[str]:
        if table := TABLES.get(element.name):
            row = (table, self.rows.get(table, 0))
            self.rows[table] = row[1] + 1
        for rule, fields, value in element.faults:
            self.planted.append(Planted(rule, row[0], fields, record, row[1], value))
        margin = "  " * depth
        if not element.within:
            yield f"{margin}<{element.name}{element.attributes}>{element.text}</{element.name}>\n"
            return
        yield f"{margin}<{element.name}{element.attributes}>{element.text}\n"
        for each in element.within:
            yield from self._lines(each, row, record, depth + 1)
        yield f"{margin}</{element.name}>\n"
