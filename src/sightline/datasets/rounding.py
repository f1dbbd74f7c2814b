"""Could this percentage have come from these counts, given that the publisher rounds both?"""

from __future__ import annotations

from decimal import Decimal

# The department rounds counts for regions and the country to the nearest 10, and percentages to one decimal place.
COUNTS_ROUNDED_TO = {"National": 10, "Regional": 10}
HALF_A_TENTH = Decimal("0.05")


def percent_agrees(numerator: Decimal, denominator: Decimal, percent: Decimal, level: str) -> bool:
    """Whether some pair of unrounded counts gives `percent` (0 to 100, one decimal place).

    `level` is the kind of area, which decides how the counts were rounded. Nothing can be held
    against a percentage of no referrals at all, so that agrees.
    """
    slack = Decimal(COUNTS_ROUNDED_TO.get(level, 0)) / 2
    if denominator <= slack:
        return True
    lowest = 100 * max(numerator - slack, Decimal(0)) / (denominator + slack)
    highest = 100 * (numerator + slack) / (denominator - slack)
    return lowest - HALF_A_TENTH <= percent <= highest + HALF_A_TENTH
