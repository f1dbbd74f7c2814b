"""Numbers that belong to a figure's definition, as data with their source (`definitions.toml`)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from sightline.platform.settings.rules import rules


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("definitions.toml").read_text("utf-8"))


def defined(key: str) -> int:
    """The number with this key. Raises LookupError."""
    return int(_data()[key]["value"])


def source_of(key: str) -> str:
    """Where the number comes from."""
    return str(_data()[key]["source"])


@cache
def working_days_of(rule_id: str) -> int:
    """The limit of a clock rule in working days, the same in every edition of the guidance that it is under.

    Raises ValueError where editions differ or count in another unit: the measure then has to say which applies when.
    """
    named = [rule for rule in rules() if rule.id == rule_id]
    limits = {rule.limit for rule in named}
    if len(limits) != 1 or {rule.unit for rule in named} != {"working days"}:
        raise ValueError(f"{rule_id} is not one number of working days: {sorted(limits)}")
    return limits.pop()
