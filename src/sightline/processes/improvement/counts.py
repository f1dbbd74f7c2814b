"""How many recommendations a source says that it makes, and how many of them are entered: by addressee.

A recommendation counts once, under the addressee that is named first. What was entered in error does not count.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from sightline.people.actor import Actor
from sightline.people.directory import with_agencies

from .addressees import ExpectedCount, expected_now
from .followed import Followed, recommendations
from .source_document import SourceDocumentRecord
from .states import Status


@dataclass(frozen=True)
class Counted:
    """One addressee's count: what the source says and what is entered."""

    name: str
    expected: int
    entered: int


@dataclass(frozen=True)
class CountCheck:
    """What a source says that it makes against what is entered, by addressee."""

    title: str
    lines: tuple[Counted, ...]

    @property
    def expected(self) -> int:
        return sum(line.expected for line in self.lines)

    @property
    def entered(self) -> int:
        return sum(line.entered for line in self.lines)

    @property
    def agrees(self) -> bool:
        return all(line.expected == line.entered for line in self.lines)

    @property
    def differs(self) -> bool:
        """Whether the source says how many and it is not as many as are entered."""
        return bool(self.expected) and not self.agrees

    @property
    def sentence(self) -> str:
        """ "Commissioner 2023: 16 expected, 15 entered. 1 for the Partnership is missing." """
        if not any(line.expected for line in self.lines):
            return f"{self.title}: {self.entered} entered. Nobody has said how many to expect."
        said = [_differs(line) for line in self.lines if line.expected != line.entered]
        head = f"{self.title}: {self.expected} expected, {self.entered} entered."
        return " ".join([head, *said])


def _differs(line: Counted) -> str:
    apart = abs(line.expected - line.entered)
    verb = "is" if apart == 1 else "are"
    name = f"{line.name[:1].lower()}{line.name[1:]}" if line.name.startswith("The ") else line.name
    return f"{apart} for {name} {verb} {'missing' if line.entered < line.expected else 'more than expected'}."


def count_checks(
    actor: Actor, documents: list[SourceDocumentRecord], found: dict[Any, list[Followed]] | None = None
) -> dict[UUID, CountCheck]:
    """Expected against entered for each document. `found`: recommendations by document, where they are read already."""
    ids = [row.pk for row in documents]
    if found is None:
        found = defaultdict(list)
        for one in recommendations(actor, where=Q(source__in=ids)):
            found[one.record.source_id].append(one)
    expected: dict[UUID, list[ExpectedCount]] = defaultdict(list)
    counts = list(ExpectedCount.visible_to(actor).filter(case__in=ids).select_related("step"))
    with_agencies(counts)
    for row in counts:
        expected[row.case_id].append(row)
    return {
        row.pk: CountCheck(row.title, _lines(expected_now(expected[row.pk]), found.get(row.pk, [])))
        for row in documents
    }


def _lines(expected: list[Any], entered: list[Followed]) -> tuple[Counted, ...]:
    """A recommendation counts once, under the addressee that is named first. Those in error do not count."""
    firsts = [one.addressees[0] for one in entered if one.addressees and one.status is not Status.IN_ERROR]
    names = {row.key: row.name for row in (*firsts, *expected)}
    wanted: dict[str, int] = defaultdict(int)
    there: dict[str, int] = defaultdict(int)
    for row in expected:
        wanted[row.key] += row.count
    for first in firsts:
        there[first.key] += 1
    return tuple(Counted(names[key], wanted[key], there[key]) for key in dict.fromkeys([*wanted, *there]))
