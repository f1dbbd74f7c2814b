"""Every indicator that is declared, in the order of the scorecard."""

from __future__ import annotations

from sightline.indicators import referrals

INDICATORS = (*referrals.INDICATORS,)
