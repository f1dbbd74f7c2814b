"""Every indicator that is declared, in the order of the scorecard."""

from __future__ import annotations

from sightline.indicators import enquiries_and_assessments, front_door, plans, referrals
from sightline.vocabulary.indicator import Indicator

THEMES = (referrals, front_door, enquiries_and_assessments, plans)
INDICATORS: tuple[Indicator, ...] = tuple(
    sorted((one for theme in THEMES for one in theme.INDICATORS), key=lambda one: one.number)
)
