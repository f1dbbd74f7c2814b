"""Which declared file of figures is this, by its column names?"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from sightline.datasets.published import DATASETS, interactive_tool
from sightline.datasets.published.layouts import CODE, SHARED
from sightline.vocabulary.dataset import Dataset

# Other files of the same releases, told apart by columns that only they have.
OTHER_PUBLICATIONS = MappingProxyType(
    {
        "Factors identified at the end of assessment": {"Episodes_with_assessment_factor"},
        "Children looked after, numbers and rates": {"population_type", "children_count"},
        "Children's social work workforce": {"inpost_fte", "turnover_rate_fte"},
    }
)

ENOUGH_COLUMNS = 0.5


def other_publication(header: Iterable[str]) -> str | None:
    """The title of the publication that we do not take and this header belongs to, if we know it."""
    names = set(header)
    return next((title for title, marks in OTHER_PUBLICATIONS.items() if marks <= names), None)


def recognise(header: Iterable[str]) -> Dataset | None:
    """The dataset, in the layout at hand, that most of whose own columns are here.

    All files of a release share their area columns, so only the columns that tell them apart are weighed.
    """
    names = set(header)

    def found(dataset: Dataset) -> float:
        own = {column.name for column in dataset.tables[0].columns if column.name not in SHARED}
        right_layout = (CODE.name in names) == (CODE in dataset.tables[0].columns)
        return len(own & names) / len(own) + (0.01 if right_layout else 0)

    taken = [dataset for dataset in DATASETS.values() if dataset is not interactive_tool]  # that one is no CSV
    best = max(taken, key=found)
    return best if found(best) >= ENOUGH_COLUMNS else None
