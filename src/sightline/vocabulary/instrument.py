"""How is a set of questions that many agencies answer declared, scored and checked?

An instrument is data (a TOML file beside `sightline.instruments`), read into these classes. A contradiction stops
Python from loading it. Nothing here knows how answers are kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from .checks import refuse

AUTHORITIES: Final = ("law", "guidance", "local", "judgement")
SCOPES: Final = ("regional", "local")
FEWEST_ITEMS: Final = 2

type Scores = Mapping[str, int | None]
"""Latest score by item key; None: said not to apply. An item not answered is not there."""


@dataclass(frozen=True, slots=True)
class Score:
    """One point of the scale. `colour` is how boards would draw it, never shown to whoever is answering.

    needs_evidence: it may be claimed only with evidence recent enough.
    """

    value: int
    words: str
    colour: str
    needs_evidence: bool = False

    @property
    def label(self) -> str:
        return f"{self.value} {self.words}"


@dataclass(frozen=True, slots=True)
class Condition:
    """The item is asked only where another, earlier one has one of these scores."""

    item: str
    scores: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One question. `scope`: regional, answered once by an agency that works in several partnerships, or local."""

    key: str
    question: str
    guidance: str
    authority: str = "guidance"
    scope: str = "regional"
    only_if: Condition | None = None


@dataclass(frozen=True, slots=True)
class Standard:
    """A heading with its items. `short`: for a column of a table. `source`: where it stands. `local`: a module added
    by the partnership."""

    key: str
    title: str
    short: str
    source: str
    items: tuple[Item, ...]
    local: bool = False


@dataclass(frozen=True)
class Instrument:
    """A version of a set of questions, in force from a day until the next version's.

    sources: law and guidance, with the edition. hours: about how long answering takes.
    """

    key: str
    version: str
    title: str
    in_force_from: date
    sources: tuple[str, ...]
    hours: int
    scale: tuple[Score, ...]
    standards: tuple[Standard, ...]
    _items: dict[str, Item] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        refuse(f"{self.key} {self.version}", faults_of(self))
        object.__setattr__(self, "_items", {item.key: item for item in self.items})

    @property
    def name(self) -> str:
        """Which questions an answer was to: "section-11 2026"."""
        return f"{self.key} {self.version}"

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for standard in self.standards for item in standard.items)

    def item(self, key: str) -> Item:
        """Raises LookupError where this version has no such question."""
        if key not in self._items:
            raise LookupError(f"{self.title} has no question {key!r}.")
        return self._items[key]

    def standard(self, key: str) -> Standard:
        """Raises LookupError where this version has no such standard."""
        found = next((standard for standard in self.standards if standard.key == key), None)
        if found is None:
            raise LookupError(f"{self.title} has no standard {key!r}.")
        return found

    def score(self, value: int) -> Score:
        return self.scale[value]

    def asked(self, scores: Scores) -> list[Item]:
        """Items that apply, given the scores so far: an item with an unmet condition is not asked."""
        return [item for item in self.items if applies(item, scores)]


def applies(item: Item, scores: Scores) -> bool:
    """Whether the item's condition, if it has one, is met."""
    return item.only_if is None or scores.get(item.only_if.item) in item.only_if.scores


def lowest(standard: Standard, scores: Scores) -> int | None:
    """A standard is met as far as its weakest item that applies; None where none has a score."""
    given = [scores.get(item.key) for item in standard.items if applies(item, scores)]
    return min((score for score in given if score is not None), default=None)


def faults_of(instrument: Instrument) -> Iterable[str]:
    """Everything wrong with one version, in words that point at what to mend."""
    if not instrument.sources:
        yield "it names no source"
    if [score.value for score in instrument.scale] != list(range(len(instrument.scale))) or len(instrument.scale) < 2:
        yield "its scale must count up from 0, with at least two scores"
    keys = [standard.key for standard in instrument.standards] + [item.key for item in instrument.items]
    yield from (f"{key} is there twice" for key in sorted({key for key in keys if keys.count(key) > 1}))
    seen: set[str] = set()
    for standard in instrument.standards:
        if len(standard.items) < FEWEST_ITEMS:
            yield f"standard {standard.key} has fewer than {FEWEST_ITEMS} items"
        for item in standard.items:
            yield from _item_faults(instrument, standard, item, seen)
            seen.add(item.key)


def _item_faults(instrument: Instrument, standard: Standard, item: Item, seen: set[str]) -> Iterable[str]:
    if not item.key.startswith(f"{standard.key}."):
        yield f"item {item.key} stands under standard {standard.key}; its key must begin with that"
    if not item.question or not item.guidance:
        yield f"item {item.key} needs a question and its guidance"
    if item.authority not in AUTHORITIES:
        yield f"item {item.key} rests on {item.authority!r}: say one of {', '.join(AUTHORITIES)}"
    if item.scope not in SCOPES:
        yield f"item {item.key} has the scope {item.scope!r}: say one of {', '.join(SCOPES)}"
    if item.only_if and item.only_if.item not in seen:
        yield f"item {item.key} waits for {item.only_if.item}, which no item before it is"
    if item.only_if and not set(item.only_if.scores) <= set(range(len(instrument.scale))):
        yield f"item {item.key} waits for a score that the scale does not have"
