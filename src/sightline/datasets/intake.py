"""One door for every file: which of our ways of taking files in does this one belong to?

Each way is an `Intake` in a module of its own, named in INTAKES. Its `claims` looks at the first bytes and the name of
a file; its checker needs no Django; its loader saves all of a file or nothing. The command line and the upload page
know only `check_file`, `load_file` and `files_held`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

from sightline.datasets.faults import Checked, UnreadableFile

SNIFFED_BYTES = 8192

# Looked at in this order. The last claims whatever the others leave, so that every file gets an answer.
INTAKES = (
    "sightline.datasets.cin_census.intake",
    "sightline.datasets.lait.intake",
    "sightline.datasets.neighbours.intake",
    "sightline.datasets.published.intake",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What whoever gives the file says of it: a dataset's key, the period it covers, its year. Each may be empty."""

    dataset: str = ""
    period: str = ""
    year: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who sent the file, and who or what loaded it; `actor` is the people.actor.Actor who uploaded it, if any.

    An empty sender is the publisher of published figures.
    """

    sender: str
    loaded_by: str
    actor: Any = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """One revision of a file as it is held. `queries` are faults as JSON that did not stop the load."""

    id: UUID
    dataset: str
    title: str
    period: str
    revision: int
    file_name: str
    sha256: str
    sender: str
    loaded_by: str
    loaded_at: datetime
    rows: int
    superseded: bool = False
    queries: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Taken:
    """What loading did. `already_held` is true when the current revision has the same contents."""

    checked: Checked
    receipt: Receipt
    already_held: bool


@dataclass(frozen=True, slots=True)
class Intake:
    """One way of taking files in.

    titles:  what people call each dataset, by its key. `--as KEY` sends a file here whatever it looks like.
    claims:  (first bytes, file name) -> whether the file looks like one of these.
    checker: dotted name of (path, Asked) -> Checked. Raises UnreadableFile. No Django.
    loader:  dotted name of (path, Origin, Asked) -> Taken. Raises UnreadableFile, UnableToLoad.
    holder:  dotted name of (actor) -> list[Receipt]: every revision that this actor may know of.
    persons: each record is about one person, so what is wrong with it may only be taken away for a purpose.
    """

    titles: Mapping[str, str]
    claims: Callable[[bytes, str], bool]
    checker: str
    loader: str
    holder: str
    persons: bool = False


def intakes() -> list[Intake]:
    """Every way of taking files in, in the order in which they are asked."""
    return [import_module(name).INTAKE for name in INTAKES]


def dataset_titles() -> dict[str, str]:
    """Every dataset that can be asked for by key, with what people call it."""
    return {key: title for intake in intakes() for key, title in intake.titles.items()}


def about_persons(dataset: str) -> bool:
    """Whether the records of this dataset are people's."""
    return any(intake.persons for intake in intakes() if dataset in intake.titles)


def check_file(path: Path, asked: Asked | None = None) -> Checked:
    """Every fault of a file, recognised by its content unless a dataset is asked for. Raises UnreadableFile."""
    asked = asked or Asked()
    checked: Checked = _named(_intake_for(path, asked).checker)(path, asked)
    return checked


def load_file(path: Path, origin: Origin, asked: Asked | None = None) -> Taken:
    """Load a file whole, in one transaction with its audit row. Raises UnreadableFile or UnableToLoad."""
    asked = asked or Asked()
    taken: Taken = _named(_intake_for(path, asked).loader)(path, origin, asked)
    return taken


def files_held(actor: Any) -> list[Receipt]:
    """Every revision held that this actor may know of, the newest first."""
    held = [receipt for intake in intakes() for receipt in _named(intake.holder)(actor)]
    return sorted(held, key=lambda receipt: receipt.loaded_at, reverse=True)


def _intake_for(path: Path, asked: Asked) -> Intake:
    everyone = intakes()
    if asked.dataset:
        return next(intake for intake in everyone if asked.dataset in intake.titles)
    start = _start(path)
    return next(intake for intake in everyone if intake.claims(start, path.name))


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(SNIFFED_BYTES)
    except OSError as problem:
        raise UnreadableFile(f"The file cannot be opened: {problem.strerror}. Check its name and folder.") from problem


def _named(dotted: str) -> Any:
    module, name = dotted.rsplit(".", 1)
    return getattr(import_module(module), name)
