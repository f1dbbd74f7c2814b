"""The matrix: every (role x relation x tier x state x route x method x field group), against an independent oracle.

`matrix` asks the site: pages over HTTP, `can` for each record and group of fields, and who may take each declared step.
`matrix-database-alone` asks PostgreSQL in raw SQL, as the site's own role, with none of the application's rules before
it: which rows each person reads, and whether one record can be written from another.
"""

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.test import override_settings

from . import database_alone, record_cells, route_cells, step_cells
from .matrix_world import Made, make_matrix_world
from .own_database import administrator
from .row import Row


@dataclass(frozen=True)
class Size:
    """How many cells of each kind are drawn, and people whom the database alone is asked about; none: every one."""

    pages: int | None
    fields: int | None
    steps: int | None
    people: int | None
    writers: int


SIZES = {"small": Size(120, 300, 1500, 30, 1), "full": Size(20_000, 40_000, None, None, 60)}
SHOWN = 60
"""Wrong cells that are told in words."""
A_DAY = 24 * 60 * 60


@dataclass
class Count:
    """Cells asked, and those that were wrong in words."""

    cells: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, cells: int, wrong: Iterable[str] = ()) -> None:
        self.cells += cells
        self.wrong += wrong


def measure(size: str, seed: int) -> list[Row]:
    """Wrong cells of the site, and of the database alone."""
    made, drawn = make_matrix_world(), random.Random(seed)
    site = the_site(made, SIZES[size], drawn)
    database = the_database(made, SIZES[size], drawn)
    for said in (*site.wrong[:SHOWN], *database.wrong[:SHOWN]):
        print(f"wrong: {said}", file=sys.stderr)
    measured = "answers that are not the oracle's: pages, records, field groups and steps"
    alone = "rows read or written past the wall, or kept from whom they are for, in raw SQL"
    return [
        Row("matrix", measured, len(site.wrong), "cells", "0", not site.wrong, site.cells, seed),
        Row("matrix-database-alone", alone, len(database.wrong), "cells", "0", not database.wrong,
            database.cells, seed),
    ]  # fmt: skip


def the_site(made: Made, size: Size, drawn: random.Random) -> Count:
    """Pages, records with their groups of fields, and steps."""
    count = Count()
    count.add(*pages(made, some(route_cells.cells(made), size.pages, drawn)))
    count.add(*fields(made, some(record_cells.asked(made), size.fields, drawn)))
    people = some(made.people, size.people, drawn)
    count.add(*steps(made, some(step_cells.step_cells(people), size.steps, drawn)))
    return count


def some[C](cells: Iterable[C], most: int | None, drawn: random.Random) -> Sequence[C]:
    """So many drawn cells, or every one."""
    every = list(cells)
    return every if most is None or most >= len(every) else drawn.sample(every, most)


def pages(made: Made, cells: Sequence[route_cells.Cell]) -> tuple[int, list[str]]:
    asking, wrong = route_cells.Asking(made), []
    # Everybody signed in and proved who they are as the asking began, and what a page puts off is undone with it.
    with override_settings(FRESH_SIGN_IN_AGE=A_DAY, SESSION_COOKIE_AGE=A_DAY):
        for cell in told(cells, "pages"):
            said, answer = route_cells.wanted(cell, made), asking.answer(cell)
            if not route_cells.agrees(said, answer):
                wrong.append(f"{cell}: {answer}, and should be: {said}")
    return len(cells), wrong


def fields(made: Made, cells: Sequence[record_cells.Asked]) -> tuple[int, list[str]]:
    wrong = [
        f"{cell}: {answer}, and should be: {record_cells.wanted(cell)}"
        for cell, answer in told(record_cells.answered(made, cells), "records and field groups", len(cells))
        if answer != record_cells.wanted(cell)
    ]
    return len(cells), wrong


def steps(made: Made, cells: Sequence[step_cells.StepCell]) -> tuple[int, list[str]]:
    taking, wrong = step_cells.Taking(made), []
    for cell in told(cells, "steps", each=100_000):
        answer = taking.answer(cell)
        if answer != step_cells.wanted(cell):
            wrong.append(f"{cell}: {answer}, and should be: {step_cells.wanted(cell)}")
    return len(cells), wrong


def the_database(made: Made, size: Size, drawn: random.Random) -> Count:
    """What the database shows each person, and lets be written by some."""
    count, rows = Count(), database_alone.rows_of(made, administrator())
    people = some(made.people, size.people, drawn)
    count.add(
        len(people) * (len(made.records) + len(made.children)), record_cells.ids_wrong(made, people, application=False)
    )
    count.add(1, database_alone.old_token_wrong(made, administrator()))
    for person in told(people, "people of the database alone", each=100):
        count.add(database_alone.reads_of(rows), database_alone.reads_wrong(made, rows, person))
    for person in drawn.sample(list(people), min(size.writers, len(people))):
        for said, wrong in database_alone.writes_wrong(made, rows, person, made.records):
            count.add(1, [said] if wrong else [])
    return count


def told[C](cells: Iterable[C], what: str, many: int | None = None, *, each: int = 1000) -> Iterator[C]:
    """The cells, saying at each so many how many are done."""
    total = many if many is not None else len(cells)  # type: ignore[arg-type]
    for number, cell in enumerate(cells, 1):
        if number % each == 0:
            print(f"{what}: {number:,} of {total:,}", file=sys.stderr, flush=True)
        yield cell
