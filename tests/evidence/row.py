"""One measured property of the two walls, the audit or the site under faults: a row of `build/evidence.json`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """`value` is None where nothing could be measured; `n` counts trials, `seed` draws the same ones again."""

    id: str
    measure: str
    value: float | None
    unit: str
    target: str
    met: bool
    n: int
    seed: int
