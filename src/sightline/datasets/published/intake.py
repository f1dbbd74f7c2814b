"""Published figures as CSV; and whatever no other way of taking files in has claimed, to be told what it is."""

from __future__ import annotations

from types import MappingProxyType

from sightline.datasets.intake import Intake
from sightline.datasets.published import DATASETS, interactive_tool


def _claims(start: bytes, name: str) -> bool:
    return True


INTAKE = Intake(
    titles=MappingProxyType(
        {key: dataset.title for key, dataset in DATASETS.items() if dataset is not interactive_tool}
    ),
    claims=_claims,
    checker="sightline.datasets.checking.check_asked",
    loader="sightline.datasets.loading.load_asked",
    holder="sightline.datasets.loading.published_held",
)
