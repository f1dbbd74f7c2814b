"""Take the interactive tool's store of figures, or its dictionary, in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.db import transaction

from sightline.datasets.holding import hold, receipts, record_load, refuse_changed, refuse_contradicted_period, taken
from sightline.datasets.intake import Asked, Origin, Receipt, Taken
from sightline.datasets.lait import dictionary, store
from sightline.datasets.lait.checking import check, is_store
from sightline.datasets.lait.years import label_beside
from sightline.datasets.loading import FigureRow, save_figures
from sightline.datasets.models import MeasureNote, Revision
from sightline.datasets.published import interactive_tool

TITLES = {interactive_tool.key: interactive_tool.title, dictionary.KEY: dictionary.TITLE}


@transaction.atomic
def load_lait(path: Path, origin: Origin, asked: Asked) -> Taken:
    """Load either file whole. Raises UnreadableFile or UnableToLoad; then nothing is saved."""
    checked = check(path, asked)
    refuse_contradicted_period(checked, asked)
    key = str(checked.dataset)
    revision, already_held = hold(checked, origin, key, interactive_tool.publisher)
    if not already_held:
        if is_store(path, asked):
            save_figures(revision, _figures(path))
        else:
            _save_notes(path, asked, revision)
        refuse_changed(checked, check(path, asked))
        record_load(revision, checked)
    return taken(checked, revision, already_held, TITLES[key])


def lait_held(actor: Any) -> list[Receipt]:
    """Every revision of the dictionary. The store's are with the other figures."""
    return receipts({dictionary.KEY: dictionary.TITLE})


def _figures(path: Path) -> Iterator[FigureRow]:
    for measure, label, area, year, figure in store.rows(path):
        yield (
            *(area.code, area.name, area.level, area.region_code, year, measure, label_beside(label, year)),
            *(figure.value, figure.state.value, None, None),
        )


def _save_notes(path: Path, asked: Asked, revision: Revision) -> None:
    notes: list[dictionary.Note] = []
    dictionary.check(path, asked, keep=notes.append)
    MeasureNote.objects.bulk_create([MeasureNote(revision=revision, **asdict(note)) for note in notes])
