"""One pass over a census: what each tag and text does to the rows and the faults found so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NoReturn

from sightline.datasets.cin_census import words
from sightline.datasets.cin_census.faults import CheckedCensus
from sightline.datasets.cin_census.heading import Enough, settle_year
from sightline.datasets.cin_census.layout import CENSUS, YEARS
from sightline.datasets.cin_census.row import Row
from sightline.datasets.cin_census.rules import Finding, Judging, Rule
from sightline.datasets.cin_census.tree import ANYWHERE, Node, node_of
from sightline.datasets.cin_census.values import LONGEST_TEXT, BadValue
from sightline.datasets.faults import Fault, UnreadableFile

MOST_FAULTS = 20_000
"""So many are listed and no more, so that a file made wrongly throughout cannot fill the memory."""

MOST_STRANGE_NAMES = 10_000_000
"""Characters, of names of elements and attributes that the census does not have."""

DEEPEST = 1_000
"""Levels of such elements within one another."""

KEPT_TEXT = 10 * LONGEST_TEXT
ABOUT_THE_FILE = ("xmlns", "xsi:", "xml:")

Keep = Callable[[Row], None]


class _Open:
    """A group that has begun and not ended: its row, the names seen in it, and how far along its order we are."""

    __slots__ = ("node", "reached", "row", "seen", "stray")

    def __init__(self, node: Node, row: Row | None) -> None:
        self.node = node
        self.row = row
        self.seen: set[str] = set()
        self.reached = ANYWHERE
        self.stray = False


class Reading:
    """Called with every start tag, end tag and text in order, then told to `finish`.

    `year` overrides what the file says; `keep` is called with each row when all of it has been read, so after the
    rows within it. The methods raise Enough, after `finish` has been called, when there is no point in reading on.
    """

    def __init__(self, checked: CheckedCensus, year: str = "", keep: Keep | None = None) -> None:
        self.checked = checked
        self.asked = year
        self.keep = keep
        self.year = ""
        self.judging: Judging | None = None
        self.header: Row | None = None
        self.pending: list[tuple[str, Row | None, tuple[str, ...], str | None, str]] = []
        outside = Node("", "", False)
        outside.children[CENSUS.root.name] = node_of(CENSUS.root, year or YEARS[-1])
        self.open = [_Open(outside, None)]
        self.leaf: Node | None = None
        self.text: list[str] = []
        self.length = 0
        self.skipping = 0
        self.strangers = 0

    # What the parser calls

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.skipping:
            self.skipping += 1
            self._weigh_strangers(name, attributes)
            return
        within = self.open[-1]
        node = within.node.children.get(name) if self.leaf is None else None
        if node is None:
            self._weigh_strangers(name, attributes)
            self._start_unknown(within, name)
            return
        if name in within.seen and not node.repeats:
            self._note("structure.repeated", within.row, (name,), None, words.repeated_words(name, within.node.name))
        elif ANYWHERE < node.rank < within.reached:
            said = words.order_words(node, within.node, within.seen)
            self._note("structure.order", within.row, (name,), None, said)
        elif node.rank > within.reached:
            within.reached = node.rank
        within.seen.add(name)
        if attributes:
            self._check_attributes(within, name, attributes)
        if node.read is not None:
            self.leaf = node
        else:
            self._start_group(within, node)

    def characters(self, text: str) -> None:
        if self.leaf is not None:
            if self.length < KEPT_TEXT and not self.skipping:
                self.text.append(text[:KEPT_TEXT])
                self.length += len(text)
        elif not self.skipping and not text.isspace():
            self._stray(text)

    def end(self, name: str) -> None:
        if self.skipping:
            self.skipping -= 1
        elif self.leaf is not None:
            self._end_item(self.leaf)
        else:
            self._end_group(self.open.pop())

    def finish(self) -> None:
        """Lists what is still pending. Called once, when the file has been read or reading was given up."""
        self._flush(None)
        if self.judging:
            self._judge(self.judging.file_ends(), None)

    # Groups and items

    def _start_group(self, within: _Open, node: Node) -> None:
        if node.name == "Children" and not self.year:
            self._settle_year()
            node = within.node.children[node.name]
        row = self._new_row(node.table, within.row) if node.table else within.row
        if node.table == "Header":
            self.header = row
        self.open.append(_Open(node, row))

    def _new_row(self, table: str, parent: Row | None) -> Row:
        position = self.checked.rows.get(table, 0)
        self.checked.rows[table] = position + 1
        return Row(table, position, parent)

    def _end_item(self, node: Node) -> None:
        text = "".join(self.text).strip()
        if self.length >= KEPT_TEXT:
            text = f"{text[:LONGEST_TEXT]}…"  # too long for any item, whatever was cut off
        self.leaf, self.length = None, 0
        self.text.clear()
        if not text or node.read is None:  # an element with nothing in it says no more than one left out
            return
        row = self.open[-1].row
        if node.table:
            row = self._new_row(node.table, row)
        value = None
        try:
            value = node.read(text)
        except BadValue as bad:
            self._note(bad.rule, row, (node.name,), text, f", {node.name}: {bad}")
        if row is not None:
            row.values[node.name] = value
            if node.table:
                self._complete(row)

    def _end_group(self, ended: _Open) -> None:
        node, row = ended.node, ended.row
        for name in node.required:
            item = node.children[name].read is not None
            if name not in ended.seen or (item and row is not None and name not in row.values):
                self._note("structure.missing", row, (name,), None, words.missing_words(name, node.name))
        if row is None or not node.table:
            return
        self._complete(row)
        if node.name == "Child":
            self._end_child(row)
        elif node.name == "Header" and not self.year:
            self._settle_year()

    def _complete(self, row: Row) -> None:
        if self.keep:
            self.keep(row)
        if self.judging:
            self.judging.keep(row)

    def _end_child(self, row: Row) -> None:
        known = row.values.get("LAchildID")
        record = None if known is None else str(known)
        if self.pending:
            self._flush(record)
        if self.judging:
            self._judge(self.judging.child_ends(), record)

    def _settle_year(self) -> None:
        """Make ready to read the children as the census's year has them."""
        self.year = settle_year(self.header, self.checked, self.asked, self._note)
        self._flush(None)
        message = self.open[0].node.children[CENSUS.root.name]
        message.children["Children"] = node_of(CENSUS.root, self.year).children["Children"]
        for table in CENSUS.root.tables(self.year):
            self.checked.rows.setdefault(table, 0)
        judging = Judging.of(self.year)
        self.judging = judging if judging.judges else None

    # Faults

    def _start_unknown(self, within: _Open, name: str) -> None:
        """An element that may not stand here. It and all within it is skipped."""
        if len(self.open) == 1:
            raise UnreadableFile(words.wrong_root_words(name), "file.not_census")
        self.skipping = 1
        node = within.node
        if self.leaf is not None:
            self._note(
                "structure.nested", within.row, (self.leaf.name,), name, words.nested_words(self.leaf.name, name)
            )
        elif name in node.other_years:
            said = words.other_year_words(name, node.other_years[name], self.year)
            self._note("structure.other_year", within.row, (name,), None, said)
        else:
            self._note("structure.unknown_element", within.row, (name,), None, words.unknown_words(name, node))

    def _check_attributes(self, within: _Open, name: str, attributes: dict[str, str]) -> None:
        self._weigh_strangers("", attributes)
        for attribute in attributes:
            if not attribute.startswith(ABOUT_THE_FILE):
                said = words.attribute_words(attribute, name)
                self._note("structure.attribute", within.row, (name,), attributes[attribute], said)

    def _weigh_strangers(self, name: str, attributes: dict[str, str]) -> None:
        """The parser remembers every name, and what is open: elements of no census are borne up to a point."""
        self.strangers += len(name) + sum(map(len, attributes))
        if self.strangers > MOST_STRANGE_NAMES or self.skipping > DEEPEST:
            self._give_up(words.strange_names_words())

    def _stray(self, text: str) -> None:
        within = self.open[-1]
        if not within.stray:
            within.stray = True
            found = text.strip()[:LONGEST_TEXT]
            self._note("structure.text", within.row, (), found, words.stray_words(found, within.node.name))

    def _note(self, rule: str, row: Row | None, fields: tuple[str, ...], value: str | None, message: str) -> None:
        """Put by a fault until the child that it belongs to can be named."""
        if len(self.checked.faults) + len(self.pending) >= MOST_FAULTS:
            self._give_up(words.too_many_words(MOST_FAULTS))
        fields = tuple(name[:LONGEST_TEXT] for name in fields)
        self.pending.append((rule, row, fields, value and value[:LONGEST_TEXT], message))

    def _give_up(self, why: str) -> NoReturn:
        known = (group.row.values.get("LAchildID") for group in self.open if group.row)
        self._flush(next((str(number) for number in known if number is not None), None))
        self.checked.faults.append(Fault("file.too_many_faults", "error", "", (), None, None, None, why))
        raise Enough

    def _flush(self, record: str | None) -> None:
        for rule, row, fields, value, message in self.pending:
            table, position = (row.table, row.position) if row else ("", None)
            between = "" if message.startswith(",") else ": "
            whose = record if row and table != "Header" else None
            said = f"{words.place_words(whose, table, position)}{between}{message}"
            self.checked.faults.append(Fault(rule, "error", table, fields, whose, position, value, said))
        self.pending.clear()

    def _judge(self, found: Iterable[tuple[Rule, Finding]], record: str | None) -> None:
        for rule, finding in found:
            row = finding.row
            table, position = (row.table, row.position) if row else ("", None)
            said = f"{words.place_words(record, table, position)}: {finding.message}"
            self.checked.faults.append(
                Fault(rule.code, rule.severity, table, finding.fields, record, position, finding.value, said)
            )
