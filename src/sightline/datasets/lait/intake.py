"""The interactive tool's two files, told by their first bytes: Parquet, and a dictionary that may be packed."""

from __future__ import annotations

from types import MappingProxyType

from sightline.datasets.intake import Intake
from sightline.datasets.lait.dictionary import KEY, TITLE, looks_like_one
from sightline.datasets.published import interactive_tool

PARQUET = b"PAR1"


def _claims(start: bytes, name: str) -> bool:
    return start.startswith(PARQUET) or looks_like_one(start)


INTAKE = Intake(
    titles=MappingProxyType({interactive_tool.key: interactive_tool.title, KEY: TITLE}),
    claims=_claims,
    checker="sightline.datasets.lait.checking.check",
    loader="sightline.datasets.lait.loading.load_lait",
    holder="sightline.datasets.lait.loading.lait_held",
)
