"""The instruments that ship, read from the TOML files of this folder: each in its versions, checked as it is read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from sightline.vocabulary.instrument import Condition, Instrument, Item, Score, Standard

FILES = {"section-11": "section_11.toml"}

BOUND, INVITED, OTHER = "bound", "invited", "other"


@dataclass(frozen=True, slots=True)
class Body:
    """Whether one kind of agency is asked: bound by law or guidance, invited, or neither; and on what basis."""

    asked: str
    basis: str


@cache
def versions(key: str) -> tuple[Instrument, ...]:
    """Every version of an instrument, oldest first. Raises LookupError where there is none of that name."""
    data = _data(key)
    order = [row["version"] for row in data["versions"]]
    return tuple(_version(data, row, order) for row in data["versions"])


def instrument_named(key: str, version: str) -> Instrument:
    """One version. Raises LookupError naming what there is."""
    found = next((one for one in versions(key) if one.version == version), None)
    if found is None:
        there = ", ".join(one.version for one in versions(key))
        raise LookupError(f"{key} has no version {version!r}. Versions: {there}.")
    return found


def version_on(key: str, day: date) -> Instrument:
    """The version in force on a day; the first one for a day before any was."""
    every = versions(key)
    return next((one for one in reversed(every) if one.in_force_from <= day), every[0])


@cache
def bodies(key: str) -> Mapping[str, Body]:
    """Whether each kind of agency (a code of the list "agency_kind") is asked."""
    return {kind: Body(**row) for kind, row in _data(key)["bodies"].items()}


@cache
def _data(key: str) -> dict[str, Any]:
    if key not in FILES:
        raise LookupError(f"There is no instrument {key!r}. Instruments: {', '.join(FILES)}.")
    return tomllib.loads(files(__package__).joinpath(FILES[key]).read_text("utf-8"))


def _version(data: dict[str, Any], row: dict[str, Any], order: list[str]) -> Instrument:
    def asked(one: dict[str, Any]) -> bool:
        return order.index(one.get("since", order[0])) <= order.index(row["version"])

    return Instrument(
        key=data["key"],
        version=row["version"],
        title=row["title"],
        in_force_from=row["from"],
        sources=tuple(row["sources"]),
        hours=data["hours"],
        scale=tuple(Score(**score) for score in data["scale"]),
        standards=tuple(_standard(one, asked) for one in data["standards"] if asked(one)),
    )


def _standard(row: dict[str, Any], asked: Any) -> Standard:
    shared: dict[str, Any] = {name: row[name] for name in ("authority", "scope") if name in row}
    return Standard(
        key=row["key"],
        title=row["title"],
        short=row["short"],
        source=row["source"],
        local=row.get("local", False),
        items=tuple(_item({**shared, **item}) for item in row["items"] if asked(item)),
    )


def _item(row: dict[str, Any]) -> Item:
    waits = row.get("only_if")
    only_if = Condition(waits["item"], tuple(waits["scores"])) if waits else None
    given = {name: value for name, value in row.items() if name not in ("since", "only_if")}
    return Item(**given, only_if=only_if)
