"""Clock rules as data: how long, in what unit, under what authority, and since when.

The rules that ship are in `rules.toml`. A partnership's own limits are rows that `rule_for` lays over those whose class
is local or internal; law and statutory guidance are nobody's to change.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

from sightline.platform.calendar import Opening, today
from sightline.platform.settings.due import Due, UnableToCount, due
from sightline.platform.settings.rule import CHANGEABLE, CLASS_WORDS, UNITS, Rule

__all__ = [
    "Due",
    "FileLimit",
    "Guidance",
    "LimitNotLocal",
    "LimitRow",
    "Rule",
    "UnableToCount",
    "UnknownRule",
    "due",
    "file_limits",
    "guidance",
    "rule",
    "rule_for",
    "rule_ids",
    "rules",
    "with_limit",
]


@dataclass(frozen=True, slots=True)
class Guidance:
    """One edition of guidance or law, in force from `in_force_from` until the day before `in_force_to`."""

    key: str
    title: str
    edition: str
    source: str
    in_force_from: date
    in_force_to: date | None


class LimitRow(Protocol):
    """One partnership's own limit, in force from `valid_from` until the day before `valid_to`."""

    @property
    def rule_id(self) -> str: ...
    @property
    def variant(self) -> str: ...
    @property
    def limit(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...
    @property
    def decided_by(self) -> str: ...
    @property
    def source(self) -> str: ...


class UnknownRule(LookupError):
    """No rule, variant or date of that description. The message names what there is."""


class LimitNotLocal(ValueError):
    """A local limit was laid over a rule that a partnership may not change."""


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule that ships, a row for each edition of the guidance that it is under."""
    return tuple(rule for row in _data()["rule"] for rule in _dated(row))


@cache
def guidance() -> Mapping[str, Guidance]:
    """Every edition of guidance or law that the rules name, by key."""
    return {
        key: Guidance(key, row["title"], row["edition"], row["source"], row["from"], row.get("to"))
        for key, row in _data()["guidance"].items()
    }


@cache
def rule_ids() -> tuple[str, ...]:
    """The id of every rule that ships."""
    return tuple(dict.fromkeys(row.id for row in rules()))


def rule(id: str, variant: str = "", on: date | None = None) -> Rule:
    """The rule in force on a date (today when None); letter case does not matter. Raises UnknownRule."""
    named = _by_id().get(id.casefold(), [])
    if not named:
        raise UnknownRule(_unknown_id(id))
    of_variant = [row for row in named if row.variant.casefold() == variant.casefold()]
    if not of_variant:
        raise UnknownRule(_unknown_variant(named, variant))
    day = on or today()
    for row in of_variant:
        if row.in_force(day):
            return row
    raise UnknownRule(_not_in_force(of_variant, day))


def rule_for(id: str, variant: str = "", on: date | None = None, local_limits: Iterable[LimitRow] = ()) -> Rule:
    """The rule in force on a date, one partnership's own limits laid over the one that ships.

    Raises UnknownRule, and LimitNotLocal where a limit covers a rule of law or statutory guidance.
    """
    day = on or today()
    shipped = rule(id, variant, day)
    covering = [row for row in local_limits if _covers(row, shipped, day)]
    if not covering:
        return shipped
    return with_limit(shipped, max(covering, key=lambda row: row.valid_from))


def with_limit(shipped: Rule, row: LimitRow) -> Rule:
    """The rule with a partnership's own limit and its authority. Raises LimitNotLocal, or ValueError for the unit."""
    if shipped.clock_class not in CHANGEABLE:
        raise LimitNotLocal(
            f"{shipped.id} ({shipped.name}) is {CLASS_WORDS[shipped.clock_class]}: {shipped.source}. "
            "A partnership can change only local targets and internal milestones. End the local limit."
        )
    if row.unit not in UNITS:
        raise ValueError(f"“{row.unit}” is not a unit of time limits. Use one of: {', '.join(UNITS)}.")
    return replace(
        shipped,
        limit=row.limit,
        unit=row.unit,  # type: ignore[arg-type]
        source=f"decided by {row.decided_by}: {row.source}",
        label="",
        note="",
        effective_from=row.valid_from,
        effective_to=row.valid_to,
    )


@cache
def _by_id() -> Mapping[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for row in rules():
        found.setdefault(row.id.casefold(), []).append(row)
    return found


def _covers(row: LimitRow, shipped: Rule, day: date) -> bool:
    return (
        (row.rule_id.casefold(), row.variant.casefold()) == (shipped.id.casefold(), shipped.variant.casefold())
        and row.valid_from <= day
        and (row.valid_to is None or day < row.valid_to)
    )


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("rules.toml").read_text("utf-8"))


@dataclass(frozen=True, slots=True)
class FileLimit:
    """One limit on files that people attach: a whole number of what `says` names, and on whose authority."""

    figure: int
    says: str
    label: str
    source: str


@cache
def file_limits() -> Mapping[str, FileLimit]:
    """Every limit on attached files, by name."""
    return {name: FileLimit(**row) for name, row in _data()["file_limit"].items()}


def opening_hours() -> Opening:
    """When the front door is open on a working day."""
    return _opening()


@cache
def _opening() -> Opening:
    hours = _data()["opening"]
    return Opening(hours["opens"], hours["closes"])


def _dated(row: Mapping[str, Any]) -> Iterable[Rule]:
    """The row as one rule for each edition that it is under, or as a single rule when it names its own source."""
    if "under" not in row:
        yield _rule(row, row["source"], "", row["from"], row.get("to"))
        return
    for key, where in row["under"].items():
        edition = guidance()[key]
        source = f"{edition.title}, {where}" if where else edition.title
        yield _rule(row, source, key, edition.in_force_from, edition.in_force_to)


def _rule(row: Mapping[str, Any], source: str, key: str, starts_on: date, ends_on: date | None) -> Rule:
    return Rule(
        id=row["id"],
        variant=row.get("variant", ""),
        name=row["name"],
        limit=row["limit"],
        unit=row["unit"],
        clock_class=row["class"],
        source=source,
        guidance=key,
        effective_from=starts_on,
        effective_to=ends_on,
        note=row.get("note", ""),
        starts=row["starts"],
        label=row["label"],
        by=row.get("by"),
        opening=_opening(),
        runs_past_closing=row.get("runs_past_closing", False),
    )


def _unknown_id(id: str) -> str:
    for row in _data()["without_figure"]:
        if row["id"].casefold() == id.casefold():
            return f"{row['id']} ({row['name']}) has no figure: guidance says “{row['says']}”. See also {row['see']}."
    near = _near(id, sorted(rule_ids()))
    return f"There is no rule called “{id}”. " + (f"Near it: {', '.join(near)}." if near else "Ask for the list.")


def _near(word: str, among: list[str]) -> list[str]:
    from difflib import get_close_matches  # slow to import, and wanted only when something is wrong

    by_lower = {name.casefold(): name for name in among}
    return [by_lower[name] for name in get_close_matches(word.casefold(), list(by_lower), n=4, cutoff=0.5)]


def _unknown_variant(named: list[Rule], variant: str) -> str:
    known = list(dict.fromkeys(row.variant for row in named))
    first = named[0]
    if known == [""]:
        return f"{first.id} has no variants, so “{variant}” cannot be one. Leave the variant out."
    wrong = f"has no variant “{variant}”" if variant else "has several variants"
    plain = "none, " if "" in known else ""
    return f"{first.id} {wrong}. Choose one of: {plain}{', '.join(name for name in known if name)}."


def _not_in_force(rows: list[Rule], day: date) -> str:
    which = " ".join(filter(None, (rows[0].id, rows[0].variant)))
    first, last = min(row.effective_from for row in rows), rows[-1].effective_to
    until = f" until {last.isoformat()}" if last else ""
    return f"{which} is not held for {day.isoformat()}, only from {first.isoformat()}{until}."
