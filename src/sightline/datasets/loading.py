"""Take a published file in: all of it with its provenance, or nothing and every reason why."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from sightline.datasets.checking import ReadRow, check
from sightline.datasets.faults import Checked, Fault, UnableToLoad, UnreadableFile
from sightline.datasets.models import PublishedFigure, PublishedFile, Revision
from sightline.datasets.published import DATASETS
from sightline.platform import audit, calendar
from sightline.vocabulary.dataset import Dataset

FIGURES_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Origin:
    """Who sent the file, and who or what loaded it."""

    sender: str
    loaded_by: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did. `already_held` is true when the current revision has the same contents."""

    checked: Checked
    revision: Revision
    already_held: bool


@transaction.atomic
def load(path: Path, origin: Origin, *, dataset: Dataset | None = None, period: str = "") -> Loaded:
    """Load a file as a new revision of its dataset and period.

    `period`, such as "2013-2025", is what the sender says the file covers. Raises UnreadableFile,
    or UnableToLoad with every fault; in both cases nothing is saved. Queries do not stop a load:
    they are kept with the revision.
    """
    checked = check(path, dataset=dataset)
    _check_period(checked, period)
    if checked.errors or checked.dataset is None:
        raise UnableToLoad(checked)
    declared = DATASETS[checked.dataset]
    file, _ = PublishedFile.objects.select_for_update().get_or_create(
        dataset=declared.figures_key,
        period=checked.period,
        defaults={"publisher": declared.publisher},
    )
    current = file.revisions.filter(superseded=False).first()
    if current and current.sha256 == checked.sha256:
        return Loaded(checked, current, already_held=True)
    revision = _new_revision(file, current, checked, origin)
    _save_figures(path, revision, declared)
    audit.record(
        "load a file",
        subject="published file",
        ids=[revision.id],
        detail={"dataset": declared.key, "rows": revision.row_count, "revision": revision.number},
    )
    return Loaded(checked, revision, already_held=False)


def _check_period(checked: Checked, period: str) -> None:
    if period and checked.period and period != checked.period:
        message = f"You said that the file covers {period}; its rows cover {checked.period}. Check which file it is."
        checked.faults.append(Fault("period.contradicts", "error", "", (), None, None, period, message))


def _new_revision(file: PublishedFile, current: Revision | None, checked: Checked, origin: Origin) -> Revision:
    if current:
        current.superseded = True
        current.save(update_fields=["superseded"])
    return Revision.objects.create(
        file=file,
        number=current.number + 1 if current else 1,
        sha256=checked.sha256,
        file_name=checked.file[:255],
        sender=origin.sender,
        loaded_by=origin.loaded_by,
        loaded_at=calendar.now(),
        row_count=sum(checked.rows.values()),
        queries=[fault.as_json() for fault in checked.faults],
    )


def _save_figures(path: Path, revision: Revision, dataset: Dataset) -> None:
    """Read the file again and save as it goes, so that a large file is never whole in memory."""
    saving = _Saving(revision, dataset)
    again = check(path, dataset=dataset, keep=saving.add)
    saving.flush()
    if again.sha256 != revision.sha256:
        raise UnreadableFile(f"{path.name} changed while it was being loaded. Nothing has been saved. Load it again.")


@dataclass(slots=True)
class _Saving:
    revision: Revision
    dataset: Dataset
    waiting: list[PublishedFigure] = field(default_factory=list)

    def add(self, row: ReadRow) -> None:
        self.waiting += self._figures(row)
        if len(self.waiting) >= FIGURES_AT_ONCE:
            self.flush()

    def flush(self) -> None:
        PublishedFigure.objects.bulk_create(self.waiting)
        self.waiting = []

    def _figures(self, row: ReadRow) -> list[PublishedFigure]:
        figures = []
        for column in self.dataset.tables[0].figures:
            figure = row.figures[column.name]
            top, bottom = column.share_of or (None, None)
            figures.append(
                PublishedFigure(
                    revision=self.revision,
                    area_code=row.area.code,
                    area_name=row.area.name,
                    area_level=row.area.level,
                    region_code=row.area.region_code,
                    time_period=row.year,
                    measure=column.name,
                    value=figure.value,
                    state=figure.state.value,
                    numerator=row.figures[top].value if top else None,
                    denominator=row.figures[bottom].value if bottom else None,
                )
            )
        return figures
