"""What a chart found, in the only words that a page may use for it, long and short."""

from __future__ import annotations

from typing import Any

from sightline.indicators.spc import Assurance, Point
from sightline.indicators.words import is_high, signal_words
from sightline.web.components.signal_icons import assurance_icon, variation_icon

KINDS = {
    "common_cause": "common",
    "special_cause_improvement": "improving",
    "special_cause_concern": "concern",
    "special_cause_neutral_high": "high",
    "special_cause_neutral_low": "low",
}
NHS_NAMES = {
    "common": "Common cause variation",
    "improving": "Special cause of improving nature",
    "concern": "Special cause of concerning nature",
    "high": "Special cause variation, neither improving nor concerning, high",
    "low": "Special cause variation, neither improving nor concerning, low",
}
ASSURED: dict[Assurance, tuple[str, str]] = {
    "consistently_pass": ("Will keep meeting", "Will keep meeting the target unless something changes"),
    "consistently_fail": ("Will keep missing", "Will keep missing the target unless something changes"),
    "hit_or_miss": ("Sometimes meets", "Will sometimes meet the target and sometimes miss it"),
    "none": ("No target", "No target"),
}


def variation_signal(point: Point, better: str, *, short: bool = False) -> dict[str, Any]:
    """Icon and words for what the last point says."""
    kind = KINDS[point.point_type]
    letter = "" if kind == "common" else "H" if is_high(point, better) else "L"
    words = "No signal" if short and kind == "common" else signal_words(point, better)
    return {"icon": variation_icon(kind, letter), "words": words, "nhs": NHS_NAMES[kind]}


def target_signal(assurance: Assurance, *, short: bool = False) -> dict[str, Any]:
    """Icon and words for whether a target can be relied on."""
    brief, whole = ASSURED[assurance]
    return {"icon": assurance_icon(assurance), "words": brief if short else whole}
