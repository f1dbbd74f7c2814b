"""Take a file of published figures in: all of it with its provenance, or nothing and every reason why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection, transaction

from sightline.datasets.checking import ReadRow, check, check_asked
from sightline.datasets.holding import hold, receipts, record_load, refuse_changed, refuse_contradicted_period, taken
from sightline.datasets.intake import Asked, Origin, Receipt, Taken
from sightline.datasets.models import PublishedFigure, Revision
from sightline.datasets.published import DATASETS, RELEASES, interactive_tool, plan_rates
from sightline.vocabulary.dataset import Dataset

FIGURES_AT_ONCE = 5_000
COLUMNS = (
    *("id", "revision_id", "area_code", "area_name", "area_level", "region_code", "time_period", "measure"),
    *("period_label", "value", "state", "numerator", "denominator"),
)
FigureRow = tuple[str, str, str, str, int, str, str, Decimal | None, str, Decimal | None, Decimal | None]
"""The columns of a figure from `area_code` on."""


@transaction.atomic
def load_asked(path: Path, origin: Origin, asked: Asked) -> Taken:
    """Load a file as a new revision of its dataset and period.

    Raises UnreadableFile, or UnableToLoad with every fault; in both cases nothing is saved. Queries do not stop a
    load: they are kept with the revision.
    """
    checked = check_asked(path, asked)
    refuse_contradicted_period(checked, asked)
    declared = DATASETS.get(checked.dataset or "", interactive_tool)
    revision, already_held = hold(checked, origin, declared.figures_key, declared.publisher)
    if not already_held:
        saving = _Saving(revision, declared)
        refuse_changed(checked, check(path, dataset=declared, keep=saving.add))
        saving.flush()
        record_load(revision, checked)
    return taken(checked, revision, already_held, declared.title)


def published_held(actor: Any) -> list[Receipt]:
    """Every revision of every file of figures that comes as CSV."""
    return receipts({dataset.key: dataset.title for dataset in (*RELEASES, plan_rates)})


def save_figures(revision: Revision, rows: Iterable[FigureRow]) -> None:
    """Save figures of a revision as they come, so that a large file is never whole in memory.

    They are copied in, which PostgreSQL takes ten times as fast as rows inserted.
    """
    table = connection.ops.quote_name(PublishedFigure._meta.db_table)
    names = ", ".join(map(connection.ops.quote_name, COLUMNS))
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row((uuid4(), revision.id, *row))


@dataclass(slots=True)
class _Saving:
    revision: Revision
    dataset: Dataset
    waiting: list[FigureRow] = field(default_factory=list)

    def add(self, row: ReadRow) -> None:
        self.waiting += self._figures(row)
        if len(self.waiting) >= FIGURES_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        save_figures(self.revision, self.waiting)
        self.waiting = []

    def _figures(self, row: ReadRow) -> Iterable[FigureRow]:
        area = row.area
        for column in self.dataset.tables[0].figures:
            figure = row.figures[column.name]
            top, bottom = column.share_of or (None, None)
            yield (
                *(area.code, area.name, area.level, area.region_code, row.year, column.name, ""),
                *(figure.value, figure.state.value),
                row.figures[top].value if top else None,
                row.figures[bottom].value if bottom else None,
            )
